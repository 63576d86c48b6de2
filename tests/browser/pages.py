"""Every page of the product, filled: the addresses of ``tests/matrix`` and what they alone would leave empty."""

import datetime as dt
import re
from collections.abc import Iterator

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from entremise.accounts.models import Invitation
from entremise.accounts.services import invitations, passwords, profile
from entremise.certification.models import Certificate
from entremise.certification.queries.certificates import check_of
from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.documents.models import GeneratedFile
from entremise.interventions import services as acts
from entremise.interventions.commands import Heads, RecordIntervention
from entremise.interventions.reference import cards, numbers
from entremise.interventions.reference.commands import RecordRefusal
from entremise.interventions.reference.services import record_refusal
from entremise.places.models import Commune
from entremise.places.services import create_site
from entremise.presence import services as presence
from entremise.statistics import queries as figures
from entremise.statistics import services as statistics
from entremise.statistics.enums import Comparison
from entremise.statistics.periods import month_of
from tests import matrix
from tests.cast import PASSWORD
from tests.matrix_world import World

LONG = "Anticonstitutionnellement-et-sans-la-moindre-espace-pour-couper"
NOBODY = "(personne)"
VISITORS = ("samia", "claire", "alban", "dora", "leo", "celine", "irene", "camille", NOBODY)
SHEET = b"Nom;Type d'espace;Secteur\nGare;arret_station;Le Port\nParc;inconnu;Le Port\n;hall;\n"


def more(world: World) -> dict[str, list[str]]:
    """Fill what ``matrix_world`` leaves empty; gives further addresses by visitor."""
    extra: dict[str, list[str]] = {name: [] for name in VISITORS}
    extra["claire"] += [*_on_the_ground(world), *_files(world), *_report(world, extra[NOBODY])]
    extra["samia"] += [*_acts(world), reverse("interventions:record") + f"?round={world.own['round'][0]}"]
    extra["alban"] += [reverse("accounts:sensitive_allow", args=["L16", "suicide"])]
    extra["dora"] += [reverse("accounts:sensitive_allow", args=["L16", "suicide"])]
    for name in ("samia", "leo"):
        extra[name] += [reverse("interventions:card", args=[card.code]) for card in cards.all_cards()[:4]]
    extra["claire"].append(reverse("interventions:number_check", args=[numbers.for_codes(["15"])[0].code]))
    extra[NOBODY] += _links(world)
    return extra


def _on_the_ground(world: World) -> Iterator[str]:
    claire, team, site = world.cast.claire.actor, world.cast.team.pk, world.own["site"][0]
    long = create_site(actor=claire, name=LONG, space_type="hall", sector_id=world.own["sector"][0])
    presence.report_defect(actor=claire, team_id=team, site_id=long.pk, category="autre", description=LONG)
    presence.note_call(actor=claire, team_id=team, text=LONG, site_id=long.pk)
    planned = presence.plan_round(actor=claire, team_id=team, kind="permanence", planned_start=now())
    with time_machine.travel(now() - dt.timedelta(days=2), tick=True):
        left = presence.open_round(actor=claire, team_id=team, sector_id=world.own["sector"][0])
    refusal = record_refusal(
        actor=claire,
        command=RecordRefusal(asked_on=today(), asker_type="bailleur", kind="nom", principle="confidentialite"),
    )
    Commune.objects.create(
        code="62041", name="Arras", search_name=" arras", departement_code="62", departement_name="Pas-de-Calais",
        population=41000, postcodes=" 62000", kind="COM", town_hall_address="Place des Héros, 62000 Arras",
    )  # fmt: skip
    for outing in (planned, left):
        yield reverse("presence:round_detail", args=[outing.pk])
    yield reverse("presence:round", args=[left.pk])
    yield reverse("presence:close_round", args=[left.pk])
    yield reverse("presence:merge", args=[world.own["round"][0], left.pk])
    yield reverse("presence:report") + f"?round={world.own['round'][0]}"
    yield reverse("places:site", args=[long.pk])
    yield reverse("places:site", args=[site])
    yield reverse("places:commune", args=["62041"])
    yield reverse("interventions:refusal", args=[refusal.pk])


def _acts(world: World) -> Iterator[str]:
    """An act with everything in it, sent back."""
    samia = world.cast.samia
    act = acts.record_intervention(
        actor=samia.actor,
        command=RecordIntervention(
            id=uuid7(),
            team_id=world.cast.team.pk,
            site_id=world.own["site"][0],
            occurred_at=now() - dt.timedelta(minutes=50),
            second_author_id=world.cast.paul.member.pk,
            registers=("conflit_temps_reel", "mise_en_relation"),
            outcome="apaise",
            duration_minutes=25,
            people_count=4,
            ages=(Heads(code="douze_dix_huit", count=3, estimated=True),),
            publics=("jeune",),
            dangers=("arme", "violences_couple"),
            conflict_objects=("bruit",),
            actions=("dialogue",),
            follow_ups=("repassage",),
            partners=("bailleur",),
            narrative=f"{LONG} مرحبا 👋",
        ),
    )
    acts.request_correction(actor=world.cast.claire.actor, intervention_id=act.pk, text=LONG)
    for name in ("detail", "recorded", "correct"):
        yield reverse(f"interventions:{name}", args=[act.pk])
    yield reverse("interventions:record") + f"?modele={act.pk}"


def _files(world: World) -> Iterator[str]:
    """The list of exports in each state, and the preview of a spreadsheet."""
    claire = world.cast.claire
    for status in ("attente", "en_cours", "prete", "echec"):
        GeneratedFile.objects.create(
            organisation_id=claire.actor.organisation_id, requested_by=claire.member, kind="interventions",
            status=status, progress_total=9000, progress_done=4000, file_name="x" if status == "prete" else "",
        )  # fmt: skip
    for module in ("places", "directory"):
        answer = world.client(claire).post(
            reverse(f"{module}:import"), {"file": SimpleUploadedFile("lieux.csv", SHEET, content_type="text/csv")}
        )
        yield answer.headers.get("Location", "")


def _report(world: World, public: list[str]) -> Iterator[str]:
    """The report of this month with its figures and its text; the link of the month before, which is over."""
    claire, found = world.cast.claire.actor, world.own["convention"][0]
    period = month_of(today())
    asked = f"?convention={found}&periode={period.code}"
    for name in ("report", "share", "text"):
        yield reverse(f"statistics:{name}") + asked
    convention, period = figures.get_convention(claire, found), month_of(today().replace(day=1) - dt.timedelta(days=1))
    yield reverse("statistics:share") + f"?convention={found}&periode={period.code}"
    seen = figures.make_report(figures.scope_of(claire, convention, period, Comparison.AN), convention)
    _, token = statistics.share_report(
        actor=claire, convention_id=found, period=period, comparison=Comparison.AN, seen=statistics.digest_of(seen)
    )
    public.append(reverse("statistics:shared", args=[token]))


def _links(world: World) -> Iterator[str]:
    """What mailed links open."""
    invitation = Invitation.objects.get()
    _, token = invitations.renew_link(invitation_id=invitation.pk)
    yield reverse("accounts:invitation", args=[token])
    yield reverse("accounts:password_reset_link", args=list(passwords.reset_link_parts(world.cast.paul.user)))
    paper = Certificate.objects.get(pk=world.own["certificate"][0])
    yield reverse("certification:verify", args=[paper.number, check_of(paper)])
    yield reverse("certification:badge_key", args=[paper.badges.get().key.public])
    samia = world.cast.samia
    profile.request_email_change(actor=samia.actor, user=samia.user, email="neuve@exemple.test", password=PASSWORD)


def visits(world: World, name: str, extra: list[str]) -> Iterator[tuple[str, str]]:
    """(name of the page, path) of everything someone may try to open with records of their own."""
    for address in sorted(set(matrix.addresses()), key=lambda one: one.name):
        for kind, values in world.fillings(address, name):
            if kind != "foreign":
                yield address.name, address.fill(values)
    for path in extra:
        yield path.partition("?")[0], path


def skeleton(html: str) -> tuple[str, str]:
    """The frame and the content of a page without its words: two pages that share both look alike to a checker."""
    plain = re.sub(r"""\s(?!class=|type=|role=|scope=|dir=)([a-z-]+)=("[^"]*"|'[^']*')""", r" \1", html)
    plain = plain.replace(" aria-current", "")
    plain = re.sub(r">\s*[^<>\s][^<>]*<", ">x<", plain)
    plain = re.sub(r">\s+<", "><", plain)
    plain = re.sub(r"(<(tr|li|option)\b(?:(?!</?\2\b).)*</\2>)\1+", r"\1", plain)
    before, _, rest = plain.partition("<main")
    content, _, after = rest.partition("</main>")
    return before + after, content


def client_of(world: World, name: str) -> Client:
    """A test client for a visitor."""
    return Client() if name == NOBODY else world.client(world.cast.people()[name])
