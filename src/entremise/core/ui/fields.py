"""Fields whose library version would refuse what really happens."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone

NO_SUCH_HOUR = "Cette heure n’existe pas : on passe cette nuit-là de 2 h à 3 h. Indiquez-en une autre."


class MomentField(forms.DateTimeField):
    """A local date and time, on every night of the year.

    In autumn an hour happens twice: the first of the two is taken, so that someone who works that night is
    never refused. In spring an hour does not happen: that is said in plain words.
    """

    def to_python(self, value: Any) -> dt.datetime | None:
        """The aware instant; None for an empty answer."""
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if getattr(error, "code", "") != "ambiguous_timezone" or not error.params:
                raise
            return _first_of_two(error.params["datetime"])


def _first_of_two(clock: dt.datetime) -> dt.datetime:
    zone = get_current_timezone()
    first, second = clock.replace(tzinfo=zone, fold=0), clock.replace(tzinfo=zone, fold=1)
    if first.utcoffset() < second.utcoffset():  # type: ignore[operator]  # the zone always has an offset
        raise forms.ValidationError(NO_SUCH_HOUR, code="invalid")
    return first.astimezone(dt.UTC)  # in its own zone, an hour that happens twice equals no other instant
