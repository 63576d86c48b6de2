"""What this module and those below it teach first: teams, invitations, lists, data protection, exports."""

from entremise.accounts.enums import Role
from entremise.accounts.queries import allowed_sensitive, list_members, list_teams
from entremise.accounts.welcome import Gesture, State, counted, register
from entremise.core.actor import Actor

ADMINISTRATOR, OFFICER, AUDITOR = frozenset({Role.ADMINISTRATEUR}), frozenset({Role.DPD}), frozenset({Role.LECTEUR})


def register_all() -> None:
    """Called once, when the applications are ready."""
    for gesture in (*_OF_ADMINISTRATORS, *_OF_OFFICERS, *_OF_AUDITORS):
        register(gesture)


def _teams(actor: Actor) -> State:
    return counted(list_teams(actor).count(), "équipe ouverte", "équipes ouvertes", "Aucune équipe")


def _colleagues(actor: Actor) -> State:
    others = list_members(actor).count() - 1
    return counted(others, "autre membre", "autres membres", "Vous êtes seul ici")


def _allowed(actor: Actor) -> State:
    count = len(allowed_sensitive(actor.organisation_id)) if actor.organisation_id else 0
    return State(f"{count} autorisée{'s' if count > 1 else ''}" if count else "Aucune autorisée")


_OF_ADMINISTRATORS = (
    Gesture(
        title="Créer les équipes",
        text="Le métier d’une équipe règle les registres, les lieux et les cartes qui lui sont proposés.",
        roles=ADMINISTRATOR,
        order=10,
        url_name="accounts:team_new",
        label="Créer une équipe",
        permission="accounts.manage_teams",
        of_mediators=True,
        state=_teams,
    ),
    Gesture(
        title="Inviter les personnes",
        text="Chacune reçoit un lien valable sept jours, choisit son nom et son mot de passe.",
        roles=ADMINISTRATOR,
        order=20,
        url_name="accounts:invite",
        label="Inviter quelqu’un",
        permission="accounts.invite",
        state=_colleagues,
    ),
    Gesture(
        title="Mettre vos mots dans les listes",
        text="Une réponse se renomme, se masque ou se précise ; son code national ne change pas.",
        roles=ADMINISTRATOR,
        order=60,
        url_name="accounts:lists",
        label="Voir les listes",
        permission="accounts.manage_lists",
        of_mediators=True,
    ),
)
_OF_OFFICERS = (
    Gesture(
        title="Répondre aux demandes de droits",
        text="Accès, rectification, effacement : la page compte le mois qui court et guide la réponse.",
        roles=OFFICER,
        order=102,
        url_name="privacy:requests",
        label="Voir les demandes",
        permission="privacy.answer_requests",
    ),
    Gesture(
        title="Tenir le registre",
        text="Les traitements de l’organisation, leurs analyses d’impact et leurs sous-traitants.",
        roles=OFFICER,
        order=104,
        url_name="privacy:register",
        label="Ouvrir le registre",
        permission="privacy.write_register",
    ),
    Gesture(
        title="Suivre une violation de données",
        text="Perte, vol, envoi par erreur : 72 heures pour décider, chaque geste est daté.",
        roles=OFFICER,
        order=106,
        url_name="privacy:breaches",
        label="Voir les violations",
        permission="privacy.follow_breaches",
    ),
    Gesture(
        title="Décider des données sensibles",
        text="Santé, origine, opinion prêtée : aucune fiche ne les garde sans votre autorisation et son motif.",
        roles=OFFICER,
        order=110,
        url_name="accounts:sensitive",
        label="Voir les valeurs sensibles",
        permission="accounts.manage_sensitive",
        state=_allowed,
    ),
    Gesture(
        title="Vérifier qui a accès",
        text="Les membres, leurs rôles et leurs équipes ; ceux qui sont partis restent dans un filtre.",
        roles=OFFICER,
        order=120,
        url_name="accounts:members",
        label="Voir les membres",
        permission="accounts.view_members",
    ),
    Gesture(
        title="Suivre vos exports",
        text="Chaque liste que vous ouvrez s’exporte. Un export préparé s’efface seul au bout de 48 heures.",
        roles=OFFICER,
        order=130,
        url_name="documents:exports",
        label="Voir mes exports",
        permission="documents.own_exports",
    ),
    Gesture(
        title="S’assurer du journal",
        text=(
            "Il dit qui a fait quoi, quand, sans jamais garder une valeur, et il est scellé chaque jour. L’exploitant "
            "prouve qu’il n’a pas changé avec « entremise verify » : demandez-lui ce que la commande répond."
        ),
        roles=OFFICER,
        order=140,
    ),
)
_OF_AUDITORS = (
    Gesture(
        title="Lire le registre des traitements",
        text="Ce que l’organisation garde, pourquoi, combien de temps ; ses sous-traitants et ses analyses d’impact.",
        roles=AUDITOR,
        order=235,
        url_name="privacy:register",
        label="Ouvrir le registre",
        permission="privacy.view_register",
    ),
    Gesture(
        title="Contrôler les données sensibles",
        text="Celles que le délégué à la protection des données a autorisées, son motif et la date.",
        roles=AUDITOR,
        order=240,
        url_name="accounts:sensitive",
        label="Voir les données sensibles",
        permission="accounts.view_sensitive",
        state=_allowed,
    ),
    Gesture(
        title="Vérifier qui travaille ici",
        text="Membres et équipes, avec leurs rôles et leur métier.",
        roles=AUDITOR,
        order=250,
        url_name="accounts:members",
        label="Voir les membres",
        permission="accounts.view_members",
    ),
)
