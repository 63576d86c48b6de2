"""One operation, one receipt, one answer, whatever the network does."""

import pytest

from entremise.interventions.models import Intervention
from entremise.sync.models import Receipt, Stray

pytestmark = pytest.mark.django_db


def test_an_act_written_without_network_is_noted_once_sent(cast, hall, wire, phone):
    sealed = phone.act(hall, narrative="Deux personnes attendaient.")
    result = wire.one(sealed)
    assert result["status"] == "applied"
    assert result["version"] == 1
    act = Intervention.objects.get()
    assert act.narrative == "Deux personnes attendaient."
    assert act.author_id == cast.samia.member.pk
    assert "attendaient" not in Receipt.objects.get().envelope


def test_f11_f12_f14_f15_a_lost_answer_is_given_again_word_for_word(hall, wire, phone):
    sealed = phone.act(hall)
    first, second, third = wire.one(sealed), wire.one(sealed), wire.one(sealed)
    assert first == second == third
    assert Intervention.objects.count() == 1
    assert Receipt.objects.count() == 1


def test_f17_another_content_under_the_same_number_is_kept_aside(hall, wire, phone):
    sealed = phone.act(hall)
    wire.one(sealed)
    forged = phone.act(hall, id=sealed["id"], seq=1, narrative="Autre chose.")
    assert wire.one(forged) == {"id": sealed["id"], "status": "parked", "reason": "other_content"}
    assert wire.one(forged)["reason"] == "other_content"
    assert Stray.objects.count() == 1
    assert Intervention.objects.get().narrative == ""
