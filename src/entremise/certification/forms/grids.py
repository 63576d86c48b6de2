"""The form of a grid: for each competence, its criteria and what each level looks like."""

from typing import Any

from django import forms

from entremise.certification.commands import GridFacts
from entremise.certification.enums import Level
from entremise.certification.forms.sessions import words
from entremise.certification.models import Grid
from entremise.competences.queries import BlockFacts

_ROWS = 2


class GridForm(forms.Form):
    """One group of fields a competence: ``criteria-C5``, ``shown-C5``…"""

    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, block: BlockFacts, known: Grid | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.block = block
        self.fields["instructions"] = words(
            "Consigne", "Ce que le candidat fait, en combien de temps, avec quels documents."
        )
        self.initial["base_version"] = known.stamp if known else 0
        self.initial["instructions"] = known.instructions if known else ""
        for one in block.competences:
            told = known.of(one.code) if known else {}
            seen = "Ce que le jury peut voir ou entendre."
            self.fields[f"criteria-{one.code}"] = words("Critères, un par ligne", seen)
            self.initial[f"criteria-{one.code}"] = "\n".join(told.get("criteria", ()))
            for level in Level:
                self.fields[f"{level}-{one.code}"] = words(level.label, rows=_ROWS)
                self.initial[f"{level}-{one.code}"] = told.get("levels", {}).get(level, "")

    def groups(self) -> list[tuple[Any, Any, list[Any]]]:
        """(competence, field of its criteria, fields of its levels), in the order of the record."""
        return [
            (one, self[f"criteria-{one.code}"], [self[f"{level}-{one.code}"] for level in Level])
            for one in self.block.competences
        ]

    def base(self) -> int:
        """Which writing of the grid this form was filled from."""
        return self.cleaned_data["base_version"] or 0

    def facts(self) -> GridFacts:
        """The command, once the form is valid."""
        told = self.cleaned_data
        codes = [one.code for one in self.block.competences]
        return GridFacts(
            instructions=told["instructions"],
            criteria={code: told[f"criteria-{code}"] for code in codes},
            levels={code: {level.value: told[f"{level}-{code}"] for level in Level} for code in codes},
        )
