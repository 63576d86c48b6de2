"""The forms of the order of passage and its hours."""

from typing import Any

from django import forms

from entremise.certification.commands import SlotFacts, TimetableFacts
from entremise.certification.enums import OrderRule, Turn
from entremise.certification.forms.candidates import line
from entremise.certification.models import ExamSession, Timetable
from entremise.competences.queries import RecordFacts
from entremise.core.time import local
from entremise.core.ui.formats import long_date
from entremise.core.ui.widgets import ChipRadio, TimeInput
from entremise.privacy.forms.base import OfferingForm


def clock(label: str, **options: Any) -> forms.TimeField:
    """An hour of the day, to the minute."""
    return forms.TimeField(label=label, widget=TimeInput, **options)


class TimetableForm(forms.Form):
    """How the days are held."""

    opens = clock("La journée commence à")
    closes = clock("La journée finit à")
    pause_from = clock("La pause commence à", required=False)
    pause_to = clock("La pause finit à", required=False)
    between = forms.IntegerField(label="Minutes entre deux passages")
    rest = forms.IntegerField(label="Minutes de repos d’un candidat", help_text="Entre deux de ses passages, au moins.")
    order = forms.ChoiceField(label="Ordre", choices=OrderRule.choices, widget=ChipRadio, required=False)
    turn = forms.ChoiceField(label="Tour", choices=Turn.choices, widget=ChipRadio, required=False)
    room = line("Salle", "Chaque passage peut en changer.")

    def __init__(self, *args: Any, record: RecordFacts, table: Timetable, **options: Any) -> None:
        options["initial"] = {name: getattr(table, name) for name in self.base_fields}
        super().__init__(*args, **options)
        self.blocks = [block.code for block in record.blocks]
        for block in record.blocks:
            self.fields[f"lasts_{block.code}"] = forms.IntegerField(
                label=f"{block.title}, en minutes", help_text=block.code, initial=table.lasts.get(block.code)
            )

    def lasting(self) -> list[forms.BoundField]:
        """The fields of lengths, by block."""
        return [self[f"lasts_{code}"] for code in self.blocks]

    def facts(self) -> TimetableFacts:
        """The command, once the form is valid."""
        told = {name: self.cleaned_data[name] for name in self.base_fields}
        return TimetableFacts(lasts={code: self.cleaned_data[f"lasts_{code}"] for code in self.blocks}, **told)


class SlotForm(OfferingForm):
    """An hour by hand."""

    day = forms.TypedChoiceField(label="Jour", coerce=lambda typed: typed)
    clock = clock("Commence à")
    minutes = forms.IntegerField(label="Durée, en minutes", help_text="Temps supplémentaire compris.")
    room = line("Salle")

    def __init__(
        self, *args: Any, session: ExamSession, days: Any, slot: Any, minutes: int, room: str, **options: Any
    ) -> None:
        known = {"day": days[0].isoformat(), "clock": None, "minutes": minutes, "room": room}
        if slot is not None:
            starts = local(slot.starts_at)
            lasts = int((slot.ends_at - slot.starts_at).total_seconds() // 60)
            known = {"day": starts.date().isoformat(), "clock": starts.time(), "minutes": lasts, "room": slot.room}
        options["initial"] = known
        super().__init__(*args, **options)
        self.days = {day.isoformat(): day for day in days}
        self.offer("day", [(code, long_date(day)) for code, day in self.days.items()])

    def facts(self) -> SlotFacts:
        """The command, once the form is valid."""
        return SlotFacts(**(self.cleaned_data | {"day": self.days[self.cleaned_data["day"]]}))
