"""The style page shows every component to anyone."""

import pytest


@pytest.mark.django_db
def test_the_style_page_renders_for_a_stranger_and_for_a_member(client, cast, signed_in):
    assert "Les composants" in client.get("/style").content.decode()
    assert "Passage commun" in signed_in(cast.samia).get("/style").content.decode()
