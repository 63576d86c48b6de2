"""The next version of the record, invented: taken from an export, half read again; and the grids of the juries."""

from entremise.certification.commands import GridFacts
from entremise.certification.services.grids import write_grid
from entremise.competences.enums import Exam
from entremise.competences.queries import record_facts
from entremise.competences.register.facts import ROUTES, Fiche, FicheBlock, FicheMatch, FicheRoute
from entremise.competences.services import confirming, decisions
from entremise.competences.services.exports import keep_fiche
from entremise.core.actor import Actor

RECORD, NEXT = "RNCP41674", "RNCP99674"
_JURY = (
    "2 professionnels du secteur et extérieurs aux certificateurs ; 1 représentant des institutions en lien avec le "
    "secteur (qui sera nommé président du jury) ; 1 représentant du certificateur, n’ayant ni formé ni accompagné les "
    "candidats"
)
_SOUGHT = {
    "C1": (
        "Cite au moins deux sources locales, et leur date",
        "Sépare ce qu’il a vu de ce qu’on lui a dit",
        "Nomme un changement survenu dans le quartier",
    ),
    "C2": ("S’appuie sur des tournées, pas sur une réputation", "Nomme des ressources autant que des manques"),
    "C5": ("Se présente, dit son cadre et ce qu’il ne fait pas", "Laisse la personne choisir le lieu et le moment"),
    "C6": ("Repère les signes qui annoncent une tension", "Prévient le relais avant que le ton ne monte"),
    "C7": ("Reste tiers : ne juge pas, ne tranche pas", "Reformule ce que dit chacun avant de proposer"),
    "C9": ("Vérifie ce que l’autre a compris", "Ne prête pas une culture à la personne"),
    "C11": ("Raconte un moment précis, avec ce qu’il a ressenti", "Dit ce qu’il ferait autrement, et pourquoi"),
}
_LEVELS = {
    "shown": "Les critères se voient sans que le jury relance",
    "partly": "Le jury relance, et ils viennent",
    "not_shown": "Le critère principal manque, même relancé",
}


def write_grids(boss: Actor) -> None:
    """The grids of the first two blocks: the simulation of each, and the reflective interview of the second."""
    record = record_facts(RECORD)
    for block, exam, minutes in (
        (record.blocks[0], Exam.SIMULATION, "Trente minutes, à partir de votre diagnostic de territoire."),
        (record.blocks[1], Exam.SIMULATION, "Quarante minutes : une scène jouée, tirée au sort par le candidat."),
        (record.blocks[1], Exam.REFLECTIVE, "Vingt minutes, sur un moment que le candidat choisit de raconter."),
    ):
        codes = [one.code for one in block.competences if one.code in _SOUGHT]
        told = [code for code in codes if exam == Exam.SIMULATION or code == "C11"]
        facts = GridFacts(
            instructions=minutes,
            criteria={code: "\n".join(_SOUGHT[code]) for code in told},
            levels=dict.fromkeys(told, _LEVELS),
        )
        write_grid(actor=boss, block_code=block.code, exam=exam, facts=facts)


def settle_versions(boss: Actor) -> None:
    """The certifier has answered about the individual route, kept the next version, and read its first block again."""
    decisions.decide_route(actor=boss, record_code=RECORD, route="individual", is_confirmed=True)
    record = keep_fiche(actor=boss, fiche=_next_version())
    first = record.blocks.order_by("rank").first()
    assert first is not None
    confirming.reread_block(actor=boss, block_id=first.pk, lines=first.draft)
    pairs = {f"{NEXT}BC01": [f"{RECORD}BC01"], f"{NEXT}BC02": [f"{RECORD}BC02"]}
    decisions.decide_correspondences(actor=boss, newer_code=NEXT, older_code=RECORD, pairs=pairs)


def _next_version() -> Fiche:
    """The present record with three competences said otherwise, as an export pours them: in one text a block."""
    blocks = []
    for rank, block in enumerate(record_facts(RECORD).blocks, 1):
        told = [one.text.replace("afin d", "en équipe, afin d", 1) for one in block.competences[:1]]
        told += [one.text for one in block.competences[1:]]
        text = "  ".join(f"- {line}" for line in told)
        blocks.append(FicheBlock(f"{NEXT}BC0{rank}", block.title, text, block.evaluation))
    routes = [
        FicheRoute(code, label, is_open=code != "individual", jury="" if code == "individual" else _JURY)
        for code, label in ROUTES.values()
    ]
    return Fiche(
        code=NEXT,
        title="Médiateur social et interculturel (exemple de version suivante)",
        level=4,
        is_active=True,
        registered_until="2033-11-27",
        last_delivery="2035-11-27",
        certifiers=[{"legal_name": "JURY COMMUN (EXEMPLE)", "siret": "", "trade_name": "", "website": ""}],
        entry="Six mois d’expérience, salariée ou bénévole, dans l’animation, l’accueil ou l’accompagnement.",
        validation="245 heures de stage.",
        routes=routes,
        blocks=blocks,
        replaces=[RECORD],
        matches=[FicheMatch([f"{NEXT}BC0{rank}"], RECORD, [f"{RECORD}BC0{rank}"]) for rank in (1, 2, 3)],
    )
