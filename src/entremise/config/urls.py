"""Addresses. Each module brings its own; their paths are French."""

from django.urls import include, path

from entremise.config import views

urlpatterns = [
    path("sante", views.health, name="health"),
    path("", include("entremise.accounts.urls")),
    path("", include("entremise.documents.urls")),
    path("", include("entremise.places.urls")),
    path("", include("entremise.directory.urls")),
    path("", include("entremise.competences.urls")),
    path("", include("entremise.intercultural.urls")),
    path("", include("entremise.privacy.urls")),
    path("", include("entremise.sync.urls")),
    path("", include("entremise.presence.urls")),
    path("", include("entremise.interventions.urls")),
    path("", include("entremise.safety.urls")),
    path("", include("entremise.mediations.urls")),
    path("", include("entremise.statistics.urls")),
    path("", include("entremise.notebook.urls")),
    path("", include("entremise.practice.urls")),
    path("", include("entremise.certification.urls")),
    path("", include("entremise.config.pages")),
]

handler400 = "entremise.config.views.bad_request"
handler403 = "entremise.config.views.forbidden"
handler404 = "entremise.config.views.not_found"
handler500 = "entremise.config.views.server_error"
