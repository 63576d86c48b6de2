"""Addresses of what is at hand in the street: numbers, cards, Charter."""

from django.urls import path

from entremise.interventions.reference import views

urlpatterns = [
    path("urgence", views.number_list, name="numbers"),
    path("urgence/cartes", views.card_list, name="cards"),
    path("urgence/cartes/<slug:code>", views.card, name="card"),
    path("urgence/numeros/<slug:code>/verifier", views.number_check, name="number_check"),
    path("charte", views.charter_page, name="charter"),
    path("charte/demandes/", views.refusal_list, name="refusals"),
    path("charte/demandes/nouvelle", views.refusal_create, name="refusal_create"),
    path("charte/demandes/<uuid:refusal_id>", views.refusal, name="refusal"),
]
