"""Documents deposited at the national service: joined sealed, at the service's own address alone, bounded, said."""

import pytest
from tools.vae_service import PREVIEW

from entremise.certification import tasks_vae
from entremise.certification.models import VaeDossier, VaePiece, VaeStep
from entremise.certification.queries.vae import JUDGED
from entremise.certification.services.vae_client import ServiceClient, ServiceRefusal
from entremise.certification.services.vae_documents import ask_documents, fetch_documents
from entremise.core import pieces
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from tests.certification import build_vae
from tests.certification.test_vae_service import ADDRESS, house, linked, service  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
PDF, PNG = b"%PDF-1.7 ce que j\xe2\x80\x99ai fait", b"\x89PNG\r\n\x1a\n0"


@pytest.fixture
def deposited(service):  # noqa: F811 - the fixture above
    """What the stand-in holds of the one candidature: of the first dossier, then of the second."""
    service.base = ADDRESS

    def put(first=(), second=()):
        held = next(iter(service.held.values()))
        held.files = {"dossierDeFaisabilite": list(first), "dossierDeValidation": list(second)}

    return put


def fetch() -> str:
    """Fetched once; what the history says of it."""
    fetch_documents(VaeDossier.objects.get().pk)
    return VaeStep.objects.filter(kind="fetched").order_by("-at").first().reason


def test_documents_are_joined_once_and_an_identity_card_never_goes_to_the_jury(house, linked, deposited):  # noqa: F811
    before = VaePiece.objects.count()
    deposited(
        [("", "carte.png", PNG)],
        [("DOSSIER_DE_VALIDATION", "dossier.pdf", PDF), ("PIECE_SUPPLEMENTAIRE", "plus.pdf", PDF + b"2")],
    )
    assert fetch() == "Nouveaux : 3."
    kinds = {one.name: one.kind for one in VaePiece.objects.all()}
    assert {"carte.png": "service", "dossier.pdf": "validation", "plus.pdf": "additional"}.items() <= kinds.items()
    assert "service" not in JUDGED
    assert pieces.bytes_of(VaePiece.objects.get(kind="validation").content) == PDF
    assert fetch() == "Nouveaux : 0."
    assert VaePiece.objects.count() == before + 3


def test_what_is_left_out_is_said_and_keeps_nothing_else_away(house, linked, deposited, monkeypatch):  # noqa: F811
    monkeypatch.setattr(pieces, "HEAVIEST", 60)
    deposited([("", "notes.odt", b"PK"), ("", "lourd.pdf", PDF + b"0" * 60), ("", "bon.pdf", PDF)])
    said = fetch()
    assert "« notes.odt » n’est ni un PDF" in said
    assert "« lourd.pdf » : Ce document dépasse 5 Mo" in said
    assert "Nouveaux : 1." in said


@pytest.mark.parametrize(
    "base", ["https://ailleurs.exemple", f"{ADDRESS}@ailleurs.exemple", "http://vae.exemple.test", "https://["]
)
def test_the_token_is_shown_to_nobody_but_the_service(house, linked, service, deposited, base):  # noqa: F811
    deposited([("", "un.pdf", PDF)])
    service.base = base
    asked = len(service.calls)
    assert "n’est pas à l’adresse du service national" in fetch()
    assert not [path for _, path in service.calls[asked:] if path.startswith(PREVIEW)]
    with pytest.raises(ServiceRefusal):
        ServiceClient(ADDRESS, "jeton").document(f"{base}/x")


def test_more_than_a_dossier_holds_are_left_there(house, linked, deposited):  # noqa: F811
    deposited([("", f"{rank}.pdf", PDF + bytes([rank])) for rank in range(pieces.MOST + 2)])
    said = fetch()
    assert VaePiece.objects.count() == pieces.MOST
    assert "2 documents de plus n’ont pas été lus" in said
    assert "est de trop" in said


@pytest.mark.parametrize("failing", [401, 404, 503, "silence"])
def test_a_refusal_of_the_service_joins_nothing_and_is_said(house, linked, service, deposited, failing):  # noqa: F811
    before = VaePiece.objects.count()
    service.failing = failing
    assert "service national" in fetch()
    assert VaePiece.objects.count() == before


def test_only_the_certifier_asks_and_for_a_candidature_the_service_knows(house, linked, signed_in):  # noqa: F811
    assert ask_documents(actor=house.boss, candidate_id=linked.pk).service_id
    for name in ("camille", "farid", "pauline"):
        with pytest.raises((NotAllowed, NotFound)):
            ask_documents(actor=house.people[name].actor, candidate_id=linked.pk)
    unknown = build_vae.candidate(house, account="", birth_name="Autre")
    with pytest.raises(InvalidInput):
        ask_documents(actor=house.boss, candidate_id=unknown.pk)
    client, page = signed_in(house.people["celine"]), f"/certification/candidats/{linked.pk}/vae"
    assert "Reprendre les documents déposés là-bas" in client.get(page).content.decode()
    assert client.post(f"{page}/documents").status_code == 302
    assert tasks_vae.fetch.func(str(VaeDossier.objects.get(candidate=linked).pk)) == 0


def test_nobody_joins_by_hand_what_only_the_service_gives(house):  # noqa: F811
    person = build_vae.candidate(house, account="")
    with pytest.raises(InvalidInput):
        build_vae.vae.add_piece(
            actor=house.boss, candidate_id=person.pk, kind="service", name="x.pdf", content=build_vae.PDF
        )
