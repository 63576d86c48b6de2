"""The notebook of who is in several teams: outside a round the member says which, and no phone chooses for them."""

import pytest
from playwright.sync_api import Page, expect

from entremise.accounts.services import change_member
from entremise.interventions.models import Intervention
from entremise.presence.models import LogEntry
from tests.browser.conftest import PHONE, axe_faults, overflow, shot, stretch
from tests.browser.notebook import NETWORK, eventually, go, leave_word, prepare, reopen, saved, states, unlock
from tests.presence.conftest import ground

__all__ = ["ground"]


@pytest.fixture
def phone(open_page, enter, cast, ground, site) -> Page:
    """samia's phone, prepared and locked; she works in the evening team and in prevention."""
    teams = [cast.team.pk, cast.other_team.pk]
    change_member(actor=cast.alban.actor, member_id=cast.samia.member.pk, roles=["mediateur"], team_ids=teams)
    page = open_page(PHONE, expected=NETWORK)
    enter(page, cast.samia)
    prepare(page, site)
    return page


def test_an_instruction_goes_to_the_team_chosen_once_the_phone_is_open(phone, cast):
    page = phone
    leave_word(page, "Repasser jeudi.")
    unlock(page, "Déverrouiller pour choisir un autre lieu")
    expect(page.locator("[name=text]")).to_have_value("Repasser jeudi.")
    page.get_by_label("Équipe", exact=True).select_option(label="Équipe mobile")
    shot(page, "carnet-equipe")
    stretch(page)
    assert (axe_faults(page), overflow(page)) == ([], 0)
    page.get_by_role("button", name="Laisser la consigne").click()
    saved(page, "Consigne")
    eventually(lambda: states(page), ["applied"])
    assert LogEntry.objects.get(kind="consigne").team_id == cast.other_team.pk


def test_a_locked_phone_writes_without_choosing_then_the_member_is_asked(phone, cast):
    page = phone
    leave_word(page, "Repasser jeudi.")
    expect(page.get_by_label("Équipe", exact=True)).to_have_text("Le carnet vous la demandera")
    page.get_by_role("button", name="Laisser la consigne").click()
    saved(page, "Consigne")
    eventually(lambda: states(page), ["rejected"])
    assert not LogEntry.objects.filter(kind="consigne").exists()
    go(page, "journal")
    page.get_by_role("link", name="Corriger et renvoyer").click()
    unlock(page, "Déverrouiller pour relire ce que vous aviez écrit")
    expect(page.get_by_text("Choisissez l’équipe : vous êtes dans plusieurs.")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("Repasser jeudi.")
    page.get_by_label("Équipe", exact=True).select_option(label="Équipe mobile")
    page.get_by_role("button", name="Laisser la consigne").click()
    saved(page, "Consigne")
    eventually(lambda: LogEntry.objects.filter(kind="consigne", team_id=cast.other_team.pk).count(), 1)


def test_an_act_is_asked_the_questions_of_the_team_chosen_and_keeps_its_answers(phone, cast):
    page = phone
    go(page, "noter")
    unlock(page, "Déverrouiller pour choisir un autre lieu")
    page.locator('select[name="site_id"]').select_option(label="Hall 4, allée des Lilas")
    page.locator('[name="outcome"]').first.check()
    chosen = page.locator('[name="outcome"]:checked').get_attribute("value")
    page.get_by_label("En quelques mots").fill("Un groupe rencontré.")
    page.get_by_label("Équipe", exact=True).select_option(label="Équipe mobile")
    expect(page.get_by_label("Équipe", exact=True)).to_be_focused()
    expect(page.get_by_label("En quelques mots")).to_have_value("Un groupe rencontré.")
    page.locator('[name="registers"]').first.check()
    register = page.locator('[name="registers"]:checked').get_attribute("value")
    expect(page.locator("form[data-brouillon=garde]")).to_have_count(1)
    shot(page, "carnet-equipe-acte")
    reopen(page)  # the tab was killed in the middle
    go(page, "noter")
    unlock(page, "Déverrouiller pour choisir un autre lieu")
    expect(page.get_by_label("Équipe", exact=True)).to_have_value(str(cast.other_team.pk))
    expect(page.locator(f'[name="registers"][value="{register}"]')).to_be_checked()
    page.get_by_role("button", name="Enregistrer l’intervention").click()
    saved(page, "Intervention", "journal")
    eventually(lambda: states(page), ["applied"])
    act = Intervention.objects.get()
    assert (act.team_id, act.outcome, act.codes.get(list_reference="L1").code) == (
        cast.other_team.pk,
        chosen,
        register,
    )
