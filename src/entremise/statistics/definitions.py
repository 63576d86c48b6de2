"""What each figure counts, in one place: printed under the figure on screen, in the PDF, the text and the sheet."""

from dataclasses import dataclass

_DOMAIN = "nomenclature du métier, indicateurs calculés"
_FIELD = "carnet de terrain"


@dataclass(frozen=True)
class Definition:
    """A figure: its code, its name, what it counts, where it comes from."""

    code: str
    label: str
    text: str
    source: str


def _all(*definitions: Definition) -> dict[str, Definition]:
    return {definition.code: definition for definition in definitions}


DEFINITIONS = _all(
    Definition(
        "presence",
        "Heures de présence",
        "Durée des tournées, permanences et présences closes, du début à la fin, quel que soit le nombre de "
        "médiateurs. Une tournée compte entière dès qu’elle passe par un des lieux retenus.",
        _FIELD,
    ),
    Definition(
        "tournees",
        "Tournées",
        "Tournées, permanences et présences commencées dans la période et passées par un des lieux retenus. "
        "Celles qui étaient prévues sans avoir eu lieu ne comptent pas.",
        _FIELD,
    ),
    Definition(
        "contacts",
        "Contacts",
        "Saluts et échanges brefs, comptés un à un au passage. Ce sont des rencontres, pas des personnes : "
        "quelqu’un salué deux fois compte deux fois.",
        _FIELD,
    ),
    Definition(
        "contacts_tranche",
        "Contacts par tranche d’âge",
        "Tranche d’âge estimée à vue, jamais demandée ; « Non communiqué » quand elle n’a pas été notée.",
        _FIELD,
    ),
    Definition(
        "interventions",
        "Interventions",
        "Une intervention est un acte de médiation daté et situé ; ce n’est pas une personne. L’heure de son début "
        "dit sa période. Toutes comptent, relues ou non, y compris celles que leurs auteurs gardent pour eux.",
        _FIELD,
    ),
    Definition(
        "personnes",
        "Personnes rencontrées",
        "Personnes présentes, additionnées d’une intervention à l’autre : ce sont des rencontres, une même personne "
        "peut compter plusieurs fois. Seules comptent les interventions où ce nombre a été noté.",
        _FIELD,
    ),
    Definition(
        "tranche_age",
        "Personnes par tranche d’âge",
        "Effectifs par tranche d’âge notés lors des interventions, souvent estimés. Les personnes dont la tranche "
        "n’a pas été notée n’y sont pas.",
        _FIELD,
    ),
    Definition(
        "genre",
        "Personnes par genre",
        "Effectifs par genre notés lors des interventions, jamais demandés. Les personnes dont le genre n’a pas été "
        "noté n’y sont pas.",
        _FIELD,
    ),
    Definition(
        "qpv",
        "Interventions en quartier prioritaire",
        "Chaque intervention compte une fois, selon le code QPV écrit sur la fiche du lieu où elle s’est tenue. C’est "
        "le lieu qui compte : où habitent les personnes n’est pas noté.",
        _FIELD,
    ),
    Definition(
        "registre",
        "Interventions par registre",
        "Une intervention peut relever de plusieurs registres et compte alors dans chacun : la somme des lignes peut "
        "dépasser le total. Les libellés propres à l’organisation sont ramenés au registre national.",
        "registres de la norme de médiation sociale",
    ),
    Definition(
        "lieu",
        "Interventions par lieu",
        "Chaque intervention compte une fois, dans sa résidence ou dans son site quand il n’appartient à aucune "
        "résidence. Rien de plus fin n’est communiqué hors de l’équipe.",
        _FIELD,
    ),
    Definition(
        "espace",
        "Interventions par type d’espace",
        "Chaque intervention compte une fois, au type d’espace du lieu où elle s’est tenue.",
        "types d’espace de la nomenclature",
    ),
    Definition(
        "creneau",
        "Interventions par créneau",
        "Créneau de l’heure légale du début : matin 6 h – 12 h, après-midi 12 h – 18 h, soir 18 h – 22 h, "
        "nuit 22 h – 6 h. Les créneaux ne sont jamais croisés avec les lieux.",
        _FIELD,
    ),
    Definition(
        "origine",
        "Interventions par origine",
        "Qui a fait le premier pas. Chaque intervention compte une fois ; « Non renseignée » quand rien n’a été noté.",
        "origines de la nomenclature",
    ),
    Definition(
        "public",
        "Interventions par public",
        "Nombre d’interventions où ce public était présent, à quelque titre que ce soit. Une intervention peut en "
        "compter plusieurs, ou aucun : la somme des lignes n’est pas le total.",
        "qualités du public de la nomenclature",
    ),
    Definition(
        "resultat",
        "Interventions par résultat",
        "Résultat immédiat, un seul par intervention, tel que les médiateurs l’ont constaté en repartant.",
        "résultats de la nomenclature",
    ),
    Definition(
        "apaisement",
        "Apaisement",
        "Conflits (sur place ou en temps différé) dont le résultat est : apaisé sur place, accord oral, accord écrit, "
        "ou dialogue rétabli sans accord, sur l’ensemble des conflits. Les retraits de l’équipe, les refus et les "
        "relais restent au dénominateur.",
        f"{_DOMAIN} (taux d’apaisement)",
    ),
    Definition(
        "tension",
        "Évolution de la tension",
        "Moyenne de la tension en repartant moins la tension en arrivant, sur l’échelle de 0 (calme) à 5 (violence), "
        "pour les conflits où les deux ont été notées. Un nombre négatif est une baisse.",
        f"{_DOMAIN} (Δ tension)",
    ),
    Definition(
        "signalements",
        "Signalements techniques",
        "Signalés : ceux de la période. Résolus : ceux d’entre eux dont l’équipe a constaté la réparation, à la date "
        "où ce bilan est établi. Ce sont des objets, pas des personnes : ces nombres ne sont pas masqués.",
        _FIELD,
    ),
    Definition(
        "delai",
        "Délai médian",
        "Pour les signalements résolus : la moitié ont été réparés en moins de jours que ce délai, du signalement à "
        "la réparation constatée sur place.",
        f"{_DOMAIN} (délai médian)",
    ),
    Definition(
        "missions",
        "Missions prévues et réalisées",
        "Missions prévues par la convention, nommées par leur registre, et nombre d’interventions qui en relèvent "
        "dans la période.",
        "convention et carnet de terrain",
    ),
    Definition(
        "petits_nombres",
        "Petits nombres",
        "Les nombres d’interventions, de contacts et de personnes inférieurs à 5 sont masqués et remplacés par "
        "« < 5 » ; un zéro est montré. Un autre nombre peut être masqué par « – », pour qu’aucune soustraction ne "
        "révèle le premier. Un tableau qui ne dirait plus rien n’est pas imprimé.",
        "docs/adr/0006-petits-nombres.md",
    ),
    Definition(
        "comparaison",
        "Comparaison",
        "Mêmes lieux, mêmes registres, même durée : la même période un an plus tôt, ou celle juste avant, au choix. "
        "Une période que l’outil n’a pas connue, ou en partie seulement, n’est pas comparée. "
        "Un nombre masqué dans l’une ou l’autre période n’est pas comparé.",
        _FIELD,
    ),
    Definition(
        "financeurs",
        "Plusieurs financeurs",
        "Une même intervention peut servir plusieurs conventions. Les totaux de deux financeurs ne s’additionnent "
        "jamais : la même intervention y compterait deux fois.",
        "conventions de l’organisation",
    ),
)


def text_of(code: str) -> str:
    """What a figure counts; KeyError for a figure without definition, which must not exist."""
    return DEFINITIONS[code].text
