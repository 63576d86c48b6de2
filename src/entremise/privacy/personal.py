"""What this module declares of the personal data it keeps."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from entremise.core.actor import system_actor
from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.core.time import local
from entremise.privacy.enums import ErasureGround
from entremise.privacy.models import DataRequest, LegalHold, Person
from entremise.privacy.queries.holds import held_persons
from entremise.privacy.queries.requests import awaited_persons
from entremise.privacy.services.erasure import erase_persons

FOLLOW_UP = Processing(
    code="suivi",
    label="Suivi de personnes et de familles",
    purpose=(
        "Accompagner dans la durée une personne qui le demande : reprendre contact, suivre ses démarches, "
        "passer le relais."
    ),
    basis=Basis.PUBLIC_TASK,
    persons=("Personnes suivies par une équipe de médiation",),
    data=(
        "Référence, année de naissance ou tranche d’âge, commune",
        "Langues parlées et lues",
        "Nom et contact, seulement pour une raison choisie dans une liste",
        "Moyen de contact le plus sûr",
        "Accords donnés et retirés, avec leur date et la langue de l’explication",
    ),
    recipients=("L’équipe qui suit la personne", "Un partenaire, avec l’accord de la personne"),
    security=("Chiffré sous la clé propre de la personne", "Lectures journalisées"),
)

RIGHTS = Processing(
    code="droits",
    label="Droits des personnes et conservation",
    purpose="Répondre aux demandes, tenir les durées, prouver ce qui a été effacé.",
    basis=Basis.LEGAL_OBLIGATION,
    persons=("Personnes suivies qui exercent leurs droits ou dont la fiche est gelée",),
    data=("Référence de la fiche", "Motif d’un gel"),
    recipients=("Délégué à la protection des données", "Autorité de contrôle, à sa demande"),
    security=("Motifs chiffrés", "Décisions journalisées"),
)


def _last_seen(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = Person.objects.filter(organisation_id=organisation_id, erased_at=None)
    rows = rows.filter(last_contact_on__lt=local(before).date())
    # The run itself leaves a person who is held; one whose thread or act is held is left here. So is one who waits for
    # an answer (what they ask to see must still be there), or who asked that their data be kept without being used.
    named = set(
        LegalHold.objects.in_force().filter(organisation_id=organisation_id).values_list("target_id", flat=True)
    )
    rows = rows.exclude(pk__in=held_persons(organisation_id) - named)
    return rows.exclude(pk__in=awaited_persons(organisation_id))


def _erase(person_ids: Sequence[uuid.UUID]) -> int:
    return erase_persons(person_ids, actor=system_actor(), ground=ErasureGround.CONSERVATION)


def _over(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = LegalHold.objects.filter(organisation_id=organisation_id).exclude(reason="")
    return rows.filter(until__lt=local(before).date())


def _answered(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = DataRequest.objects.filter(organisation_id=organisation_id, answered_on__lt=local(before).date())
    return rows.exclude(words="", reply_to="", answer="")


PERSONS = Rule(
    code="personnes",
    label="Personnes suivies",
    processing=FOLLOW_UP.code,
    fields=tuple(
        f"privacy.Person.{name}"
        for name in (
            *("name", "phone", "email", "address", "contact_note"),
            *("birth_year", "age_band", "commune_code", "speaks", "reads", "phone_watched", "contact_way"),
            *("name_mark", "see_again_on"),
        )
    ),
    days=730,
    starts="Le dernier contact ; une demande ouverte ou une limitation voulue par la personne retarde l’effacement",
    after=After.ERASE,
    source="CNIL, référentiel accompagnement social (délibération 2021-028) : deux ans après le dernier contact",
    floor=30,
    due=_last_seen,
    apply=_erase,
    holds=("pk",),
    unit=("personne", "personnes"),
)
HOLDS = Rule(
    code="motifs-gels",
    label="Motifs des gels",
    processing=RIGHTS.code,
    fields=("privacy.LegalHold.reason",),
    days=365,
    starts="La date de fin du gel, ou l’effacement de la personne ; le gel reste au journal, sans son motif",
    after=After.ANONYMISE,
    source="Aucune durée du métier : un an, le temps d’une contestation",
    floor=90,
    due=_over,
    apply=lambda holds: LegalHold.objects.filter(pk__in=holds).update(reason=""),
    unit=("motif", "motifs"),
)
REQUESTS = Rule(
    code="demandes-de-droits",
    label="Mots des demandes de droits",
    processing=RIGHTS.code,
    fields=tuple(f"privacy.DataRequest.{name}" for name in ("words", "reply_to", "answer")),
    days=365,
    starts="Le jour de la réponse ; le registre garde le droit demandé, les dates et le résultat",
    after=After.ANONYMISE,
    source="CNIL, durées de conservation : un an pour la preuve d’une réponse à une demande d’accès",
    floor=90,
    due=_answered,
    apply=lambda rows: DataRequest.objects.filter(pk__in=rows).update(words="", reply_to="", answer=""),
    holds=("person_id",),
    unit=("demande", "demandes"),
)
AGREEMENTS = Rule(
    code="accords",
    label="Accords donnés et retirés",
    processing=FOLLOW_UP.code,
    fields=tuple(
        f"privacy.Agreement.{name}"
        for name in ("recipient_label", "partner", "mandate_by", "mandate_quality", "language", "interpreter")
    ),
    days=None,
    starts="Aussi longtemps que la personne est suivie ; les dates, sans mots, restent après l’effacement",
    after=After.ERASE,
    source="RGPD, article 7 : pouvoir montrer l’accord tant que l’on s’en sert",
)

CORRECTIONS = Rule(
    code="corrections-de-fiches",
    label="Corrections des fiches de personnes",
    processing=FOLLOW_UP.code,
    fields=("privacy.PersonRevision.changes",),
    days=None,
    starts="Aussi longtemps que la personne est suivie ; effacées avec elle",
    after=After.ERASE,
    source="RGPD, articles 16 et 19 : pouvoir dire ce qui a été corrigé, et quand",
)


def declare() -> None:
    """Called once, when the applications are ready."""
    for processing in (FOLLOW_UP, RIGHTS):
        register_processing(processing)
    for rule in (PERSONS, AGREEMENTS, CORRECTIONS, REQUESTS, HOLDS):
        register_rule(rule)
