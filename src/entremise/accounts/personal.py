"""What this module declares of the personal data it keeps: accounts, invitations, sessions, refused tries."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from axes.models import AccessAttempt
from django.db.models import Exists, OuterRef, QuerySet

from entremise.accounts.models import Invitation, Member, RateCount, Session, User
from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.core.time import now
from entremise.keys.services import author_scope, destroy_keys

ACCOUNTS = Processing(
    code="comptes",
    label="Comptes des membres et accès",
    purpose="Donner à chaque membre un accès personnel, selon sa fonction, et le fermer quand il part.",
    basis=Basis.CONTRACT,
    persons=("Salariés et bénévoles de l’organisation", "Personnes invitées à la rejoindre"),
    data=(
        "Nom affiché, adresse électronique",
        "Fonctions, équipes, dates d’arrivée et de départ",
        "Appareil et session",
    ),
    recipients=("Administrateur et encadrants de l’organisation",),
    sources=("La personne elle-même", "L’administrateur qui invite"),
    security=("Nom, adresse et second facteur chiffrés", "Mots de passe hachés", "Essais refusés gardés en empreintes"),
)


def _closed(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    present = Member.objects.filter(user=OuterRef("pk"), left_at=None)
    return User.objects.filter(~Exists(present), is_active=False, closed_at__lt=before)


def _forget_accounts(users: Sequence[uuid.UUID]) -> int:
    """The account goes; the membership stays without it, so that acts keep their author's function."""
    rows = User.objects.filter(pk__in=users, is_active=False)
    gone = list(rows.values_list("pk", flat=True))
    rows.delete()
    destroy_keys([author_scope(user_id) for user_id in gone])  # what they wrote for themselves, in every backup too
    return len(gone)


def _unconfirmed(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return User.objects.exclude(new_email="").filter(new_email_until__lt=before)


def _drop_address(users: Sequence[uuid.UUID]) -> int:
    rows = User.objects.filter(pk__in=users, new_email_until__lt=now())
    return rows.update(new_email="", new_email_token="", new_email_until=None)


def _lapsed(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = Invitation.objects.filter(organisation_id=organisation_id, accepted_at=None, revoked_at=None)
    return rows.filter(expires_at__lte=before)


def _close_invitations(invitations: Sequence[uuid.UUID]) -> int:
    """Keep the row and the link's hash (it answers "withdrawn"), not the address."""
    rows = Invitation.objects.filter(pk__in=invitations, accepted_at=None, revoked_at=None)
    return rows.update(email="", revoked_at=now())


def _older(model: Any, column: str) -> Any:
    return lambda _organisation_id, before: model.objects.filter(**{f"{column}__lte": before})


def _deleted(model: Any) -> Any:
    return lambda keys: model.objects.filter(pk__in=keys).delete()[0]


CLOSED = Rule(
    code="comptes-fermes",
    label="Comptes fermés",
    processing=ACCOUNTS.code,
    fields=("accounts.User.email", "accounts.User.display_name"),
    days=182,
    starts="La fermeture du compte, au départ de la dernière organisation ; l’acte garde la fonction de son auteur",
    after=After.ERASE,
    source="Aucune durée du métier : six mois, le temps d’un retour ; le nom n’est déjà plus montré dès le départ",
    floor=30,
    due=_closed,
    apply=_forget_accounts,
    per_organisation=False,
    unit=("compte", "comptes"),
)
SECRET = Rule(
    code="second-facteur",
    label="Secret du second facteur",
    processing=ACCOUNTS.code,
    fields=("accounts.SecondFactor.secret",),
    days=None,
    starts="Vit avec le compte : détruit à sa fermeture ou au changement de facteur",
    after=After.ERASE,
    source="Nécessaire à la connexion, inutile ensuite",
)
NEW_ADDRESS = Rule(
    code="adresse-a-confirmer",
    label="Nouvelle adresse non confirmée",
    processing=ACCOUNTS.code,
    fields=("accounts.User.new_email",),
    days=1,
    starts="La fin du lien de confirmation",
    after=After.ERASE,
    source="Aucune durée du métier : sans confirmation, l’adresse ne sert à rien",
    due=_unconfirmed,
    apply=_drop_address,
    per_organisation=False,
    unit=("adresse", "adresses"),
    routine=True,
)
INVITATIONS = Rule(
    code="invitations",
    label="Adresse des invitations sans suite",
    processing=ACCOUNTS.code,
    fields=("accounts.Invitation.email",),
    days=30,
    starts="La fin du lien ; l’adresse d’une invitation acceptée ou retirée est effacée aussitôt",
    after=After.ERASE,
    source="Aucune durée du métier : un mois, le temps de relancer la personne",
    due=_lapsed,
    apply=_close_invitations,
    unit=("invitation", "invitations"),
)
SESSIONS = Rule(
    code="sessions",
    label="Sessions",
    processing=ACCOUNTS.code,
    fields=("accounts.Session.device", "accounts.Session.session_data"),
    days=0,
    starts="La fin de la session, douze heures après la connexion au plus",
    after=After.ERASE,
    source="Nécessaire à la connexion, inutile ensuite",
    floor=0,
    due=_older(Session, "expire_date"),
    apply=_deleted(Session),
    per_organisation=False,
    unit=("session", "sessions"),
    routine=True,
)
TRIES = Rule(
    code="essais",
    label="Compteurs d’essais",
    processing=ACCOUNTS.code,
    fields=("accounts.RateCount.subject_hash",),
    days=1,
    starts="Le premier essai compté",
    after=After.ERASE,
    source="Plus long que la plus longue limite ; une empreinte, jamais une adresse",
    due=_older(RateCount, "since"),
    apply=_deleted(RateCount),
    per_organisation=False,
    unit=("compteur", "compteurs"),
    routine=True,
)
REFUSED = Rule(
    code="connexions-refusees",
    label="Connexions refusées",
    processing=ACCOUNTS.code,
    fields=("axes.AccessAttempt.username", "axes.AccessAttempt.ip_address", "axes.AccessAttempt.user_agent"),
    days=1,
    starts="Le dernier essai",
    after=After.ERASE,
    source="Plus long que le blocage d’un compte ; compte et machine en empreintes",
    due=_older(AccessAttempt, "attempt_time"),
    apply=_deleted(AccessAttempt),
    per_organisation=False,
    unit=("essai", "essais"),
    routine=True,
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(ACCOUNTS)
    for rule in (CLOSED, SECRET, NEW_ADDRESS, INVITATIONS, SESSIONS, TRIES, REFUSED):
        register_rule(rule)
