"""The invented persons whom the teams follow: their languages, their agreements, what was done together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOWN = "72181"
VILLAGE = "72154"
LANDLORD = "Foyers du Rouet, agence des Tisserands (exemple)"
MISSION = "Mission locale des Arcades (exemple)"
SOLIDARITY = "Maison des solidarités des Tisserands (exemple)"
SERVICES = "France services du Gué-Blanc (exemple)"
SCHOOL = "Collège des Deux-Rives, vie scolaire (exemple)"
JUSTICE = "Point-justice des Halles (exemple)"


@dataclass(frozen=True)
class Agreed:
    """An agreement, some days after the fiche was opened; ``withdrawn`` days after it was given."""

    purpose: str
    partner: str = ""
    words: str = ""
    manner: str = "parole"
    quality: str = ""
    by: str = ""
    language: str = "fr"
    interpreter: str = "aucun"
    after: int = 0
    withdrawn: int = 0


@dataclass(frozen=True)
class Done:
    """An act in the person's thread, some days after the fiche was opened."""

    after: int
    site: str
    register: str
    outcome: str
    words: str
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Followed:
    """Who follows whom, since how many days; ``again``: in how many days the team wants to see them."""

    team: str
    by: str
    since: int
    facts: dict[str, Any]
    agreed: tuple[Agreed, ...] = (Agreed("suivi"),)
    done: tuple[Done, ...] = ()
    again: int | None = None


HOUSING = {"themes": ("logement",), "demands": ("courrier",), "actions": ("aide_demarche",)}
RIGHTS = {"themes": ("droits_sociaux",), "demands": ("demarche_numerique",), "actions": ("aide_demarche",)}
PAPERS = {"themes": ("etat_civil",), "demands": ("demarche",), "actions": ("mise_en_relation",)}
SCHOOLING = {"themes": ("scolarite",), "demands": ("traduction",), "actions": ("reformulation_culturelle",)}
WORK = {"themes": ("emploi",), "demands": ("orientation",), "actions": ("mise_en_relation",)}

PEOPLE = (
    Followed(
        "soir", "samia", 71,
        {
            "birth_year": 1984, "commune_code": TOWN, "speaks": ("ti", "ar"), "reads": ("ti",),
            "name": "Selam Habtom", "name_reason": "demarche", "phone": "06 39 98 10 01",
            "contact_reason": "rappel", "contact_way": "appel", "contact_note": "Plutôt après 18 h, en articulant.",
        },
        (
            Agreed("suivi", language="ti", interpreter="professionnel"),
            Agreed("partage", partner=LANDLORD, language="ti", interpreter="professionnel", after=2),
        ),
        (
            Done(3, "Hall 4, allée des Lilas", "incomprehensions", "info_donnee",
                 "Courrier du bailleur lu ensemble : une régularisation de charges, pas une expulsion. Échéancier à demander.", HOUSING),
            Done(17, "Hall 4, allée des Lilas", "mise_en_relation", "relais_pris",
                 "Rendez-vous pris avec l’agence, interprète réservé. Elle préfère que l’on parle d’abord de l’échéancier.", HOUSING),
            Done(44, "Place des Marronniers", "presence_active", "demande_satisfaite",
                 "Échéancier accordé sur six mois. Elle a retenu le numéro de l’agence et appellera elle-même."),
        ),
        again=6,
    ),
    Followed(
        "soir", "paul", 58,
        {
            "age_band": "vingt_cinq_trente_neuf", "commune_code": TOWN, "speaks": ("fr", "pt"), "reads": ("fr", "pt"),
            "phone": "06 39 98 10 02", "contact_reason": "protection", "contact_way": "en_personne",
            "phone_watched": True, "contact_note": "Au centre social le mardi matin, jamais devant l’immeuble.",
        },
        (Agreed("suivi"), Agreed("partage", partner=JUSTICE, after=5)),
        (
            Done(5, "Médiathèque des Arcades", "mise_en_relation", "relais_pris",
                 "Reçue à part. Les lieux d’écoute et le 3919 ont été donnés de vive voix, rien sur le téléphone. Rendez-vous au point-justice."),
            Done(26, "Médiathèque des Arcades", "presence_active", "info_donnee",
                 "Elle est allée au rendez-vous. Elle veut garder le rythme d’une rencontre par mois."),
        ),
        again=0,
    ),
    Followed(
        "soir", "samia", 49,
        {"birth_year": 1951, "commune_code": TOWN, "speaks": ("ary", "fr"), "reads": ()},
        (
            Agreed("suivi", language="ary", interpreter="collegue"),
            Agreed("partage", partner=SOLIDARITY, language="ary", interpreter="collegue", withdrawn=20),
        ),
        (
            Done(1, "Hall 12, rue des Peupliers", "presence_active", "info_donnee",
                 "Vit seul depuis le printemps, sort peu. Visite de convivialité demandée, une fois par semaine.",
                 {"themes": ("lien_social",), "actions": ("visite_convivialite",)}),
            Done(22, "Square de la Bobine", "presence_active", "amelioration",
                 "Est descendu au square. Il ne souhaite plus que la maison des solidarités soit tenue au courant : accord retiré."),
        ),
    ),
    Followed(
        "soir", "paul", 33,
        {"age_band": "dix_huit_vingt_quatre", "commune_code": TOWN, "speaks": ("fr", "snk"), "reads": ("fr",),
         "email": "m.exemple@exemple.test", "contact_reason": "relais", "contact_way": "courriel"},
        (Agreed("suivi"), Agreed("partage", partner=MISSION, after=1), Agreed("image", words="Affiche du chantier éducatif", after=9)),
        (
            Done(1, "City-stade du Métier", "mise_en_relation", "relais_pris",
                 "Cherche une formation dans le bâtiment. Rencontre calée avec la mission locale, il ira seul.", WORK),
        ),
        again=12,
    ),
    Followed(
        "soir", "samia", 64, {"age_band": "quarante_cinquante_neuf", "commune_code": TOWN, "speaks": ("tr",), "reads": ("tr",)},
        (Agreed("suivi", language="tr", interpreter="proche", withdrawn=30),),
        (
            Done(6, "Escalier C, rue du Rouet", "incomprehensions", "info_donnee",
                 "Ne comprend pas les relances de l’assurance. Attestation retrouvée ensemble.", HOUSING),
        ),
    ),
    Followed(
        "nuit", "maud", 27, {"age_band": "vingt_cinq_trente_neuf", "commune_code": TOWN, "speaks": ("en", "pcm"), "reads": ("en",)},
        (Agreed("suivi", language="en"),),
        (
            Done(2, "Esplanade des Halles", "mise_en_relation", "info_donnee",
                 "Dort chez des connaissances. Accueils de jour et 115 expliqués, plan dessiné.",
                 {"themes": ("logement",), "actions": ("orientation",)}),
        ),
        again=3,
    ),
    Followed(
        "ecole", "idriss", 52,
        {"age_band": "douze_dix_huit", "commune_code": TOWN, "speaks": ("fr", "prs"), "reads": ("fr",)},
        (Agreed("suivi", manner="mandat", quality="parent", by="Sa mère", language="prs", interpreter="professionnel"),
         Agreed("partage", partner=SCHOOL, manner="mandat", quality="parent", by="Sa mère", language="prs",
                interpreter="professionnel", after=3)),
        (
            Done(4, "Collège des Deux-Rives", "incomprehensions", "dialogue_retabli",
                 "Absences répétées le matin : il accompagne son petit frère. Le collège ne le savait pas, horaires aménagés.", SCHOOLING),
            Done(31, "Collège des Deux-Rives", "sensibilisation", "amelioration",
                 "Trois semaines sans absence. Il tient à ce que sa mère soit invitée avec interprète à la remise des bulletins.", SCHOOLING),
        ),
        again=9,
    ),
    Followed(
        "accueil", "jeanne", 66,
        {"birth_year": 1947, "commune_code": VILLAGE, "speaks": ("fr",), "reads": ("fr",), "name": "Odette Marchandeau",
         "name_reason": "demarche", "address": "4 chemin des Saules\nLe Gué-Blanc", "contact_reason": "demarche",
         "contact_way": "courrier"},
        (Agreed("suivi", manner="signe"), Agreed("partage", partner=SERVICES, manner="signe", after=1)),
        (
            Done(1, "Permanence du Gué-Blanc", "mise_en_relation", "relais_pris",
                 "Complément de retraite jamais demandé. Dossier commencé avec France services, pièces listées.", RIGHTS),
            Done(29, "Permanence du Gué-Blanc", "mise_en_relation", "demande_satisfaite",
                 "Le dossier est accepté. Elle veut apprendre à consulter ses messages elle-même.", RIGHTS),
        ),
        again=15,
    ),
    Followed(
        "accueil", "jeanne", 38,
        {"birth_year": 1979, "commune_code": VILLAGE, "speaks": ("ro", "fr"), "reads": ("ro",), "name": "Ionela Dragan",
         "name_reason": "demarche", "phone": "06 39 98 10 09", "contact_reason": "rappel", "contact_way": "sms"},
        (Agreed("suivi", language="ro", interpreter="professionnel"),),
        (
            Done(2, "Permanence du Gué-Blanc", "mise_en_relation", "info_donnee",
                 "Ouverture des droits à l’assurance maladie : ce qui manque est écrit en roumain, elle revient avec.", RIGHTS),
        ),
        again=-2,
    ),
    Followed(
        "accueil", "jeanne", 21, {"birth_year": 1990, "commune_code": TOWN, "speaks": ("fsl",), "reads": ("fr",)},
        (Agreed("suivi", language="fsl", interpreter="professionnel"),),
        (
            Done(1, "Centre de santé des Tanneurs", "mise_en_relation", "info_donnee",
                 "Rendez-vous demandé avec interprète en langue des signes. Le centre rappelle par message écrit.",
                 {"themes": ("sante",), "actions": ("mise_en_relation",)}),
        ),
    ),
    Followed(
        "mobile", "hugo", 45, {"age_band": "dix_huit_vingt_quatre"},
        (Agreed("suivi"),),
        (
            Done(4, "Esplanade des Halles", "presence_active", "info_donnee",
                 "Revu près des halles. Demande où laver son linge ; adresse donnée, nous y allons mardi."),
        ),
        again=1,
    ),
    Followed("mobile", "lin", 12, {"age_band": "vingt_cinq_trente_neuf", "speaks": ("ps",)}, agreed=()),
)  # fmt: skip
