"""Moments typed on the two nights when the clock moves."""

import datetime as dt

import pytest
from django import forms

from entremise.core.ui.fields import MomentField

UTC = dt.UTC


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2026-10-25T02:30", dt.datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # happens twice: the first
        ("2026-10-25T03:00", dt.datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        ("2026-07-14T23:59", dt.datetime(2026, 7, 14, 21, 59, tzinfo=UTC)),
    ],
)
def test_every_hour_of_the_wall_clock_is_taken(typed, instant):
    assert MomentField().clean(typed) == instant


def test_the_hour_that_spring_skips_is_refused_in_plain_words():
    with pytest.raises(forms.ValidationError) as refused:
        MomentField().clean("2026-03-29T02:30")
    assert "n’existe pas" in refused.value.messages[0]


@pytest.mark.parametrize("typed", ["2026-02-31T08:00", "demain", "\x00"])
def test_what_cannot_be_read_is_still_refused(typed):
    with pytest.raises(forms.ValidationError):
        MomentField().clean(typed)


def test_an_optional_moment_may_be_left_out():
    assert MomentField(required=False).clean("") is None
