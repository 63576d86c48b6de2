"""Exports of the register made for tests and measures: every record is invented, its shape is the official one."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

SKILLS = (
    "C1. Accueillir les habitants en posant un cadre clair afin d’installer la confiance. "
    "C2. Repérer une tension en observant les lieux afin de prévenir un conflit. "
    "C3. Orienter vers un relais en vérifiant l’accord de la personne afin d’ouvrir un droit."
)
JURY = "2 professionnels extérieurs ; 1 représentant des institutions, président ; 1 représentant du certificateur"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<FICHES><VERSION_FLUX>4.1</VERSION_FLUX>'
TAIL = "</FICHES>"
ROUTES = ("FI", "CA", "FC", "CQ", "CL", "VAE")


def fiche(
    code: str = "RNCP99001",
    title: str = "Médiateur de quartier (exemple)",
    texts: Iterable[str] = (SKILLS, SKILLS),
    ends: str = "31/12/2031",
    last: str = "31/12/2033",
    more: str = "",
    partners: int = 0,
) -> str:
    """One record in XML; ``texts``: the competences of each block, in one piece; ``more``: elements added."""
    routes = "".join(
        f"<SI_JURY_{tag}><ACTIF>{'Non' if tag == 'CL' else 'Oui'}</ACTIF>"
        f"<COMPOSITION>{'' if tag == 'CL' else JURY}</COMPOSITION></SI_JURY_{tag}>"
        for tag in ROUTES
    )
    blocks = "".join(
        f"<BLOC_COMPETENCES><CODE>{code}BC{rank:02}</CODE><LIBELLE>Bloc {rank} de {escape(title)}</LIBELLE>"
        f"<LISTE_COMPETENCES>{escape(text)}</LISTE_COMPETENCES>"
        "<MODALITES_EVALUATION>Mise en situation professionnelle</MODALITES_EVALUATION></BLOC_COMPETENCES>"
        for rank, text in enumerate(texts, 1)
    )
    around = "".join(
        f"<PARTENAIRE><NOM_PARTENAIRE>Organisme {rank}</NOM_PARTENAIRE>"
        "<SIRET_PARTENAIRE>00000000000000</SIRET_PARTENAIRE>"
        "<HABILITATION_PARTENAIRE>HABILITATION_FORMER</HABILITATION_PARTENAIRE>"
        "<ETAT_HABILITATION>Actif</ETAT_HABILITATION></PARTENAIRE>"
        for rank in range(partners)
    )
    return (
        f"<FICHE><ID_FICHE>1</ID_FICHE><NUMERO_FICHE>{code}</NUMERO_FICHE><INTITULE>{escape(title)}</INTITULE>"
        "<NOMENCLATURE_EUROPE><NIVEAU>NIV4</NIVEAU><LIBELLE>Niveau 4</LIBELLE></NOMENCLATURE_EUROPE>"
        "<CODES_NSF><NSF><CODE>332</CODE><LIBELLE>332 : Travail social</LIBELLE></NSF></CODES_NSF>"
        "<CERTIFICATEURS><CERTIFICATEUR><SIRET_CERTIFICATEUR>\t00000000000000</SIRET_CERTIFICATEUR>"
        "<NOM_CERTIFICATEUR>JURY COMMUN (EXEMPLE)</NOM_CERTIFICATEUR></CERTIFICATEUR></CERTIFICATEURS>"
        f"<PARTENAIRES>{around}</PARTENAIRES>"
        "<ACTIVITES_VISEES>- Accueil\n- Médiation\n- Orientation des habitants</ACTIVITES_VISEES>"
        f"{routes}<ACCESSIBLE_NOUVELLE_CALEDONIE>Non</ACCESSIBLE_NOUVELLE_CALEDONIE>"
        "<PREREQUIS_ENTREE_FORMATION>Six mois d’expérience</PREREQUIS_ENTREE_FORMATION>"
        "<STATISTIQUES_PROMOTIONS><STATISTIQUE_PROMOTION><ANNEE>2024</ANNEE><NOMBRE_CERTIFIES>0</NOMBRE_CERTIFIES>"
        "<TAUX_INSERTION_GLOBAL_6MOIS>87</TAUX_INSERTION_GLOBAL_6MOIS></STATISTIQUE_PROMOTION></STATISTIQUES_PROMOTIONS>"
        f"<DATE_FIN_ENREGISTREMENT>{ends}</DATE_FIN_ENREGISTREMENT><BLOCS_COMPETENCES>{blocks}</BLOCS_COMPETENCES>"
        f"{more}<ACTIF>Oui</ACTIF><DATE_LIMITE_DELIVRANCE>{last}</DATE_LIMITE_DELIVRANCE></FICHE>"
    )


def document(fiches: Iterable[str]) -> Iterator[str]:
    """The whole XML, in pieces."""
    yield HEAD
    yield from fiches
    yield TAIL


def zipped(*fiches: str) -> bytes:
    """The archive as it is published."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export_fiches_RNCP_V4_1_2026-11-23.xml", "".join(document(fiches)).encode())
    return buffer.getvalue()
