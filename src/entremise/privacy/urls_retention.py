"""Addresses of retention and legal holds; ``urls`` gathers them."""

from django.urls import URLPattern, path

from entremise.privacy.views import holds, retention

urlpatterns: list[URLPattern] = [
    path("conservation/", retention.purge, name="purge"),
    path("conservation/compter", retention.recount, name="purge_count"),
    path("conservation/passages/", retention.runs, name="purge_runs"),
    path("conservation/passages/<uuid:run_id>/", retention.run, name="purge_run"),
    path("conservation/passages/<uuid:run_id>/confirmer", retention.confirm_run, name="purge_confirm"),
    path("conservation/gels/", holds.holds, name="holds"),
    path("conservation/gels/poser", holds.place, name="hold_place"),
    path("conservation/gels/<uuid:hold_id>/", holds.hold, name="hold"),
    path("conservation/gels/<uuid:hold_id>/renouveler", holds.renew, name="hold_renew"),
    path("conservation/gels/<uuid:hold_id>/lever", holds.lift, name="hold_lift"),
    path("conservation/<slug:rule_code>/", retention.rule, name="purge_rule"),
    path("conservation/<slug:rule_code>/a-blanc", retention.rehearse, name="purge_rehearse"),
    path("conservation/<slug:rule_code>/duree", retention.choose, name="purge_choose"),
    path("conservation/<slug:rule_code>/duree/confirmer", retention.confirm_duration, name="purge_choice_confirm"),
    path("conservation/<slug:rule_code>/duree/retirer", retention.withdraw_duration, name="purge_choice_withdraw"),
]
