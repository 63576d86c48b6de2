"""What the software really does to protect data, as an impact assessment and the register say it.

One line only for what a test of this repository proves; ``events`` are the feared events it lowers.
"""

from dataclasses import dataclass

from entremise.privacy.enums_accountability import FearedEvent

_ACCESS, _CHANGE, _LOSS = FearedEvent.ACCES, FearedEvent.MODIFICATION, FearedEvent.DISPARITION


@dataclass(frozen=True)
class Measure:
    """One measure the code applies."""

    title: str
    words: str
    events: tuple[FearedEvent, ...]


MEASURES = (
    Measure(
        "Comptes personnels, second facteur",
        "Un compte par personne, entrée sur invitation ; second facteur demandé à l’encadrement, à l’administration, "
        "au délégué et à l’audit ; essais de connexion limités ; session de douze heures.",
        (_ACCESS, _CHANGE),
    ),
    Measure(
        "Cloisonnement",
        "Chaque organisation ne voit que ses fiches ; les récits restent dans l’équipe ; chaque page est essayée avec "
        "chaque rôle et avec les identifiants d’une autre organisation.",
        (_ACCESS, _CHANGE),
    ),
    Measure(
        "Chiffrement",
        "Noms, contacts et récits sont chiffrés (AES-256-GCM) sous des clés gardées dans une base à part ; effacer une "
        "personne détruit sa clé.",
        (_ACCESS,),
    ),
    Measure(
        "Minimisation",
        "Ni nationalité, ni religion, ni diagnostic : aucun champ ne les demande. Une aide signale noms, numéros et "
        "jugements pendant la saisie, sans les envoyer ailleurs. Les valeurs sensibles attendent votre autorisation.",
        (_ACCESS,),
    ),
    Measure(
        "Journal infalsifiable",
        "Qui a fait quoi, quand, sur quelle fiche ; jamais une valeur. La base refuse qu’on le modifie ; chaque jour "
        "est scellé et le scellé recopié hors de la base.",
        (_ACCESS, _CHANGE),
    ),
    Measure(
        "Versions",
        "Une intervention corrigée garde ses versions ; le registre, les analyses d’impact et les violations aussi.",
        (_CHANGE, _LOSS),
    ),
    Measure(
        "Fichiers à durée limitée",
        "Un export préparé est chiffré sur le disque, à retirer par son seul demandeur, effacé après 48 heures.",
        (_ACCESS,),
    ),
    Measure(
        "Photos nettoyées",
        "Une photo est refaite sur le serveur : position, date, appareil et commentaires n’y sont plus ; elle est "
        "chiffrée sur le disque et ne part jamais au gestionnaire du lieu.",
        (_ACCESS,),
    ),
)


def measures_for(event: str) -> list[Measure]:
    """The measures that lower one feared event."""
    return [measure for measure in MEASURES if event in measure.events]
