"""Every personal field has a rule, every rule a processing: a model that forgets it fails the build."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from entremise.core import personal
from entremise.core.db import EncryptedTextField
from entremise.core.personal import After, Basis
from entremise.privacy.queries.retention import duration_table

PERSON_WORDS = re.compile(
    r"name|mail|phone|address|contact|note|text|label|reason|comment|description|person|birth|ip_|agent|device|call|word"
)
# Clear texts whose name sounds like someone's, with what they really hold.
NOT_PERSONAL = {
    "accounts.Organisation.name": "l’employeur",
    "accounts.Organisation.contact_email": "l’adresse de contact de l’organisation, publique",
    "accounts.Team.name": "une équipe",
    "competences.AccessRoute.label": "un texte public de France compétences",
    "certification.PreparingBody.name": "un organisme",
    "competences.Block.source_text": "un texte public de France compétences",
    "competences.Certifier.legal_name": "un organisme, public",
    "competences.Certifier.trade_name": "un organisme, public",
    "competences.Competence.text": "un texte public de France compétences",
    "competences.Record.overseas_note": "un texte public de France compétences",
    "competences.Record.title_note": "un texte public de France compétences",
    "competences.RecordCode.label": "le libellé d’une nomenclature publique",
    "competences.RecordLine.text": "un texte public de France compétences",
    "accounts.ListItem.label": "le libellé d’une liste",
    "accounts.SensitiveOption.reason": "le motif d’une décision qui ne porte sur personne",
    "accounts.Invitation.email_hash": "une empreinte à clé, illisible ; l’adresse a sa règle",
    "accounts.User.email_hash": "une empreinte à clé, détruite avec le compte",
    "accounts.User.new_email_token": "l’empreinte d’un lien, vidée avec l’adresse",
    "accounts.User.password": "un hachage, détruit à la fermeture du compte",
    "directory.Partner.name": "un service",
    "directory.Partner.search_name": "le nom du service, sans accent",
    "directory.Partner.address": "l’adresse du service",
    "interventions.Intervention.contact_mode": "un code de liste",
    "keys.KeyBackup.file_name": "le nom d’un fichier de sauvegarde",
    "privacy.Backup.file_name": "le nom d’un fichier de sauvegarde",
    "journal.Entry.name": "le nom d’un événement",
    "places.Sector.name": "un secteur",
    "places.Sector.sort_name": "le nom d’un secteur, pour trier",
    "places.Site.name": "un lieu",
    "places.Site.search_name": "le nom d’un lieu, pour chercher",
    "places.Site.sort_name": "le nom d’un lieu, pour trier",
    "places.Site.address": "l’adresse d’un lieu de présence, jamais d’un domicile",
    "places.Commune.name": "une commune",
    "places.Commune.search_name": "une commune",
    "places.Commune.departement_name": "un département",
    "places.Commune.epci_name": "une intercommunalité",
    "places.Commune.town_hall_address": "la mairie, publique",
    "places.Commune.town_hall_phone": "la mairie, publique",
    "presence.Defect.owner_label": "le service prévenu",
    "privacy.Processor.name": "une entreprise",
    "privacy.RetentionChoice.reason": "le motif d’une durée, qui ne porte sur personne",
    "statistics.Convention.funder_name": "un financeur, personne morale",
}


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("entremise.")]


def clear_texts(model):
    for field in model._meta.local_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, EncryptedTextField)
        if is_text and not field.choices and PERSON_WORDS.search(field.name):
            yield f"{model._meta.label}.{field.name}"


def suspicious(found):
    declared = {name for model in found for name in personal.personal_fields(model)}
    return sorted(name for model in found for name in clear_texts(model) if name not in {*declared, *NOT_PERSONAL})


def test_every_personal_field_has_a_rule():
    assert personal.uncovered(our_models()) == []


@isolate_apps("entremise.privacy")
def test_a_personal_field_without_a_rule_is_found():
    class Diary(models.Model):
        words = EncryptedTextField()
        nickname = models.CharField(max_length=10)
        personal = ("nickname",)

        class Meta:
            app_label = "privacy"

        def __str__(self):
            return "carnet"

    assert personal.uncovered([Diary]) == ["privacy.Diary.nickname", "privacy.Diary.words"]


def test_clear_texts_that_sound_like_someone_are_declared_or_explained():
    assert suspicious(our_models()) == []


@isolate_apps("entremise.privacy")
def test_a_clear_name_nobody_declared_is_found():
    class Visitor(models.Model):
        phone = models.CharField(max_length=10)

        class Meta:
            app_label = "privacy"

        def __str__(self):
            return "visiteur"

    assert suspicious([Visitor]) == ["privacy.Visitor.phone"]


def test_the_explanations_are_about_fields_that_exist():
    known = {name for model in our_models() for name in clear_texts(model)}
    assert set(NOT_PERSONAL) <= known


def test_rules_name_fields_that_exist():
    for rule in personal.rules():
        for name in rule.fields:
            label, _, field = name.rpartition(".")
            apps.get_model(label)._meta.get_field(field)


def test_a_field_belongs_to_one_rule():
    names = [name for rule in personal.rules() for name in rule.fields]
    assert len(names) == len(set(names))


def test_every_rule_says_why_how_long_and_since_when():
    processings = {one.code for one in personal.processings()}
    for rule in personal.rules():
        assert rule.processing in processings
        assert rule.starts
        assert rule.source
        assert isinstance(rule.after, After)
        assert re.fullmatch(r"[a-z0-9_-]{2,40}", rule.code)
        assert rule.days is None or (rule.is_run and rule.floor <= rule.days)


def test_every_processing_is_complete():
    for one in personal.processings():
        assert isinstance(one.basis, Basis)
        assert all((one.label, one.purpose, one.persons, one.data, one.recipients, one.sources, one.sensitive))


@pytest.mark.django_db
def test_every_rule_can_be_asked_what_is_due_and_applied_to_nothing(cast):
    for rule in personal.rules():
        if rule.is_run:
            where = cast.organisation.pk if rule.per_organisation else None
            limit = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
            assert not rule.due(where, limit).order_by("pk").exists(), rule.code
            assert rule.apply([]) == 0, rule.code


@pytest.mark.parametrize(
    ("days", "words"),
    [
        *((0, "aussitôt"), (1, "1 jour"), (2, "2 jours"), (30, "30 jours"), (182, "6 mois"), (183, "6 mois")),
        *((365, "1 an"), (366, "1 an"), (548, "18 mois"), (730, "2 ans"), (731, "2 ans"), (400, "400 jours")),
    ],
)
def test_durations_are_said_in_plain_words(days, words):
    assert personal.duration_label(days) == words


def test_the_documentation_says_the_durations_of_the_code():
    """When it fails: write what ``entremise purge --durees`` says between the two marks of the page."""
    page = (Path(__file__).parents[2] / "docs" / "confidentialite.md").read_text(encoding="utf-8")
    _, _, rest = page.partition("<!-- durées : début -->\n")
    written, _, _ = rest.partition("\n<!-- durées : fin -->")
    assert written.strip() == duration_table().strip()
