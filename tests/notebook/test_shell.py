"""What a phone keeps to open without network: light, whole, and without a name or a place."""

import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from entremise.accounts.services import change_member
from entremise.core.static import light
from entremise.directory.services import create_partner
from entremise.notebook import mirror, queries
from entremise.places.services import create_sector
from entremise.presence import services
from tests.presence.conftest import ground

__all__ = ["ground"]
pytestmark = pytest.mark.django_db


def test_the_shell_holds_neither_place_nor_colleague_nor_team(cast, ground, signed_in):
    page = signed_in(cast.samia).get(reverse("notebook:shell")).content.decode()
    for word in ("Hall 4", "Marronniers", "Tisserands", "Équipe du soir", "Samia", "Paul"):
        assert word not in page
    assert 'name="registers"' in page
    assert "17" in page


def test_the_kept_files_exist_and_weigh_less_than_half_a_megabyte(cast, signed_in):
    files = [name.removeprefix("/static/") for name in queries.kept_files()]
    sizes = [len(light(name, Path(str(finders.find(name))).read_bytes())) for name in files]
    shell = len(signed_in(cast.samia).get(reverse("notebook:shell")).content)
    assert sum(sizes) + shell <= 500_000, (sum(sizes), shell)


def test_every_script_the_notebook_imports_is_kept():
    files = {name.removeprefix("/static/") for name in queries.kept_files()}
    folder = queries.SCRIPTS
    for script in folder.glob("notebook/**/*.js"):
        for line in script.read_text(encoding="utf-8").splitlines():
            if line.startswith("import ") and '"' in line:
                target = (script.parent / line.rsplit('"', 2)[1]).resolve().relative_to(folder.resolve())
                assert target.as_posix() in files


def test_the_service_worker_is_scripts_and_is_never_cached_by_the_browser(cast, signed_in):
    answer = signed_in(cast.samia).get(reverse("notebook:service_worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"


def test_the_manifest_offers_icons_of_the_sizes_they_have(cast, signed_in):
    for icon in signed_in(cast.samia).get(reverse("notebook:manifest")).json()["icons"]:
        picture = Path(str(finders.find(icon["src"].removeprefix("/static/")))).read_bytes()
        width, height = struct.unpack(">II", picture[16:24])
        assert icon["sizes"] == f"{width}x{height}"


@pytest.mark.parametrize("name", ["shell", "service_worker", "manifest", "me"])
def test_those_who_do_not_go_out_have_no_notebook(cast, signed_in, name):
    assert signed_in(cast.dora).get(reverse(f"notebook:{name}")).status_code == 403


def test_the_mirror_names_places_partners_and_rounds_of_ones_own_teams_only(cast, ground):
    create_partner(actor=cast.claire.actor, name="Mission locale", partner_type="mission_locale")
    round_ = services.open_round(actor=cast.paul.actor, team_id=cast.team.pk)
    mine, others = mirror.context(cast.samia.actor), mirror.context(cast.ines.actor)
    assert [one["id"] for one in mine["rounds"]] == [str(round_.pk)]
    assert others["rounds"] == []
    assert {site["label"] for site in mirror.sites(cast.samia.actor)} >= {"Hall 4, allée des Lilas"}
    assert [site["label"] for site in mirror.sites(cast.ines.actor)] == ["Quai"]
    assert [one["name"] for one in mirror.partners(cast.samia.actor)] == ["Mission locale"]
    assert mirror.partners(cast.ines.actor) == []
    assert mirror.sites(cast.dora.actor) == []


def test_the_mirror_keeps_the_partners_of_the_sectors_where_the_teams_go_and_those_of_every_sector(cast, ground):
    boss = cast.claire.actor
    far = create_sector(actor=boss, name="Bas-Port")
    for name, sectors in (("Mission locale", ()), ("Agence", (ground.sector.pk,)), ("Capitainerie", (far.pk,))):
        create_partner(actor=boss, name=name, partner_type="mission_locale", sector_ids=sectors)
    named = lambda: [one["name"] for one in mirror.partners(cast.samia.actor)]  # noqa: E731
    assert named() == ["Agence", "Capitainerie", "Mission locale"]
    services.open_round(actor=cast.paul.actor, team_id=cast.team.pk, sector_id=ground.sector.pk)
    assert named() == ["Agence", "Mission locale"]


def test_the_mirror_keeps_the_partners_of_the_places_where_a_round_without_sector_stopped(cast, ground):
    far = create_sector(actor=cast.claire.actor, name="Bas-Port")
    create_partner(actor=cast.claire.actor, name="Capitainerie", partner_type="bailleur", sector_ids=[far.pk])
    outing = services.open_round(actor=cast.samia.actor, team_id=cast.team.pk)
    services.arrive_at_site(actor=cast.samia.actor, round_id=outing.pk, site_id=ground.hall.pk)
    assert mirror.partners(cast.samia.actor) == []


def test_f44_f46_a_form_that_changes_reaches_the_phones_like_a_new_script(cast, signed_in):
    line = signed_in(cast.samia)
    before = line.get(reverse("notebook:service_worker")).content
    assert line.get(reverse("notebook:service_worker")).content == before
    teams = [cast.team.pk, cast.other_team.pk]
    change_member(actor=cast.alban.actor, member_id=cast.samia.member.pk, roles=["mediateur"], team_ids=teams)
    assert line.get(reverse("notebook:service_worker")).content != before


def test_the_page_is_made_lighter_without_losing_what_something_points_at():
    icon = (
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
    )
    pointed = '<label for="a_1">A</label><input type="radio" id="a_1">'
    held = '<label><input type="radio" value="x" id="a_2">B</label>'
    light = queries.tight(f"<div>\n    {icon}{pointed}{held}</div>")
    assert light == (
        '<div>\n<svg class="icon line" viewBox="0 0 24 24" aria-hidden="true">'
        f'{pointed}<label><input type="radio" value="x">B</label></div>'
    )
