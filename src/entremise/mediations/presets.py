"""Layouts and texts of a mediation, as data: another field or another sentence is a line here."""

from entremise.mediations.enums import FollowUpStep, Ground, SheetKind

# (code, label, help). OSBD: observation, sentiment, besoin, demande. MESORE: what remains without an agreement.
LAYOUTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    SheetKind.PARTIE: (
        ("position", "Ce que la partie demande", "Sa position, dans ses mots."),
        ("observation", "Ce qu’elle a vu et entendu", "Observation : des faits, sans reproche."),
        ("sentiment", "Ce qu’elle ressent", ""),
        ("besoin", "Ce dont elle a besoin", ""),
        ("demande", "Ce qu’elle demande à l’autre, de façon concrète", ""),
        ("interets", "Ce qui compte pour elle derrière sa demande", "Ses intérêts."),
        ("craintes", "Ce qu’elle craint", ""),
        ("options", "Les options qu’elle imagine", ""),
        ("criteres", "Ce qui serait juste selon elle", "Règlement, usage, mesure, avis d’un tiers."),
        ("mesore", "Ce qui lui reste si rien n’est convenu", "Sa meilleure solution de rechange (MESORE)."),
    ),
    SheetKind.TABLE_RONDE: (
        ("ordre", "Ordre du jour", "Qui parle en premier, combien de temps, dans quel ordre."),
        ("salle", "Salle", "Neutre, accessible, une sortie libre pour chacun."),
        ("langue", "Langues et interprètes", ""),
        ("points_communs", "Ce qui leur est déjà commun", ""),
        ("options", "Options à examiner ensemble", ""),
        ("precautions", "Précautions", "Arrivées séparées, pause, place de chacun."),
    ),
}

FOLLOW_UP_DAYS = {FollowUpStep.SEMAINE: 7, FollowUpStep.MOIS: 30, FollowUpStep.TRIMESTRE: 90}

# What helps first when a ground is a danger: lines of the reference pages, opened by their code.
HELP: dict[str, str] = {
    Ground.VIOLENCES_COUPLE: (
        "Ne faites pas se rencontrer les personnes et ne prévenez pas l’autre partie. Danger immédiat : 17, ou 114 par "
        "message. Écoute et orientation : 3919, tous les jours, à toute heure."
    ),
    Ground.VIOLENCES_GRAVES: "Danger immédiat : 17 ou 112. Aide aux victimes : 116 006.",
    Ground.MINEUR_DANGER: "Danger immédiat : 17. Un enfant en danger, ou un doute : 119, à toute heure.",
    Ground.EMPRISE: "Ne faites pas se rencontrer les personnes. Écoute et orientation : 3919, 116 006.",
    Ground.ALTERCATION_EN_COURS: "Éloignez-vous, appelez le 17 ou le 112, puis prévenez l’encadrement.",
    Ground.HARCELEMENT: "La protection vient d’abord : 116 006 ; en ligne ou à l’école, 3018.",
    Ground.INCAPACITE: "Parlez-en à l’encadrement : un représentant ou un service social peut aider la personne.",
    Ground.PROCEDURE_INCOMPATIBLE: "La décision de justice s’exécute. Le point-justice informe chacun de ses droits.",
    Ground.HORS_MISSION: "Proposez un relais : conciliateur de justice, médiateur familial, service compétent.",
    Ground.CONFLIT_INTERET: "Un autre médiateur peut reprendre la demande : parlez-en à l’encadrement.",
}

NOT_SUITED = "La médiation n’est pas le cadre adapté."

# Words that put the blame on someone: no agreement holds them (folded, whole words).
BLAME = frozenset(
    {"coupable", "coupables", "faute", "fautes", "fautif", "fautive", "tort", "torts", "victime", "victimes"}
    | {"agresseur", "agresseurs", "agresseuse", "responsable", "responsables", "menteur", "menteuse"}
    | {"avoue", "avouent", "reconnait", "reconnaissent", "delinquant", "voyou"}
)
BLAMING_KINDS = frozenset({"judgement", "offence", "origin", "religion", "health"})
