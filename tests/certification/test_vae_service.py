"""The national service of the VAE, against a stand-in: what leaves, what is refused; a refusal changes nothing."""

import datetime as dt
import io
import threading
from zoneinfo import ZoneInfo

import pytest
import requests
import time_machine
from requests.adapters import BaseAdapter
from tools import vae_service
from tools.vae_service import TOKEN, FakeService

from entremise.certification import tasks_vae
from entremise.certification.commands import SlotFacts, VaeSettingsFacts
from entremise.certification.models import VaeArrival, VaeDossier, VaeSend, VaeSettings
from entremise.certification.services import timetables, vae_arrivals, vae_client, vae_decisions, vae_sends
from entremise.certification.services.vae_client import REFUSALS, ServiceClient, ServiceRefusal
from entremise.core.errors import InvalidInput
from entremise.core.time import today
from entremise.journal.models import Entry
from tests.certification import build, build_vae

pytestmark = pytest.mark.django_db
ADDRESS = "https://vae.exemple.test"
PERSON = {"genre": "FEMME", "prenom": "Yvonne", "nom": "Tréhiou", "dateNaissance": "1981-03-09"}
PERSON |= {"communeNaissance": "Quimper", "email": "yvonne@exemple.test"}
BC1 = build.BLOCKS[:1]
SECRET = "Motif que personne d’autre ne lit."


class Wire(BaseAdapter):
    """The stand-in at the end of the library's own wire: no socket, and silences that cost no time."""

    def __init__(self, service: FakeService) -> None:
        super().__init__()
        self.service = service

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        assert timeout == vae_client.TIMEOUT
        if self.service.failing == "silence":
            raise requests.ReadTimeout
        if self.service.failing == "lost":  # taken, and the answer is lost
            self.service.failing = 0
            self._answer(request)
            raise requests.ReadTimeout
        status, told = self._answer(request)
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = status, request, request.url
        content = told if isinstance(told, bytes) else vae_service.json.dumps(told).encode()
        answer.raw = Raw(content)
        return answer

    def _answer(self, request):
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        headers = request.headers
        return self.service.answer(
            request.method, request.url, headers["Authorization"], headers.get("Content-Type", ""), body
        )

    def close(self):
        """Nothing is held."""


class Raw(io.BytesIO):
    """A body, read as the library reads one."""

    def read(self, size=-1, decode_content=False):
        return super().read(size)


@pytest.fixture
def house(db):
    return build.house()


@pytest.fixture
def service(settings, monkeypatch):
    settings.VAE_SERVICE = ADDRESS
    found = FakeService()
    monkeypatch.setattr(vae_sends, "ServiceClient", lambda address, token: ServiceClient(address, token, Wire(found)))
    return found


@pytest.fixture
def linked(house, service):
    """A dossier sent, which the service knows; the link is open."""
    open_link(house)
    person = build_vae.candidate(house, blocks=BC1, account="")
    identifier = service.add(PERSON)
    vae_decisions.name_service_id(actor=house.boss, candidate_id=person.pk, service_id=identifier)
    build_vae.sent(house, person)
    return person


def open_link(house, token: str = TOKEN) -> None:
    facts = VaeSettingsFacts(service_open=True, service_token=token)
    vae_decisions.change_vae_settings(actor=house.boss, facts=facts)


def left() -> list[str]:
    """Every line still to send, tried once in order, with why it stayed."""
    for send in VaeSend.objects.filter(sent_at=None).order_by("queued_at", "pk"):
        vae_sends.try_send(send.pk)
    rows = VaeSend.objects.filter(sent_at=None).order_by("queued_at", "pk")
    return [f"{row.kind} {row.refusal}".strip() for row in rows]


def test_decisions_session_and_result_leave_in_the_words_of_the_service(house, service, linked):
    held = next(iter(service.held.values()))
    build_vae.decided(house, linked, "admissible", "Recevable en entier.")
    assert left() == []
    assert [one["decision"] for one in held.feasibility_decisions] == ["RECEVABLE"]
    assert held.feasibility_decisions[0]["commentaire"] == "Recevable en entier."
    held.validation = "EN_ATTENTE"
    vae_arrivals.collect(house.organisation.pk)
    assert VaeDossier.objects.get().validation == "sent"
    build_vae.checked(house, linked)
    found = build.session(house, [linked], blocks=BC1)
    assert left() == []
    where = {"date": today().isoformat(), "adresseSession": "Maison des associations 31000"}
    assert held.session == where
    slot = SlotFacts(day=today(), clock=dt.time(14), minutes=45)
    sitting, told = found.sittings.get(), {"actor": house.boss, "session_id": found.pk}
    for _ in range(2):  # the same hour again tells nothing new
        timetables.place_sitting(sitting_id=sitting.pk, facts=slot, **told)
    assert left() == []
    hour = f"{dt.datetime.combine(today(), dt.time(14), ZoneInfo('Europe/Paris')).astimezone(dt.UTC):%H:%M}"
    assert held.session == where | {"heure": hour}
    assert VaeSend.objects.filter(kind="session").count() == 2
    build.sessions.open_exam(actor=house.boss, session_id=found.pk, absent_seats=(), absent_sittings=())
    build.deliberated(house, found)
    text = build.drawn(house, found)
    for name in build.SEATED:
        build.minutes.sign_minutes(actor=house.people[name].actor, session_id=found.pk, digest=text.digest)
    assert left() == []
    assert held.result["resultat"] == "SUCCES_TOTAL_CERTIFICATION_PARTIELLE"


@pytest.mark.parametrize(
    ("failing", "code", "again"),
    [
        (400, "content", False),
        (401, "token", False),
        (403, "token", False),
        (404, "unknown", False),
        (409, "conflict", False),
        (422, "content", False),
        (429, "busy", True),
        (500, "down", True),
        (503, "down", True),
        (302, "answer", False),
        ("silence", "timeout", True),
    ],
)
def test_a_refusal_shows_its_message_changes_nothing_and_is_sent_again(
    house, service, linked, signed_in, failing, code, again
):
    service.failing = failing
    build_vae.decided(house, linked, "incomplete", SECRET)
    send = VaeSend.objects.get()
    assert (vae_sends.try_send(send.pk) is not None) is again
    assert VaeDossier.objects.get().feasibility == "incomplete"
    boss = signed_in(house.people["celine"])
    page = boss.get("/certification/vae/service").content.decode()
    assert REFUSALS[code][0] in page
    assert "À transmettre" in page
    service.failing = 0
    assert boss.post(f"/certification/vae/service/envois/{send.pk}").status_code == 302
    assert tasks_vae.send_one.func(str(send.pk)) is True
    assert next(iter(service.held.values())).feasibility == "INCOMPLET"
    assert boss.post(f"/certification/vae/service/envois/{send.pk}").status_code == 404


def test_a_decision_whose_answer_was_lost_is_not_told_twice(house, service, linked):
    service.failing = "lost"
    build_vae.decided(house, linked, "incomplete", SECRET)
    assert left() == ["feasibility timeout"]
    assert left() == []
    assert len(next(iter(service.held.values())).feasibility_decisions) == 1


def test_what_was_decided_first_leaves_first(house, service, linked):
    service.failing = 500
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as clock:
        build_vae.decided(house, linked, "complete")
        clock.shift(60)
        build_vae.decided(house, linked, "admissible")
    assert left() == ["feasibility down", "feasibility"]
    service.failing = 0
    assert left() == []
    told = next(iter(service.held.values())).feasibility_decisions
    assert [one["decision"] for one in told] == ["COMPLET", "RECEVABLE"]


def test_nothing_leaves_while_the_link_is_closed_and_the_page_says_so(house, service):
    person = build_vae.candidate(house, blocks=BC1, account="")
    identifier = service.add(PERSON)
    vae_decisions.name_service_id(actor=house.boss, candidate_id=person.pk, service_id=identifier)
    build_vae.sent(house, person)
    build_vae.decided(house, person, "complete")
    assert left() == ["feasibility closed"]
    assert service.calls == []
    with pytest.raises(InvalidInput, match="jeton"):
        vae_decisions.change_vae_settings(actor=house.boss, facts=VaeSettingsFacts(service_open=True))


def test_no_word_and_no_token_reach_the_journal_or_lie_clear(house, service, linked):
    build_vae.decided(house, linked, "incomplete", SECRET)
    left()
    kept = str(list(Entry.objects.values())) + str(list(VaeSend.objects.values()) + list(VaeSettings.objects.values()))
    assert SECRET not in kept
    assert TOKEN not in kept


def test_a_candidature_of_the_service_becomes_a_file_read_again_by_a_person(house, service, signed_in):
    open_link(house)
    service.add(PERSON)
    assert vae_arrivals.collect(house.organisation.pk) == 1
    assert vae_arrivals.collect(house.organisation.pk) == 1  # nothing twice
    arrival = VaeArrival.objects.get()
    boss = signed_in(house.people["celine"])
    assert "Yvonne Tréhiou" in boss.get("/certification/vae/service").content.decode()
    url = f"/certification/vae/service/arrivees/{arrival.pk}/ouvrir"
    assert 'value="Tréhiou"' in boss.get(url).content.decode()
    told = {"birth_name": "Tréhiou", "first_names": "Yvonne", "sex": "F", "born_on": "1981-03-09"}
    told |= {"birth_place": "Quimper", "birth_code": "29232", "route": "vae", "block_codes": list(build.BLOCKS)}
    answer = boss.post(url, told)
    dossier = VaeDossier.objects.get()
    assert answer.url.endswith(f"{dossier.candidate_id}/vae")
    assert (dossier.feasibility, dossier.service_id) == ("sent", arrival.service_id)
    assert not VaeArrival.objects.exists()


@pytest.mark.parametrize(
    "answer", [b"<html>", b"[]", b'{"data": 3}', b"x" * 4_000_001], ids=["html", "list", "three", "heavy"]
)
def test_an_unreadable_answer_is_refused_and_nothing_is_kept(house, service, answer, monkeypatch):
    open_link(house)
    monkeypatch.setattr(service, "answer", lambda *_: (200, answer))
    assert vae_arrivals.collect(house.organisation.pk) == 0
    assert VaeSettings.objects.get().read_refusal == "answer"
    assert not VaeArrival.objects.exists()


def test_a_candidature_that_two_pages_repeat_waits_once_and_one_withdrawn_stops_no_other(house, service, monkeypatch):
    open_link(house)
    row = {"candidatureId": service.add(PERSON), "statut": "EN_ATTENTE", "dateEnvoi": "2026-03-01T23:30:00.000Z"}
    gone = row | {"candidatureId": "00000000-0000-4000-8000-000000000000"}
    monkeypatch.setattr(ServiceClient, "feasibility_dossiers", lambda self: [gone, row, row])
    with time_machine.travel("2026-03-05T10:00:00Z"):
        assert vae_arrivals.collect(house.organisation.pk) == 3
    assert VaeArrival.objects.get().sent_on == dt.date(2026, 3, 2)  # the day it was in France


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_stand_in_answers_on_loopback(monkeypatch):
    service = FakeService()
    identifier = service.add(PERSON)
    server = vae_service.serve(service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        client = ServiceClient(f"http://127.0.0.1:{server.server_address[1]}", TOKEN)
        monkeypatch.setattr(client.session, "trust_env", False)
        assert client.candidature(identifier)["candidat"]["nom"] == "Tréhiou"
        client.decide_feasibility(identifier, {"decision": "RECEVABLE", "commentaire": "Très bien."})
        assert client.decisions(identifier, "dossierDeFaisabilite")[0]["commentaire"] == "Très bien."
        monkeypatch.setattr(vae_client, "TIMEOUT", (5, 0.2))
        service.failing = "silence"
        with pytest.raises(ServiceRefusal) as refusal:
            client.candidature(identifier)
        assert refusal.value.code == "timeout"
    finally:
        client.session.close()
        server.shutdown()
        server.server_close()
