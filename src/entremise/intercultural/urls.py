"""Addresses of this module."""

from django.urls import path

from entremise.intercultural.views import cards, reviews, uses

app_name = "intercultural"
urlpatterns = [
    path("cartes/", cards.language_list, name="cards"),
    path("cartes/police-ethiopienne", cards.font, name="font"),
    path("cartes/relecture/", reviews.review_list, name="reviews"),
    path("cartes/relecture/<slug:language>/<slug:part>", reviews.review, name="review"),
    path("cartes/voix/<slug:language>/", reviews.voice_list, name="voices"),
    path("cartes/voix/<uuid:voice_id>/effacer", reviews.voice_remove, name="voice_remove"),
    path("cartes/voix/<uuid:voice_id>/ecouter", reviews.voice, name="voice"),
    path("langues/", uses.use_list, name="uses"),
    path("langues/noter", uses.use_create, name="use_create"),
    path("langues/chiffres", uses.figures, name="figures"),
    path("langues/<uuid:use_id>", uses.use, name="use"),
    path("langues/<uuid:use_id>/effacer", uses.use_remove, name="use_remove"),
    path("cartes/<slug:language>", cards.deck, name="deck"),
    path("cartes/<slug:language>/toutes", cards.whole_deck, name="whole_deck"),
    path("cartes/<slug:language>/imprimer/<slug:paper>", cards.paper, name="paper"),
    path("cartes/<slug:language>/<slug:card>", cards.card, name="card"),
]
