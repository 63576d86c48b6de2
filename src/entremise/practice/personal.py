"""What this module declares of the personal data it keeps: what an author thinks of their own practice."""

import datetime as dt

from django.db.models import Q, QuerySet

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.practice.models import Meeting
from entremise.practice.services.pages import erase_pages

NOTEBOOK = Processing(
    code="carnet-reflexif",
    label="Carnet réflexif",
    purpose="Permettre à chacun d’analyser sa propre pratique, pour soi, et d’emporter ce travail.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("L’auteur de la fiche ; les situations y sont racontées sans nom",),
    data=("Récit, ressentis, hypothèses, ce que l’auteur garde et change", "Relecture à trente jours"),
    recipients=("L’auteur seul ; ni l’encadrement, ni l’administrateur, ni le délégué",),
    sources=("L’auteur", "Les faits d’un acte qu’il a signé, noms retirés"),
    security=(
        "Chiffré sous la clé propre de l’auteur",
        "Fermé 72 heures après un nouvel accès au compte",
        "Le journal ne garde ni mot ni titre",
    ),
)

SHEETS = Rule(
    code="fiches-reflexives",
    label="Fiches du carnet réflexif",
    processing=NOTEBOOK.code,
    fields=tuple(f"practice.Sheet.{name}" for name in ("title", "content", "rereading")),
    days=None,
    starts="Vit avec le compte de son auteur, qui la supprime quand il veut ; sa clé est détruite avec le compte",
    after=After.ERASE,
    source="Charte de la médiation sociale, confidentialité ; l’organisation n’en est pas destinataire",
)
MEETINGS = Processing(
    code="analyse-de-pratiques",
    label="Séances d’analyse de pratiques",
    purpose="Permettre à des collègues d’analyser ensemble une situation, sans que rien n’en sorte.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("Médiateurs qui y siègent ; les situations y sont racontées sans nom",),
    data=("Invitations, rôles, date et heures", "Page commune, le temps de la séance"),
    recipients=("Ceux qui y siègent", "Encadrants et administrateurs : dates et heures seulement"),
    sources=("Ceux qui y siègent",),
    security=(
        "Page chiffrée sous une clé propre à la séance, détruite à la fin",
        "Gardée seulement si chacun le veut, dans le carnet de chacun",
    ),
)


PORTFOLIO = Processing(
    code="portfolio",
    label="Portfolio vers la certification",
    purpose="Permettre à un médiateur de prouver ses compétences avec sa pratique, quand et à qui il le décide.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("L’auteur du portfolio", "Tuteurs, pairs et employeurs qui attestent", "Aucune personne rencontrée"),
    data=(
        "Preuves que l’auteur a choisies et relues : mois, type d’espace, traits que cinq actes ont en commun, texte",
        "Le fichier d’un document extérieur, si l’auteur le dépose, les noms des autres personnes masqués par lui",
        "Stages et expériences : structure, dates, heures, tuteur",
        "Nom, fonction, structure et mots de ceux qui attestent",
    ),
    recipients=(
        "L’auteur seul, jusqu’au dépôt",
        "Après dépôt : le jury de sa session, confidentialité signée ; le certificateur, pour les registres",
    ),
    sources=("L’auteur", "Ses propres actes, rendus moins précis", "Ceux qui attestent, par un lien"),
    security=(
        "Chiffré sous la clé propre de l’auteur",
        "Un acte n’est dit que par ce que cinq actes de l’auteur ont en commun",
        "Le journal ne garde ni mot ni lien avec l’acte d’origine",
    ),
)
EVIDENCE = Rule(
    code="portfolio",
    label="Preuves, registres, attestations et portfolios figés",
    processing=PORTFOLIO.code,
    fields=(
        "practice.Statement.words",
        "practice.Evidence.content",
        "practice.EvidenceFile.content",
        "practice.EvidenceFile.media_type",
        "practice.LedgerLine.content",
        "practice.Attestation.shown",
        "practice.Attestation.answer",
        "practice.Snapshot.content",
    ),
    days=None,
    starts="Vit avec le compte de son auteur, qui en retire ce qu’il veut ; sa clé est détruite avec le compte",
    after=After.ERASE,
    source="ADR 0013 ; l’organisation n’en est pas destinataire",
)


def _over(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    """Meetings that ended, or that nobody ended, before that instant."""
    rows = Meeting.objects.filter(organisation_id=organisation_id, page_erased_at=None)
    return rows.filter(Q(closed_at__lt=before) | Q(closed_at=None, opened_at__lt=before))


PAGES = Rule(
    code="pages-de-seance",
    label="Pages communes des séances d’analyse",
    processing=MEETINGS.code,
    fields=("practice.Contribution.text",),
    days=1,
    starts="La fin de la séance, ou son début si personne ne l’a terminée ; plus tôt dès qu’un présent ne la garde pas",
    after=After.ERASE,
    source="Analyse de pratiques : ce qui s’y dit ne va jamais à l’employeur",
    due=_over,
    apply=erase_pages,
    unit=("page", "pages"),
    hourly=True,
    routine=True,
)


def declare() -> None:
    """Called once, when the applications are ready."""
    for processing in (NOTEBOOK, MEETINGS, PORTFOLIO):
        register_processing(processing)
    for rule in (SHEETS, PAGES, EVIDENCE):
        register_rule(rule)
