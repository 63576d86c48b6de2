"""What a mediator may start a reflective sheet from: their own gestures in a mediation, never a word of the vault."""

import datetime as dt
import uuid

from django.utils.formats import date_format

from entremise.core.actor import Actor
from entremise.core.reflection import StartingPoint
from entremise.core.time import local
from entremise.core.ui.formats import hours
from entremise.mediations.queries.gestures import Gesture, own_gestures

KIND = "mediation"
CONFIDED = (
    "Ce qui a été confié reste au coffre, qui s’effacera : rien n’en est recopié. Racontez ce que vous avez fait, "
    "sans nommer personne."
)


def starting_point(actor: Actor, case_id: uuid.UUID) -> StartingPoint:
    """The actor's own gestures in a case they conduct: the month and the kind, parties as letters. NotFound otherwise,
    VaultShut within 72 hours of a new way into the account.
    """
    case, gestures = own_gestures(actor, case_id)
    facts = [(gesture.what, _told(gesture)) for gesture in gestures]
    return StartingPoint(title=f"Médiation, {_month(case.asked_on)}", facts=facts, withheld=CONFIDED)


def _told(gesture: Gesture) -> str:
    who = " et ".join(f"partie {letter}" for letter in gesture.letters)
    parts = (gesture.detail, who, hours(gesture.minutes) if gesture.minutes else "", _month(local(gesture.at).date()))
    return ", ".join(part for part in parts if part)


def _month(day: dt.date) -> str:
    return date_format(day, "F Y")
