"""Setting up the second factor, from the first page to the recovery codes, holds at every step."""

import pytest
from django.urls import reverse
from django_otp.oath import TOTP

from entremise.accounts.models import SecondFactor
from tests.browser.conftest import DESK, PHONE, axe_faults, overflow, stretch


def sound(page) -> None:
    """Nothing for axe, folds open, the bar that stays in sight out of the way; nothing scrolls sideways."""
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
    stretch(page)
    assert axe_faults(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_second_factor_is_set_up_then_managed_on_sound_pages(site, cast, open_page, enter, size):
    page = enter(open_page(size), cast.samia)
    page.goto(site + reverse("accounts:second_factor"))
    sound(page)
    page.get_by_role("button", name="Commencer la mise en place").click()
    sound(page)
    page.get_by_role("textbox", name="Code").fill("000000")
    page.get_by_role("button", name="Mettre en place le second facteur").click()
    page.locator("[role=alert]").first.wait_for()
    sound(page)
    generator = TOTP(bytes.fromhex(SecondFactor.objects.get(user=cast.samia.user).secret))
    page.get_by_role("textbox", name="Code").fill(f"{generator.token():06d}")
    page.get_by_role("button", name="Mettre en place le second facteur").click()
    page.get_by_role("heading", level=1).wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "Vos codes de secours"
    sound(page)
    for name in ("second_factor", "second_factor_ask_codes", "second_factor_ask_off"):
        page.goto(site + reverse(f"accounts:{name}"))
        sound(page)
