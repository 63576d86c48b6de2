"""The official deposit: valid, the same bytes each time, a ledger that sends again only what was rejected."""

import datetime as dt
import io
import shutil
from dataclasses import astuple
from pathlib import Path

import pytest
import xmlschema
from django.conf import settings
from lxml import etree

from entremise.certification import deposit_file, deposit_report, deposit_schema
from entremise.certification.commands import SettingsFacts
from entremise.certification.deposit_file import Header, Passage
from entremise.certification.enums import DepositAction, DepositProfile
from entremise.certification.models import Certificate, Deposit, DepositLine
from entremise.certification.queries import deposits as queries
from entremise.certification.services import candidates, certificates, certifier, deposits
from entremise.competences.enums import Route
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.ids import uuid7
from entremise.core.time import today
from tests.certification import build
from tests.real_data import real_data

DAY = dt.date(2026, 6, 30)
HEADER = Header(
    "0190-flux", dt.datetime(2026, 7, 1, 9, 30, 12, 500, tzinfo=dt.UTC), "AB123CDE", "E564ACB0", "2560080000127J"
)
IDENTIFIERS = {"deposit_client": "AB123CDE", "deposit_certifier": "E564ACB0", "deposit_contract": "2560080000127J"}


def passage(rank: int = 1, **facts) -> Passage:
    person = facts.pop("person", None) or build.civil(**facts.pop("civil", {}))
    told = {"identifier": f"passage-{rank}", "code": "RNCP41674", "route": Route.CONTINUING, "obtained_on": DAY}
    return Passage(person=person, **(told | facts))


def written(*passages: Passage, header: Header = HEADER) -> str:
    target = io.StringIO()
    deposit_file.write(header, passages, target)
    return target.getvalue()


class BothLibraries:
    """The official schema in two libraries that share no code: what one lets through, the other may refuse."""

    def __init__(self, text: bytes) -> None:
        self.first = etree.XMLSchema(etree.fromstring(text))
        self.second = xmlschema.XMLSchema(text.decode())

    def check(self, content: bytes) -> None:
        self.first.assertValid(etree.fromstring(content))
        self.second.validate(content.decode())

    def refuse(self, content: bytes) -> None:
        assert not self.first.validate(etree.fromstring(content))
        assert not self.second.is_valid(content.decode())


@pytest.fixture(scope="module")
def schema() -> BothLibraries:
    return BothLibraries(real_data("cdc/accrochage-1.1.2.xsd").read_bytes())


def second_hand() -> bytes:
    """What is said of 1.1.5: the published schema, its number changed, with ``action`` in ``flux``."""
    tree = etree.fromstring(real_data("cdc/accrochage-1.1.2.xsd").read_bytes())
    space = {"xs": "http://www.w3.org/2001/XMLSchema"}
    tree.set("version", "1.1.5")
    (stamp,) = tree.xpath("//xs:element[@name='horodatage']", namespaces=space)
    action = etree.SubElement(stamp.getparent(), f"{{{space['xs']}}}element", name="action", type="xsd:string")
    stamp.addnext(action)
    return etree.tostring(tree)


@pytest.fixture
def dropped():
    """The operator's folder, and what is put in it, gone afterwards."""
    folder = Path(settings.DATA_DIR, deposit_schema.FOLDER)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


PASSAGES = [
    passage(),
    passage(civil={"birth_code": "99350", "birth_country": "Maroc", "birth_place": "Fès", "sex": "M"}),
    passage(civil={"born_on": "1984", "birth_code": ""}),
    passage(civil={"usage_name": "Durand & fils <>", "first_names": "Anne-Marie, Zoé, Inès, Lou"}),
    passage(exam_from=DAY, exam_to=DAY, modality="EN_PRESENTIEL", postal_code="31000", enrolled_on=DAY),
    *(passage(route=route) for route in Route),
]


@pytest.mark.parametrize("one", PASSAGES)
def test_every_passage_we_may_write_is_valid_for_the_official_schema(schema, one):
    schema.check(written(one).encode())


def test_a_file_of_several_records_is_valid_and_groups_them(schema):
    text = written(passage(1), passage(2), passage(3, code="RS1234"))
    schema.check(text.encode())
    assert text.count("<cpf:certification>") == 2
    assert text.count("<cpf:type>RS</cpf:type>") == 1


def test_the_official_sample_is_valid_and_our_reader_of_civil_status_takes_its_holder(schema):
    content = real_data("cdc/exemple-1.1.2.xml").read_bytes()
    schema.check(content)
    tree = etree.fromstring(content)
    space = {"cpf": deposit_file.NAMESPACE}
    holder = tree.find(".//cpf:titulaire", space)
    told = {etree.QName(leaf).localname: leaf.text for leaf in holder.iter() if leaf.text and leaf.text.strip()}
    person = build.civil(
        birth_name=told["nomNaissance"],
        first_names=", ".join(told[f"prenom{rank}"] for rank in (1, 2, 3)),
        born_on=f"{told['anneeNaissance']}-{told['moisNaissance']}-{told['jourNaissance']}",
        sex=told["sexe"],
        birth_code=told["codeInsee"],
        birth_place=told["libelleCommuneNaissance"],
        birth_country=told["libellePaysNaissance"],
    )
    again = etree.fromstring(written(passage(person=person)).encode()).find(".//cpf:titulaire", space)
    kept = {etree.QName(leaf).localname: leaf.text for leaf in again.iter() if leaf.text}
    assert kept == {name: value for name, value in told.items() if name != "nomUsage"}


def test_the_same_passages_give_the_same_bytes_with_an_offset_and_no_fraction():
    assert written(*PASSAGES) == written(*PASSAGES)
    assert "<cpf:horodatage>2026-07-01T09:30:12+00:00</cpf:horodatage>" in written(passage())
    assert "nir" not in written(*PASSAGES).casefold()


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"code": "RNCP41674BC01"}, "certification entière"),
        ({"obtained_on": dt.date(2027, 1, 1)}, "à venir"),
        ({"enrolled_on": dt.date(2026, 7, 2)}, "après l’obtention"),
        ({"civil": {"sex": "X"}}, "sexe"),
        ({"civil": {"birth_name": ""}}, "nom de naissance"),
        ({"postal_code": "1234567890"}, "code postal"),
    ],
)
def test_what_the_schema_would_let_through_or_refuse_is_said_before(facts, word):
    assert any(word in fault for fault in deposit_file.passage_faults(passage(**facts), DAY))


def test_the_second_version_says_what_is_asked_and_the_first_has_no_word_for_it(schema):
    asked = Header(*astuple(HEADER)[:5], profile=DepositProfile.SECOND_HAND, action=DepositAction.SUPPRESSION)
    text = written(passage(), header=asked)
    assert text.index("horodatage") < text.index("<cpf:action>SUPPRESSION</cpf:action>") < text.index("emetteur")
    schema.refuse(text.encode())
    BothLibraries(second_hand()).check(text.encode())
    assert "action" not in written(passage(), header=Header(*astuple(HEADER)[:5], action="SUPPRESSION"))


def test_the_schema_that_the_operator_drops_is_found_by_its_version_and_says_what_it_refuses(dropped):
    content = written(passage()).encode()
    assert deposit_schema.faults(content, "1.1.5") == []
    (dropped / "a.xsd").write_bytes(b"<xs:schema")
    (dropped / "b.xsd").write_bytes(b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r version="1.1.5">&a;</r>')
    assert not deposit_schema.has("1.1.5")
    (dropped / "kit-mars.xsd").write_bytes(second_hand())
    assert (deposit_schema.has("1.1.5"), deposit_schema.has("1.1.2")) == (True, False)
    (fault,) = deposit_schema.faults(content, "1.1.5")
    assert "Le schéma officiel 1.1.5 refuse ce fichier, ligne" in fault


def report(flux: str, accepted=(), rejected=(), lists=("PassagesOK", "PassagesKO")) -> bytes:
    good = "".join(f"<idTechnique>{one}</idTechnique>" for one in accepted)
    bad = "".join(
        f"<passage><idTechnique>{one}</idTechnique><messageErreur>{why}</messageErreur></passage>"
        for one, why in rejected
    )
    body = f"<nomFichier>a.xml</nomFichier><idFlux>{flux}</idFlux><idTraitement>9</idTraitement>"
    body += f"<{lists[1]}>{bad}</{lists[1]}><{lists[0]}>{good}</{lists[0]}>"
    return f'<rapport xmlns:ns2="urn:cdc:cpf:pc5:rapport:schema">{body}</rapport>'.encode()


@pytest.mark.parametrize("lists", [("PassagesOK", "PassagesKO"), ("passagesOK", "passagesKO")])
def test_both_spellings_of_a_report_are_read(lists):
    ids = [str(uuid7()) for _ in range(3)]
    messages = [(ids[1], "Aucun titulaire"), (ids[2], "Le passage … existe déjà en base")]
    found = deposit_report.read(report("flux", [ids[0]], messages, lists))
    assert {str(one) for one in found.accepted} == {ids[0], ids[2]}
    assert [str(one) for one in found.rejected] == [ids[1]]


ENTITIES = b'<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><rapport><idFlux>&c;</idFlux></rapport>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"<rapport><idFlux>1</idFlux>",
        b"<autre><idFlux>1</idFlux></autre>",
        b"<rapport></rapport>",
        ENTITIES,
        '<?xml version="1.0" encoding="UTF-8"?><rapport><idFlux>é</idFlux></rapport>'.encode("latin-1"),
        b"<rapport>" + b"<a>" * 100 + b"</a>" * 100 + b"<idFlux>1</idFlux></rapport>",
        b" " * (deposit_report.MOST_BYTES + 1),
    ],
    ids=["empty", "binary", "cut", "other", "nothing", "entities", "encoding", "deep", "huge"],
)
def test_a_hostile_or_broken_report_is_refused_with_a_sentence(content):
    with pytest.raises(InvalidInput) as refusal:
        deposit_report.read(content)
    assert refusal.value.errors["file"][0].endswith(".")


@pytest.fixture
def house(db):
    return build.house()


@pytest.fixture
def holders(house):
    """Two people who hold the whole certification."""
    found = [build.candidate(house), build.candidate(house, birth_name="Autre")]
    build.sealed(house, found)
    for one in found:
        certificates.deliver_certificate(actor=house.boss, candidate_id=one.pk)
    return found


def ready(house, **facts) -> None:
    certifier.change_settings(actor=house.boss, facts=SettingsFacts(record_code="RNCP41674", **IDENTIFIERS, **facts))


def test_without_the_identifiers_no_file_is_made(house, holders):
    with pytest.raises(InvalidInput) as refusal:
        deposits.make_deposit(actor=house.boss)
    assert len(refusal.value.errors["__all__"]) == 3
    assert not Deposit.objects.exists()


def test_a_file_is_valid_made_again_byte_for_byte_and_nothing_is_sent_twice(house, holders, schema):
    ready(house)
    made = deposits.make_deposit(actor=house.boss)
    content = deposits.deposit_content(actor=house.boss, deposit_id=made.pk)
    schema.check(content)
    assert deposits.deposit_content(actor=house.boss, deposit_id=made.pk) == content
    assert b"Maison" not in content
    with pytest.raises(InvalidInput) as refusal:
        deposits.make_deposit(actor=house.boss)
    assert "Rien n’est à envoyer" in refusal.value.errors["__all__"][0]


def test_only_what_was_rejected_is_sent_again(house, holders):
    ready(house)
    made = deposits.make_deposit(actor=house.boss)
    good, bad = Certificate.objects.order_by("-rank").values_list("pk", flat=True)
    deposits.read_report(actor=house.boss, content=report(str(made.pk), [good], [(bad, "Aucun titulaire")]))
    states = {line.certificate.pk: (line.state, line.message) for line in queries.ledger(house.boss)}
    assert states == {good: ("accepted", ""), bad: ("rejected", "Aucun titulaire")}
    assert [line.certificate.pk for line in queries.ledger(house.boss, limit=1)] == [
        bad
    ]  # what waits is never left out
    candidates.correct_civil_status(
        actor=house.boss,
        candidate_id=Certificate.objects.get(pk=bad).candidate_id,
        civil_status=build.civil(birth_name="Autrement"),
        base_version=1,
    )
    again = deposits.make_deposit(actor=house.boss)
    assert list(again.lines.values_list("certificate_id", flat=True)) == [bad]
    with pytest.raises(InvalidInput, match="reparti dans un autre fichier"):
        deposits.read_report(actor=house.boss, content=report(str(made.pk), [good, bad]))
    with pytest.raises(InvalidInput) as refusal:
        deposits.deposit_content(actor=house.boss, deposit_id=made.pk)
    assert "corrigé depuis" in refusal.value.errors["__all__"][0]


def test_a_file_not_sent_yet_is_replaced_after_a_correction_and_never_otherwise(house, holders):
    ready(house)
    made = deposits.make_deposit(actor=house.boss)
    told = {"actor": house.boss, "deposit_id": made.pk}
    with pytest.raises(InvalidInput) as refusal:
        deposits.remake_deposit(**told)
    assert "Rien n’a été corrigé" in refusal.value.errors["__all__"][0]
    corrected = build.civil(birth_name="Corrigé")
    candidates.correct_civil_status(
        actor=house.boss, candidate_id=holders[1].pk, civil_status=corrected, base_version=1
    )
    again = deposits.remake_deposit(**told)
    assert again.lines.count() == 2
    assert "Corrigé" in deposits.deposit_content(actor=house.boss, deposit_id=again.pk).decode()
    assert {line.state for line in queries.ledger(house.boss)} == {"sent"}
    good = list(Certificate.objects.values_list("pk", flat=True))
    with pytest.raises(InvalidInput) as refusal:
        deposits.read_report(actor=house.boss, content=report(str(made.pk), good))
    assert "remplacé" in refusal.value.errors["file"][0]
    deposits.read_report(actor=house.boss, content=report(str(again.pk), good))
    for deposit in (made, again):
        with pytest.raises(InvalidInput):
            deposits.remake_deposit(actor=house.boss, deposit_id=deposit.pk)
    assert {line.state for line in queries.ledger(house.boss)} == {"accepted"}


def test_what_was_accepted_then_withdrawn_is_taken_back_once_by_the_version_that_can(house, holders, dropped):
    ready(house)
    made = deposits.make_deposit(actor=house.boss)
    good = list(Certificate.objects.values_list("pk", flat=True))
    deposits.read_report(actor=house.boss, content=report(str(made.pk), good))
    certificates.revoke_certificate(actor=house.boss, certificate_id=good[0], reason="Fraude.")
    asked = {"actor": house.boss, "action": DepositAction.SUPPRESSION}
    with pytest.raises(InvalidInput) as refusal:
        deposits.make_deposit(**asked)
    assert "sur le portail" in refusal.value.errors["__all__"][0]
    ready(house, deposit_profile="1.1.5")
    (dropped / "officiel.xsd").write_bytes(second_hand())
    taken = deposits.make_deposit(**asked)
    assert list(taken.lines.values_list("certificate_id", "action")) == [(good[0], "SUPPRESSION")]
    assert b"SUPPRESSION" in deposits.deposit_content(actor=house.boss, deposit_id=taken.pk)
    with pytest.raises(InvalidInput):
        deposits.make_deposit(**asked)
    deposits.read_report(actor=house.boss, content=report(str(taken.pk), [good[0]]))
    assert [line.state for line in queries.ledger(house.boss)] == ["accepted"]
    assert not queries.to_take_back(house.organisation.pk)


def test_a_file_that_the_official_schema_refuses_is_never_made(house, holders, dropped):
    ready(house, deposit_profile="1.1.5")
    (dropped / "officiel.xsd").write_bytes(second_hand().replace(b'name="donneeCertifiee"', b'name="autreNom"'))
    with pytest.raises(InvalidInput) as refusal:
        deposits.make_deposit(actor=house.boss)
    assert "donneeCertifiee" in refusal.value.errors["__all__"][0]
    assert not Deposit.objects.exists()


def test_a_report_of_another_file_or_with_unknown_passages_writes_nothing(house, holders):
    ready(house)
    made = deposits.make_deposit(actor=house.boss)
    good = Certificate.objects.first().pk
    for content in (report("autre", [good]), report(str(made.pk), [good, uuid7()]), report(str(made.pk), ["x"])):
        with pytest.raises(InvalidInput):
            deposits.read_report(actor=house.boss, content=content)
    assert set(DepositLine.objects.values_list("state", flat=True)) == {"sent"}
    assert Deposit.objects.get().reported_at is None


def test_the_ledger_is_the_certifiers_alone(house, holders):
    ready(house)
    made = deposits.make_deposit(actor=house.boss)
    with pytest.raises(NotFound):
        queries.get_deposit(build.house("Autre jury", "-b").boss, made.pk)
    for name in ("pauline", "farid", "camille"):
        with pytest.raises(NotAllowed):
            queries.ledger(house.people[name].actor)


def test_the_alarm_rings_a_month_before_the_term(house, holders):
    assert queries.count_late(house.boss) == 0
    Certificate.objects.update(delivered_on=today() - queries.ALARM)
    assert queries.count_late(house.boss) == 2
    assert all(line.is_late for line in queries.ledger(house.boss))


def test_the_pages_make_the_file_give_it_and_read_its_report(house, holders, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    ready(house)
    boss = signed_in(house.people["celine"])
    url = "/certification/depot/"
    assert "À envoyer" in boss.get(url).content.decode()
    boss.post(f"{url}preparer")
    made = Deposit.objects.get()
    assert boss.get(f"{url}{made.pk}.xml").content.startswith(b"<?xml")
    assert "encore bon" in boss.post(f"{url}{made.pk}/remplacer", follow=True).content.decode()
    refused = boss.post(url, {"file": SimpleUploadedFile("r.xml", ENTITIES)})
    assert refused.status_code == 422
    good = list(Certificate.objects.values_list("pk", flat=True))
    told = SimpleUploadedFile("r.xml", report(str(made.pk), good))
    assert boss.post(url, {"file": told}).status_code == 302
    assert "2 passages, 2 acceptés, 0 rejeté<" in boss.get(url).content.decode()
    certificates.revoke_certificate(actor=house.boss, certificate_id=good[0], reason="Fraude.")
    assert "sur le portail" in boss.get(url).content.decode()
    ready(house, deposit_profile="1.1.5")
    assert "seconde main" in boss.get(url).content.decode()
    boss.post(f"{url}retirer")
    assert "Retrait du" in boss.get(url).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_costs_the_same_for_one_and_for_three(house, django_assert_num_queries, count):
    people = [build.candidate(house, birth_name=f"Nom{'abc'[rank]}") for rank in range(count)]
    build.sealed(house, people)
    for one in people:
        certificates.deliver_certificate(actor=house.boss, candidate_id=one.pk)
    with django_assert_num_queries(4):
        assert len(queries.ledger(house.boss)) == count
