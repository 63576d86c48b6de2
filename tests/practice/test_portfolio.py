"""A portfolio: what enters it, what it says, who signs, what is frozen; and that its author alone reads it."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entremise.accounts import services as accounts
from entremise.accounts.enums import OrganisationKind, Role
from entremise.accounts.queries import actor_for
from entremise.core.actor import system_actor
from entremise.core.canonical import digest_of
from entremise.core.errors import Conflict, InvalidInput, NotFound
from entremise.core.time import now
from entremise.documents.services import check_pdf
from entremise.interventions.queries import own_acts
from entremise.practice.commands import KeepLine
from entremise.practice.enums import Cover
from entremise.practice.models import Attestation, Evidence, Snapshot
from entremise.practice.queries import ledger as ledger_queries
from entremise.practice.queries import portfolio as queries
from entremise.practice.services import attestations, evidence, portfolio
from entremise.practice.services.ledger import keep_line
from entremise.practice.verification import check_snapshots
from tests.practice import build_portfolio as build
from tests.practice.build import sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _record(db):
    build.record()


def reasons(caught) -> str:
    return json.dumps(caught.value.errors, ensure_ascii=False)


def test_an_act_is_told_by_what_five_of_ones_own_have_in_common_and_the_rest_is_left_out(cast):
    acts = build.log(cast, rare=[{"outcome": "aggravation", "conflict_objects": ("rodeo",)}])
    kept = build.keep(cast.samia, kind="act", source_id=acts[-1].pk, title="Sur un palier")
    told = queries.told_by(kept)
    assert [fact[0] for fact in told["facts"]] == ["Registre", "Type d’espace", "Actions"]
    assert "rodeo" not in kept.content
    assert "aggravation" not in kept.content
    said = queries.said_by(told)
    assert own_acts(cast.samia.actor, start=said.start, end=said.end, traits=said.traits).count() == len(acts)


def test_with_fewer_than_five_acts_nothing_of_them_may_be_shown(cast):
    acts = build.log(cast, common=4)
    with pytest.raises(InvalidInput) as caught:
        build.keep(cast.samia, kind="act", source_id=acts[0].pk)
    assert "moins de 5 actes" in reasons(caught)
    assert not Evidence.objects.exists()


def test_an_author_may_say_less_but_never_more_than_is_safe(cast):
    acts = build.log(cast, rare=[{"outcome": "aggravation"}])
    chosen = ["L1:conflit_temps_reel", "L18:aggravation", "L9:rien"]
    kept = build.keep(cast.samia, kind="act", source_id=acts[-1].pk, traits=chosen)
    assert queries.told_by(kept)["traits"] == [["L1", "conflit_temps_reel"]]


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"text": "Au Hall 7, rue des Lilas, j’écoute chacun."}, "text", "nomme le lieu"),
        ({"text": "Le 12 mars, j’écoute chacun."}, "text", "donne le jour"),
        ({"title": "Rue des Lilas"}, "title", "nomme le lieu"),
        ({"text": "Deux voisins se disputent pour un vélo attaché à la rampe du palier."}, "text", "mot pour mot"),
        ({"text": "J’appelle M. Karim Durand à part."}, "reread", "Karim Durand"),
        ({"text": ""}, "text", "une preuve se raconte"),
        ({"text": "é" * 6_001}, "text", "6000 signes"),
        ({"title": ""}, "title", "titre"),
        ({"competences": []}, "competences", "au moins une compétence"),
        ({"competences": ["RNCP41674-C99"]}, "competences", "au moins une compétence"),
    ],
)
def test_what_leads_back_to_the_act_or_says_nothing_is_refused_with_its_sentence(cast, facts, field, sentence):
    acts = build.log(cast)
    with pytest.raises(InvalidInput) as caught:
        build.keep(cast.samia, kind="act", source_id=acts[0].pk, **facts)
    assert sentence in " ".join(caught.value.errors[field])
    assert not Evidence.objects.exists()


def test_what_the_helper_shows_is_a_question_the_author_answers(cast):
    kept = build.keep(cast.samia, text="J’appelle M. Karim Durand à part.", reread=True)
    assert "Karim" in queries.told_by(kept)["text"]


def test_one_act_is_one_piece_of_evidence_and_nobody_makes_evidence_of_a_colleagues_act(cast):
    acts = build.log(cast)
    build.keep(cast.samia, kind="act", source_id=acts[0].pk)
    with pytest.raises(InvalidInput) as caught:
        build.keep(cast.samia, kind="act", source_id=acts[0].pk)
    assert "déjà une preuve" in reasons(caught)
    for person in (cast.paul, cast.claire, cast.alban, cast.ines):
        with pytest.raises(NotFound):
            build.keep(person, kind="act", source_id=acts[1].pk)


def test_a_piece_written_again_elsewhere_is_not_overwritten(cast):
    kept = build.keep(cast.samia)
    change = {"actor": cast.samia.actor, "evidence_id": kept.pk, "base_version": 1}
    evidence.change_evidence(command=build.command(title="Un autre titre"), **change)
    with pytest.raises(Conflict):
        evidence.change_evidence(command=build.command(), **change)


def test_coverage_says_what_is_held_thin_and_missing(cast):
    build.keep(cast.samia, competences=[build.C5, build.C7])
    build.keep(cast.samia, competences=[build.C5], title="Un second atelier")
    lines = queries.evidence_lines(cast.samia.actor)
    blocks = queries.coverage(lines, queries.target_record())
    found = {one.reference: one.cover for block in blocks for one in block.competences}
    assert len(found) == 21
    assert (found[build.C5], found[build.C7], found[build.C10]) == (Cover.HELD, Cover.THIN, Cover.NONE)
    assert dict(queries.cover_counts(blocks)) == {Cover.HELD: 1, Cover.THIN: 1, Cover.NONE: 19}


def test_nothing_is_frozen_without_evidence_statement_and_the_employers_word(cast):
    with pytest.raises(InvalidInput) as caught:
        portfolio.freeze_portfolio(actor=cast.samia.actor)
    assert "aucune preuve" in reasons(caught)
    assert "usage de l’IA" in reasons(caught)
    acts = build.log(cast)
    build.keep(cast.samia, kind="act", source_id=acts[0].pk)
    with pytest.raises(InvalidInput) as caught:
        build.frozen(cast.samia)
    assert "employeur" in reasons(caught)
    build.signed(cast.samia, "reuse")
    assert build.frozen(cast.samia).digest


def test_what_was_hidden_among_acts_since_gone_is_not_frozen_as_it_stands(cast):
    acts = build.log(cast, common=5)
    kept = build.keep(cast.samia, kind="act", source_id=acts[0].pk, title="Sur un palier")
    build.signed(cast.samia, "reuse")
    type(acts[1]).objects.filter(pk=acts[1].pk).update(outcome="refus")
    with pytest.raises(InvalidInput) as caught:
        build.frozen(cast.samia)
    assert "« Sur un palier » ne se perd plus" in reasons(caught)
    again = build.command(kind="act", title="Sur un palier")
    evidence.change_evidence(actor=cast.samia.actor, evidence_id=kept.pk, command=again, base_version=1)
    assert build.frozen(cast.samia).digest


def test_from_another_organisation_one_is_told_where_to_freeze_what_ones_acts_became(cast):
    acts = build.log(cast)
    build.keep(cast.samia, kind="act", source_id=acts[0].pk, title="Sur un palier")
    build.signed(cast.samia, "reuse")
    elsewhere = {"user": cast.samia.member.user, "roles": [Role.CANDIDAT], "team_ids": []}
    body = accounts.create_organisation(name="Jury commun", kind=OrganisationKind.CERTIFICATEUR)
    accounts.add_member(actor=system_actor(body.pk), **elsewhere)
    with pytest.raises(InvalidInput) as caught:
        portfolio.freeze_portfolio(actor=actor_for(cast.samia.member.user, body.pk))
    assert "depuis l’organisation où vous l’avez signé" in reasons(caught)
    assert build.frozen(cast.samia).digest


def test_a_frozen_portfolio_keeps_its_words_its_date_and_its_fingerprint_whatever_follows(cast):
    kept = build.keep(cast.samia)
    build.signed(cast.samia, "evidence", kept, words="Elle a tenu le cadre du début à la fin.")
    snapshot = build.frozen(cast.samia)
    assert digest_of(snapshot.content) == snapshot.digest
    evidence.remove_evidence(actor=cast.samia.actor, evidence_id=kept.pk)
    told = queries.read_snapshot(Snapshot.objects.get())
    assert told["evidence"][0]["attestations"][0]["words"] == "Elle a tenu le cadre du début à la fin."
    assert check_snapshots().holds
    changed = snapshot.content.replace("Un atelier", "Cent ateliers")
    snapshot.content = changed
    snapshot.save()
    assert not check_snapshots().holds


def test_what_is_taken_away_holds_a_page_a_sound_pdf_and_the_very_bytes_that_were_fingerprinted(cast, signed_in):
    build.keep(cast.samia)
    snapshot = build.frozen(cast.samia)
    answer = signed_in(cast.samia).post(reverse("practice:take_snapshot", args=[snapshot.pk]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as found:
        assert digest_of(found.read("portfolio.json").decode()) == snapshot.digest
        assert "Un atelier au pied des tours" in found.read("portfolio.html").decode()
        assert check_pdf(found.read("portfolio.pdf")) == []
        assert snapshot.digest in found.read("LISEZ-MOI.txt").decode()


# Ledgers and attestations ---------------------------------------------------------------------------------------------


def test_only_what_somebody_attested_as_it_stands_counts_as_attested(cast):
    stay = build.line(cast.samia, hours=244)
    build.lived(cast.samia, dt.date(2024, 1, 1), dt.date(2024, 5, 31))
    build.signed(cast.samia, "line", stay)
    totals = ledger_queries.totals_of(ledger_queries.ledger_lines(cast.samia.actor))
    assert vars(totals) == {"hours": 244, "hours_attested": 244, "months": 5, "months_attested": 0}
    more = KeepLine(
        kind="internship",
        place="Maison de quartier",
        person="Aïcha Morin",
        starts_on=dt.date(2025, 1, 6),
        ends_on=dt.date(2025, 2, 28),
        hours=300,
    )
    keep_line(actor=cast.samia.actor, command=more, line_id=stay.pk)
    totals = ledger_queries.totals_of(ledger_queries.ledger_lines(cast.samia.actor))
    assert (totals.hours, totals.hours_attested) == (300, 0)


def test_an_experience_under_way_is_attested_up_to_the_day_it_was_signed_and_no_further(cast, time_machine):
    time_machine.move_to("2026-03-31T22:30:00Z")  # the first of April in Paris
    under_way = build.lived(cast.samia, dt.date(2026, 1, 1), None)
    build.signed(cast.samia, "line", under_way)
    time_machine.move_to("2026-07-01T10:00:00Z")
    (line,) = ledger_queries.ledger_lines(cast.samia.actor)
    assert line.attestations[0].signed_on == dt.date(2026, 4, 1)
    totals = ledger_queries.totals_of([line])
    assert (totals.months, totals.months_attested) == (6, 3)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"place": ""}, "place"),
        ({"place": "x" * 200}, "place"),
        ({"person": ""}, "person"),
        ({"hours": None}, "hours"),
        ({"hours": 0}, "hours"),
        ({"hours": 5_000}, "hours"),
        ({"ends_on": dt.date(2024, 1, 1)}, "ends_on"),
        ({"starts_on": dt.date(2999, 1, 1), "ends_on": None}, "starts_on"),
        ({"kind": "experience", "nature": ""}, "nature"),
        ({"kind": "experience", "nature": "volunteer", "fields": ["autre"]}, "fields_of"),
    ],
)
def test_a_line_that_cannot_be_is_refused_beside_its_field(cast, facts, field):
    with pytest.raises(InvalidInput) as caught:
        build.line(cast.samia, **facts)
    assert field in caught.value.errors
    assert not ledger_queries.list_lines(cast.samia.actor).exists()


def test_a_line_is_not_written_twice(cast):
    build.line(cast.samia)
    with pytest.raises(InvalidInput):
        build.line(cast.samia)


def test_a_link_shows_what_will_be_signed_and_nothing_else_serves_once_and_keeps_the_signers_words(cast, client):
    stay, secret = build.line(cast.samia), build.keep(cast.samia, title="Une preuve gardée pour soi")
    asked = attestations.AskAttestation(kind="line", target_id=stay.pk)
    _, token = attestations.ask_attestation(actor=cast.samia.actor, command=asked)
    path = reverse("practice:attest", args=[token])
    page = client.get(path).content.decode()
    assert "Maison de quartier" in page
    assert "245" in page
    assert queries.told_by(secret)["title"] not in page
    words = {"name": "Aïcha Morin", "function": "Tutrice", "structure": "Le Relais", "words": "Présente. \U0001f44d"}
    refused = client.post(path, words)
    assert refused.status_code == 422
    assert "Aïcha Morin" in refused.content.decode()
    assert client.post(path, words | {"agrees": "on"}).status_code == 200
    assert client.get(path).status_code == client.post(path, words | {"agrees": "on"}).status_code == 404
    signed = ledger_queries.signed_of(cast.samia.actor, [stay])[0]
    assert signed.answer["words"] == "Présente. \U0001f44d"
    assert signed.counts


def test_a_link_lapsed_or_taken_back_opens_nothing(cast, client, time_machine):
    tokens = []
    for _ in range(2):
        asked, token = attestations.ask_attestation(
            actor=cast.samia.actor, command=attestations.AskAttestation(kind="reuse")
        )
        tokens.append((asked, token))
    attestations.revoke_attestation(actor=cast.samia.actor, attestation_id=tokens[0][0].pk)
    assert client.get(reverse("practice:attest", args=[tokens[0][1]])).status_code == 404
    time_machine.move_to(now() + dt.timedelta(days=31))
    assert client.get(reverse("practice:attest", args=[tokens[1][1]])).status_code == 404
    assert tokens[1][1] not in repr(Attestation.objects.values())


# Who reads ------------------------------------------------------------------------------------------------------------


def test_nobody_but_the_author_finds_any_of_it_whatever_their_role(cast, signed_in):
    acts = build.log(cast)
    kept = build.keep(cast.samia, kind="act", source_id=acts[0].pk)
    stay = build.line(cast.samia)
    build.signed(cast.samia, "reuse")
    snapshot = build.frozen(cast.samia)
    asked, _ = attestations.ask_attestation(
        actor=cast.samia.actor, command=attestations.AskAttestation(kind="line", target_id=stay.pk)
    )
    gets = [
        reverse("practice:evidence", args=[kept.pk]),
        reverse("practice:evidence_edit", args=[kept.pk]),
        reverse("practice:line_edit", args=[stay.pk]),
        reverse("practice:snapshot", args=[snapshot.pk]),
        reverse("practice:evidence_begin_from", args=["act", acts[1].pk]),
    ]
    posts = [
        reverse("practice:evidence_remove", args=[kept.pk]),
        reverse("practice:line_remove", args=[stay.pk]),
        reverse("practice:take_snapshot", args=[snapshot.pk]),
        reverse("practice:attestation_revoke", args=[asked.pk]),
    ]
    own = signed_in(cast.samia)
    assert [own.get(path).status_code for path in gets] == [200] * len(gets)
    for name, person in cast.people().items():
        if name == "samia":
            continue
        client = signed_in(person)
        assert [client.get(path).status_code for path in gets] == [404] * len(gets), name
        assert [client.post(path).status_code for path in posts] == [404] * len(posts), name
        assert client.post(reverse("practice:attestation_ask", args=["line"]), {"target": stay.pk}).status_code == 404


def test_a_longer_list_asks_no_more_questions(cast):
    counts = []
    for rank in range(3):
        build.keep(cast.samia, title=f"Atelier {rank}")
        with (
            CaptureQueriesContext(connections["default"]) as seen,
            CaptureQueriesContext(connections["keys"]) as opened,
        ):
            queries.evidence_lines(cast.samia.actor)
        counts.append((len(seen), len(opened)))
    assert len(set(counts)) == 1


def test_the_pages_hold_with_nothing_with_a_refusal_and_with_all(cast, signed_in):
    samia = signed_in(cast.samia)
    for path in ("/pratique/portfolio/", "/pratique/registres/", "/pratique/portfolio/choisir/act"):
        assert samia.get(path).status_code == 200
    assert samia.post("/pratique/portfolio/figer").status_code == 422
    typed = {"title": "Mon titre \u202e\U0001f600", "text": "x" * 2_000_000, "competences": ["rien"]}
    refused = samia.post("/pratique/portfolio/nouvelle/workshop", typed)
    assert refused.status_code == 422
    assert "Mon titre" in refused.content.decode()
    sheet_made = sheet(cast.samia)
    assert samia.get(f"/pratique/portfolio/nouvelle/sheet/{sheet_made.pk}").status_code == 200
    typed = {"title": "Une main tendue", "text": build.TEXT, "competences": [build.C5]}
    assert samia.post(f"/pratique/portfolio/nouvelle/sheet/{sheet_made.pk}", typed).status_code == 302
    assert "Une main tendue" in samia.get("/pratique/portfolio/").content.decode()
    assert samia.post("/pratique/portfolio/emporter").status_code == 200
