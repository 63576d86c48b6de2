"""The registers of data protection of the demonstration: written at the opening, with a breach that runs tonight."""

import datetime as dt
import io

from PIL import Image, ImageDraw

from entremise.core.time import today, told_at
from entremise.demonstration.asides import Step
from entremise.demonstration.people import House
from entremise.documents.services import Picture, clean_picture
from entremise.privacy.enums_accountability import FearedEvent
from entremise.privacy.queries.impact import Risk, Study
from entremise.privacy.services.breaches import BreachFacts, close_breach, correct_breach, report_breach
from entremise.privacy.services.impact import save_impact
from entremise.privacy.services.processors import ProcessorFacts, add_processor
from entremise.privacy.services.register import write_house, write_sheet

HOUR = dt.timedelta(hours=1)


def write(house: House, opening: dt.datetime) -> None:
    """The register and its versions, the processors, an assessment in draft, a breach followed to its end."""
    with told_at(opening + HOUR):
        _register(house)
        _processors(house)
    with told_at(opening + 2 * HOUR):
        _assessment(house)
    _closed_breach(house, opening + 3 * HOUR)


def steps(house: House, present: dt.datetime) -> list[Step]:
    """A telephone left in a bus yesterday, said an hour ago: the 72 hours run."""

    def lost() -> None:
        report_breach(
            actor=house.actors["maud"],
            kind="appareil",
            found_at=present - 31 * HOUR,
            description="Le téléphone de l’équipe de nuit est resté dans le dernier bus. L’écran était verrouillé.",
            done="Ligne coupée hier soir. Objets trouvés du dépôt appelés ce matin : rien pour le moment.",
        )

    return [(present - HOUR, lost)]


def _register(house: House) -> None:
    dora = house.actors["dora"]
    words = {
        "controller": "Passage commun (exemple), 12 rue des Halles. Présidence de l’association.",
        "joint": "Aucun : l’association décide seule. Le bailleur reçoit des chiffres, jamais une fiche.",
        "dpo": "Déléguée à la protection des données, dora@exemple.test, 12 rue des Halles.",
        "transfers": "Aucun transfert hors de l’Union européenne.",
    }
    write_house(actor=dora, base=0, **words)
    security = "Téléphones verrouillés au bout de deux minutes ; bureau fermé à clé ; charte signée à l’arrivée."
    write_house(actor=dora, base=1, **words, security=security)
    write_sheet(
        actor=dora,
        code="suivi",
        base=2,
        basis="Convention avec la commune, article 3 : accompagnement vers les droits.",
        note="Une réunion par mois relit les suivis sans nouvelles depuis six mois.",
    )


def _processors(house: House) -> None:
    day = today()
    for who, facts in (
        (
            "alban",
            ProcessorFacts(
                name="Hébergement du Marais",
                service="Hébergement d’Entremise et de sa base",
                country="FR",
                data="Toutes les données, chiffrées",
                processings=("suivi", "conformite"),
                contract_on=day - dt.timedelta(days=210),
                ends_on=day + dt.timedelta(days=130),
            ),
        ),
        (
            "alban",
            ProcessorFacts(
                name="Coffre des Flandres",
                service="Copie chiffrée des sauvegardes",
                country="BE",
                data="Fichiers de sauvegarde, illisibles sans la clé",
                processings=("suivi",),
                contract_on=day - dt.timedelta(days=190),
            ),
        ),
        (
            "dora",
            ProcessorFacts(
                name="Poste Alpine",
                service="Envoi des courriels",
                country="CH",
                data="Adresses des membres et des gestionnaires",
                processings=("conformite",),
            ),
        ),
    ):
        add_processor(actor=house.actors[who], facts=facts)


def _assessment(house: House) -> None:
    texts = {
        "context": "Six équipes, quatorze membres. Suivi d’une centaine de personnes par an, à leur demande.",
        "necessity": "Une référence suffit le plus souvent. Le nom n’est noté que pour une démarche ou un rappel.",
        "rights": "Notice affichée à l’accueil et dite à l’oral ; les demandes arrivent à la déléguée.",
        "measures": "Charte d’usage des téléphones ; formation à l’arrivée ; armoire fermée pour les mandats.",
    }
    risks = {
        FearedEvent.ACCES.value: Risk(
            FearedEvent.ACCES,
            "3",
            "2",
            "Une situation connue des voisins, une pression sur la personne.",
            "Téléphone perdu, écran lu par-dessus l’épaule, compte partagé.",
        ),
        FearedEvent.DISPARITION.value: Risk(
            FearedEvent.DISPARITION, "2", "1", "Une démarche à recommencer.", "Panne du serveur, sauvegarde perdue."
        ),
    }
    save_impact(actor=house.actors["dora"], code="suivi", base=0, study=Study(texts, risks))


def _closed_breach(house: House, found: dt.datetime) -> None:
    dora = house.actors["dora"]
    with told_at(found):
        breach = report_breach(
            actor=house.actors["jeanne"],
            kind="courriel",
            description="Le planning de la semaine est parti à un ancien partenaire, avec quatre numéros de service.",
            done="Destinataire appelé dans l’heure : message effacé, il l’a confirmé par écrit.",
        )
    with told_at(found + 5 * HOUR):
        correct_breach(
            actor=dora,
            breach_id=breach.pk,
            facts=BreachFacts(
                found_at=found,
                began_at=found - HOUR,
                natures=("confidentialite",),
                risk="aucun",
                persons=("equipe",),
                persons_count=4,
                data=("contact",),
                records_count=4,
                description=breach.description,
                consequences="Des appels professionnels non voulus, au plus.",
                measures="Effacement confirmé ; la liste d’envoi est relue avant chaque diffusion.",
                not_notified="Quatre numéros professionnels, effacés dans l’heure : aucun risque pour les personnes.",
                not_informed="Les quatre collègues l’ont su de vive voix ; aucun risque.",
            ),
        )
    with told_at(found + 29 * HOUR):
        close_breach(actor=dora, breach_id=breach.pk)


def dark_lamp() -> Picture:
    """A drawing of what Paul photographs tonight: the lamps of the way out, dark. Nobody in sight."""
    image = Image.new("RGB", (1200, 900), "#1d2733")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 640, 1200, 900), fill="#2c3440")
    for rank in range(3):
        left = 220 + rank * 350
        draw.rectangle((left, 240, left + 14, 700), fill="#59636f")
        draw.ellipse((left - 40, 190, left + 54, 260), fill="#3a424d")
    for rank in range(5):
        draw.line((80 + rank * 260, 900, 180 + rank * 230, 700), fill="#8a929b", width=6)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    buffer.seek(0)
    return clean_picture(buffer)
