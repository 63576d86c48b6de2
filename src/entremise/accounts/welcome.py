"""The first gestures of the roles that read no log: what their first page teaches, then recalls.

Modules register theirs when ready; the first page shows those that the actor may make.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from entremise.accounts.enums import OrganisationKind, Role
from entremise.accounts.queries import organisation_kind
from entremise.core.actor import Actor
from entremise.core.permissions import can

_NOT_READ = "Vous ne lisez ni intervention, ni main courante."
LEADS = {
    Role.ADMINISTRATEUR: f"Vous tenez les comptes, les équipes, les lieux et les listes. {_NOT_READ}",
    Role.DPD: f"Vous répondez aux personnes, tenez le registre et décidez de ce qui est gardé. {_NOT_READ}",
    Role.CERTIFICATEUR: "Vous tenez les dossiers des candidats, les sessions, les jurys et les certificats.",
    Role.JURY: "Vous siégez dans un jury : sa session s’ouvre ici de la convocation au procès-verbal signé.",
    Role.FORMATEUR: "Vous suivez l’avancée des candidats que vous formez ou accompagnez, jamais leur jury.",
    Role.PREPARATEUR: "Vous suivez l’avancée et les résultats des candidats que votre organisme prépare.",
    Role.CANDIDAT: "Vous suivez votre dossier : prérequis, blocs acquis, ce qu’il vous reste à passer.",
    Role.LECTEUR: f"Vous lisez les bilans, les registres et les réglages, sans rien y changer. {_NOT_READ}",
}
_NO_FILE = "Vous ne lisez ni grille, ni dossier de candidat."
# The same roles in a certifying body, where there is no field to speak of.
LEADS_OF_CERTIFIERS = LEADS | {
    Role.ADMINISTRATEUR: f"Vous tenez les comptes de l’organisme certificateur. {_NO_FILE}",
    Role.DPD: f"Vous répondez aux personnes, tenez le registre et décidez de ce qui est gardé. {_NO_FILE}",
    Role.LECTEUR: f"Vous lisez les procès-verbaux scellés et les registres, sans rien y changer. {_NO_FILE}",
}
WITHOUT_TEAM = (
    "Vous n’êtes encore dans aucune équipe. Demandez à l’administrateur de votre organisation de vous y placer : "
    "la tournée, la fiche et la main courante s’ouvriront ici."
)


@dataclass(frozen=True)
class State:
    """Where a gesture stands, in words: "3 équipes ouvertes"; ``done`` None when it is never finished."""

    words: str
    done: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """One thing a role comes to do. ``url_name`` may be empty: some gestures are made elsewhere.

    ``of_mediators``: it speaks of the field, and is not taught in a certifying body.
    """

    title: str
    text: str
    roles: frozenset[Role]
    order: int
    url_name: str = ""
    label: str = ""
    permission: str = ""
    state: Callable[[Actor], State] | None = None
    of_mediators: bool = False


@dataclass(frozen=True)
class Shown:
    """A gesture as the page shows it."""

    title: str
    text: str
    url: str
    label: str
    state: State | None


@dataclass(frozen=True)
class Welcome:
    """The first page of one actor: who they are here, and their gestures in order."""

    leads: list[str]
    gestures: list[Shown]

    @property
    def to_do(self) -> int:
        """How many gestures still wait for a first time."""
        return sum(1 for gesture in self.gestures if gesture.state and gesture.state.done is False)


_gestures: list[Gesture] = []


def register(gesture: Gesture) -> None:
    """Add a gesture, once."""
    if gesture not in _gestures:
        _gestures.append(gesture)
        _gestures.sort(key=lambda known: known.order)


def welcome(actor: Actor) -> Welcome:
    """What to tell this actor; one query at most for each gesture that has a state."""
    known = LEADS_OF_CERTIFIERS if _certifies(actor) else LEADS
    leads = [lead for role, lead in known.items() if actor.has_role(role)]
    return Welcome(
        leads or [WITHOUT_TEAM], [_shown(actor, gesture) for gesture in _gestures if _is_for(actor, gesture)]
    )


def _is_for(actor: Actor, gesture: Gesture) -> bool:
    if not actor.has_role(*gesture.roles) or (gesture.of_mediators and _certifies(actor)):
        return False
    return not gesture.permission or can(actor, gesture.permission)


def _certifies(actor: Actor) -> bool:
    return organisation_kind(actor) == OrganisationKind.CERTIFICATEUR


def _shown(actor: Actor, gesture: Gesture) -> Shown:
    url = reverse(gesture.url_name) if gesture.url_name else ""
    state = gesture.state(actor) if gesture.state else None
    return Shown(gesture.title, gesture.text, url, gesture.label, state)


def counted(count: int, one: str, many: str, none: str) -> State:
    """ "3 équipes ouvertes", done; ``none`` when there is nothing yet, to do."""
    return State(none, done=False) if not count else State(f"{count} {one if count == 1 else many}", done=True)
