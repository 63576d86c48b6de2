"""The filters of the list of acts: codes, identifiers and dates in the address, never typed text."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.core.time import day_bounds, today
from entremise.core.ui.filters import PeriodForm
from entremise.core.ui.lists import asked_order
from entremise.interventions.enums import NOT_GIVEN, Slot, Status, Visibility
from entremise.interventions.queries import SORTS, ActFilters, list_threads
from entremise.places import queries as places
from entremise.places import scopes
from entremise.places.scopes import EVERYWHERE

ALL = ("", "Tous")
EVERY = ("", "Toutes")
DATES = "dates"
QPV = "qpv"
NEIGHBOURHOODS = [(QPV, "Lieux d’un quartier prioritaire (QPV)"), ("ailleurs", "Autres lieux, ou code non renseigné")]
FROM_REPORTS = ("nomme", "quartier", "tranche", "genre")
PERIODS = {"1": "Aujourd’hui", "7": "7 derniers jours", "30": "30 derniers jours", "90": "90 derniers jours"}
DEFAULT_PERIOD = "90"
_OTHER_PERIODS = [
    *((days, label) for days, label in PERIODS.items() if days != DEFAULT_PERIOD),
    (DATES, "Entre deux dates"),
    ("tout", "Tout"),
]


class ActFilterForm(PeriodForm):
    """GET only. An unreadable value is said beside its field and keeps nothing out."""

    periode = forms.ChoiceField(
        label="Période", required=False, choices=[("", PERIODS[DEFAULT_PERIOD]), *_OTHER_PERIODS]
    )
    registre = forms.ChoiceField(label="Registre", required=False)
    resultat = forms.ChoiceField(label="Résultat", required=False)
    origine = forms.ChoiceField(label="Origine", required=False)
    creneau = forms.ChoiceField(label="Créneau", required=False, choices=[ALL, *Slot.choices])
    public = forms.ChoiceField(label="Public", required=False)
    secteur = forms.TypedChoiceField(label="Secteur", required=False, coerce=uuid.UUID, empty_value=None)
    espace = forms.ChoiceField(label="Type d’espace", required=False)
    lieu = forms.TypedChoiceField(label="Lieu", required=False, coerce=uuid.UUID, empty_value=None)
    convention = forms.TypedChoiceField(label="Convention", required=False, coerce=uuid.UUID, empty_value=None)
    # These come from the lines of a report, and are offered only to who comes from one.
    nomme = forms.TypedChoiceField(
        label="Parties communes sans résidence", required=False, coerce=uuid.UUID, empty_value=None
    )
    quartier = forms.ChoiceField(label="Quartier prioritaire", required=False, choices=[ALL, *NEIGHBOURHOODS])
    tranche = forms.ChoiceField(label="Tranche d’âge notée", required=False)
    genre = forms.ChoiceField(label="Genre noté", required=False)
    equipe = forms.TypedChoiceField(label="Équipe", required=False, coerce=uuid.UUID, empty_value=None)
    etat = forms.ChoiceField(label="État", required=False, choices=[ALL, *Status.choices])
    visibilite = forms.ChoiceField(label="Visibilité", required=False, choices=[EVERY, *Visibility.choices])
    miennes = forms.BooleanField(label="Les miennes", required=False)
    conflits = forms.BooleanField(label="Conflits", required=False)
    danger = forms.BooleanField(label="Signaux de danger", required=False)
    field_order = ("periode", "du", "au")

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        lists = self.lists = accounts.choices_for(actor.organisation_id, "L1", "L2", "L4", "L6", "L7", "L8", "L18")
        self._offer("registre", [ALL, *lists["L1"].labels.items()])
        self._offer("resultat", [ALL, *lists["L18"].labels.items()])
        self._offer("origine", [EVERY, *lists["L2"].labels.items(), (NOT_GIVEN, "Non renseignée")])
        self._offer("public", [ALL, *lists["L8"].labels.items()])
        self._offer("tranche", [EVERY, *lists["L6"].labels.items()])
        self._offer("genre", [ALL, *lists["L7"].labels.items()])
        sectors = [(str(one.pk), one.name) for one in places.list_sectors(actor, active_only=False)]
        self._offer("secteur", [ALL, *sectors])
        self._offer("nomme", [EVERY, *sectors, (str(places.UNTOLD), places.WITHOUT_SECTOR)])
        self._offer("espace", [ALL, *lists["L4"].labels.items()])
        self._offer("lieu", [ALL, *places.site_choices(actor), *places.closed_choice(actor, self.data.get("lieu"))])
        conventions = scopes.choices(actor)
        self._offer("convention", [EVERY, *conventions])
        if not conventions:
            del self.fields["convention"]
        teams = list(accounts.list_teams(actor, own_only=True))
        self._offer("equipe", [EVERY, *((str(team.pk), team.name) for team in teams)])
        if len(teams) < 2:
            del self.fields["equipe"]
        for name in FROM_REPORTS:
            if not self.data.get(name):
                del self.fields[name]

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def filters(self, sort: str) -> ActFilters:
        """What the list keeps."""
        self.is_valid()
        found = self.cleaned_data
        start, end = self._bounds()
        return ActFilters(
            start=start,
            end=end,
            registers=_some(found.get("registre")),
            outcomes=self._with_local("L18", found.get("resultat")),
            origins=self._with_local("L2", found.get("origine")),
            site_ids=self._sites(),
            within=scopes.resolve(self.actor, found["convention"]) if found.get("convention") else EVERYWHERE,
            sector_id=found.get("secteur"),
            team_id=found.get("equipe"),
            mine=bool(found.get("miennes")),
            status=found.get("etat") or "",
            visibility=found.get("visibilite") or "",
            conflict=bool(found.get("conflits")),
            danger=bool(found.get("danger")),
            slot=found.get("creneau") or "",
            publics=_some(found.get("public")),
            ages=self._with_local("L6", found.get("tranche")),
            genders=self._with_local("L7", found.get("genre")),
            sort=sort if sort in SORTS else "-date",
        )

    def _with_local(self, reference: str, code: str | None) -> tuple[str, ...]:
        """A code and what the organisation completed it with, hidden since or not; () for none."""
        known = self.lists[reference].labels
        return (code, *(one for one in known if one.startswith(f"{code}."))) if code else ()

    def _sites(self) -> tuple[uuid.UUID, ...] | None:
        asked: Callable[[str], Any] = self.cleaned_data.get
        sets = []
        if asked("lieu"):
            sets.append(set(places.with_parts(self.actor, asked("lieu"))))
        if asked("espace"):
            sets.append(places.of_space_type(self.actor, asked("espace")))
        if asked("nomme"):
            sets.append(places.told_as(self.actor, asked("nomme")))
        if asked("quartier"):
            sets.append(places.in_priority_neighbourhood(self.actor, inside=asked("quartier") == QPV))
        return tuple(sorted(set.intersection(*sets))) if sets else None

    @property
    def period_label(self) -> str:
        """How the page says which period it shows."""
        period = self._period()
        if period == "tout":
            return "depuis le début"
        return PERIODS[period].lower() if period in PERIODS else "entre deux dates"

    def _period(self) -> str:
        asked = self.cleaned_data.get("periode") or ""
        dated = self.cleaned_data.get("du") or self.cleaned_data.get("au")
        return asked or (DATES if dated else DEFAULT_PERIOD)

    def _bounds(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        period = self._period()
        if period in PERIODS:
            return day_bounds(today() - dt.timedelta(days=int(period) - 1))[0], None
        if period == DATES:
            first, last = self.cleaned_data.get("du"), self.cleaned_data.get("au")
            return (day_bounds(first)[0] if first else None), (day_bounds(last)[1] if last else None)
        return None, None


class ThreadFilterForm(forms.Form):
    """GET only, codes only. Open threads unless asked."""

    SORTS: ClassVar[dict[str, tuple[str, ...]]] = {"ouvert": ("opened_at", "pk"), "rappel": ("due", "pk")}

    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Ouverts"), ("clos", "Clos"), ("tous", "Tous")]
    )
    rappel = forms.ChoiceField(
        label="Rappel",
        required=False,
        choices=[ALL, ("echu", "Aujourd’hui ou passé"), ("a_venir", "À venir"), ("sans", "Sans rappel")],
    )
    equipe = forms.TypedChoiceField(label="Équipe", required=False, coerce=uuid.UUID, empty_value=None)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        teams = list(accounts.list_teams(actor, own_only=True))
        self.fields["equipe"].choices = [EVERY, *((str(team.pk), team.name) for team in teams)]  # type: ignore[attr-defined]
        if len(teams) < 2:
            del self.fields["equipe"]

    def listed(self) -> QuerySet[Any]:
        """The threads that match, in the order that was asked."""
        self.is_valid()
        found = self.cleaned_data
        threads = list_threads(self.actor, open_only=not found.get("etat"))
        if found.get("etat") == "clos":
            threads = threads.filter(closed_at__isnull=False)
        day = today()
        wanted: dict[str, dict[str, Any]] = {
            "echu": {"reminder_on__lte": day},
            "a_venir": {"reminder_on__gt": day},
            "sans": {"reminder_on": None},
        }
        threads = threads.filter(**wanted.get(found.get("rappel", ""), {}))
        if found.get("equipe"):
            threads = threads.filter(team_id=found["equipe"])
        threads = threads.annotate(due=Coalesce("reminder_on", dt.date.max))  # without a reminder: after the others
        return threads.order_by(*asked_order(self.data, self.SORTS, "-ouvert"))


def _some(code: str | None) -> tuple[str, ...]:
    return (code,) if code else ()
