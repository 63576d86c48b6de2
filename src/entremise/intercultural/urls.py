"""Addresses of this module."""

from django.urls import path

from entremise.intercultural.views import cards

app_name = "intercultural"
urlpatterns = [
    path("cartes/", cards.language_list, name="cards"),
    path("cartes/police-ethiopienne", cards.font, name="font"),
    path("cartes/<slug:language>", cards.deck, name="deck"),
    path("cartes/<slug:language>/toutes", cards.whole_deck, name="whole_deck"),
    path("cartes/<slug:language>/imprimer/<slug:paper>", cards.paper, name="paper"),
    path("cartes/<slug:language>/<slug:card>", cards.card, name="card"),
]
