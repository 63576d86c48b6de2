"""What this module tells the modules below it, once, when the applications are ready."""

from entremise.accounts import welcome
from entremise.accounts.enums import Role
from entremise.certification import events, tasks, verification, verification_portfolios
from entremise.certification.exports.insertion import INSERTION
from entremise.certification.exports.lists import CANDIDATES, DEPOSITS, DOSSIERS, JURORS, OWED, SESSIONS
from entremise.certification.exports.registers import CERTIFICATES, DEPOSIT_FILES, MINUTES
from entremise.certification.services import erasure, ties
from entremise.certification.waiting import waiting_for
from entremise.core import schedule, waiting
from entremise.core.ui.navigation import Item, keep_apart, register
from entremise.documents.exports import register as register_export
from entremise.journal.events import subscribe


def declare() -> None:
    """Navigation and periodic work."""
    manage = "certification.manage"
    others, oneself = "certification.follow_others", "certification.follow_oneself"
    register(Item("Candidats", "certification:candidates", others, 350, "person", True, SECTION))
    register(Item("Mon dossier", "certification:candidates", oneself, 350, "person", True, SECTION))
    register(Item("Sessions", "certification:sessions", "certification.examine", 345, "calendar", True, SECTION))
    register(Item("Membres de jury", "certification:jurors", manage, 353, "people", section=SECTION))
    register(Item("Grilles d’évaluation", "certification:grids", manage, 357, "check", section=SECTION))
    register(Item("Règles du certificateur", "certification:settings", manage, 358, "settings", section=SECTION))
    register(Item("Dépôt officiel", "certification:deposits", manage, 355, "share", section=SECTION))
    register(Item("Registres", "certification:registers", "certification.audit", 357, "book", True, SECTION))
    register(Item("Organismes préparateurs", "certification:bodies", manage, 354, "building", section=SECTION))
    for role in (Role.CERTIFICATEUR, Role.JURY, Role.FORMATEUR, Role.PREPARATEUR, Role.CANDIDAT):
        keep_apart(role, SHOWN | {"practice"} if role == Role.CANDIDAT else SHOWN, frozenset({RECORDS}))
    for role in (Role.LECTEUR, Role.ADMINISTRATEUR, Role.DPD):  # of mediators elsewhere, of a certifier here
        keep_apart(role, SHOWN, frozenset({RECORDS}), permission="certification.belong")
    register(Item("Insertion", "certification:insertion", manage, 356, "chart", section=SECTION))
    register(
        Item(
            "Déposer mon portfolio", "certification:own_portfolio", "certification.submit", 351, "note", section=SECTION
        )
    )
    waiting.register(waiting_for)
    welcome.register(_AUDIT)
    verification.register_checks()
    verification_portfolios.register_checks()
    subscribe(events.CandidateChanged, ties.file_changed)
    schedule.register("certification.effacements", erasure.finish_erasures)
    schedule.register("certification.enquetes", tasks.ask_holders)
    register_export("insertion", INSERTION)
    lists = {
        "candidats": CANDIDATES,
        "sessions": SESSIONS,
        "jurys": JURORS,
        "vae": DOSSIERS,
        "depots": DEPOSITS,
        "resultats-a-notifier": OWED,
        "registre-pv": MINUTES,
        "registre-certificats": CERTIFICATES,
        "registre-depots": DEPOSIT_FILES,
    }
    for code, exported in lists.items():
        register_export(code, exported)


SECTION = "certification"
_AUDIT = welcome.Gesture(
    title="Lire les registres de la certification",
    text="Les procès-verbaux scellés, les certificats et les dépôts : numéros, dates, empreintes et sceaux.",
    roles=frozenset({Role.LECTEUR}),
    order=205,
    url_name="certification:registers",
    label="Ouvrir les registres",
    permission="certification.audit",
)
# What is not of this trade stays with the mediators: field, relays. A candidate may be one of them.
SHOWN = frozenset({"main", SECTION, "settings", "protection", "own"})
RECORDS = "competences:records"
