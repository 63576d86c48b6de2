"""Addresses of this module."""

from django.urls import path

from entremise.competences.views import confirming, decisions, exports, records

app_name = "competences"
EXPORTS = "competences/exports/"
RECORD = "competences/<slug:record_code>"
urlpatterns = [
    path("competences/", records.records, name="records"),
    path(EXPORTS, exports.exports, name="exports"),
    path(f"{EXPORTS}<uuid:export_id>", exports.export, name="export"),
    path(f"{EXPORTS}<uuid:export_id>/garder", exports.keep, name="keep"),
    path("competences/blocs/<uuid:block_id>", confirming.block, name="block"),
    path(RECORD, records.record, name="record"),
    path(f"{RECORD}/relecture", confirming.confirming, name="confirming"),
    path(f"{RECORD}/relecture/jury", confirming.demands, name="demands"),
    path(f"{RECORD}/relecture/confirmer", confirming.confirm, name="confirm"),
    path(f"{RECORD}/voies/<slug:route>", decisions.route, name="route"),
    path(f"{RECORD}/comparer/<slug:older_code>", decisions.compare, name="compare"),
]
