"""The letter that answers a request, in plain French: PDF to hand over, ODT to adapt."""

from entremise.accounts.queries import get_organisation
from entremise.core.time import local
from entremise.core.ui.formats import long_date
from entremise.documents.services import Document, Section
from entremise.privacy.enums import RequestKind, RequestOutcome
from entremise.privacy.models import DataRequest
from entremise.privacy.services.erasure_request import backups_lapse_on

_RECOURSE = (
    "Si cette réponse ne vous convient pas, vous pouvez nous le dire, écrire à la CNIL (3 place de Fontenoy, "
    "75007 Paris, ou www.cnil.fr), ou saisir un juge."
)
_GIVEN = {
    RequestKind.ACCES: "Nous vous remettons, avec cette lettre, ce que nous gardons sur vous.",
    RequestKind.PORTABILITE: (
        "Nous vous remettons, avec cette lettre, un fichier de vos données qu’un autre service peut lire."
    ),
    RequestKind.RECTIFICATION: "Nous avons corrigé ce que vous nous avez signalé.",
    RequestKind.LIMITATION: (
        "Nous gardons ce qui vous concerne sans nous en servir. "
        "Nous vous préviendrons avant de nous en servir de nouveau."
    ),
    RequestKind.OPPOSITION: "Nous avons arrêté de vous suivre. Personne ne vous recontactera pour ce suivi.",
    RequestKind.APRES_LA_MORT: "Nous avons noté ce que vous souhaitez pour vos données après votre mort.",
}


def answer_letter(request: DataRequest) -> Document:
    """The letter of an answered request. It names nobody: the person is called by their reference."""
    organisation = get_organisation(request.organisation_id)
    meta = [
        ("Date", long_date(request.answered_on)),
        ("Demande", f"{request.reference}, reçue le {long_date(request.received_on)}"),
    ]
    if request.person is not None:
        meta.append(("Votre référence", request.person.reference))
    if organisation.contact_email:
        meta.append(("Nous répondre", organisation.contact_email))
    return Document(
        title="Réponse à votre demande",
        subtitle=organisation.name,
        meta=meta,
        sections=[
            Section("Ce que vous avez demandé", [_asked(request)]),
            Section("Ce que nous avons fait", _done(request)),
            Section("Et maintenant", [_RECOURSE]),
        ],
    )


def _asked(request: DataRequest) -> str:
    wanted = {
        RequestKind.ACCES: "Savoir ce que nous gardons sur vous, et en recevoir une copie.",
        RequestKind.RECTIFICATION: "Corriger ou compléter ce que nous gardons sur vous.",
        RequestKind.LIMITATION: "Garder ce qui vous concerne sans nous en servir.",
        RequestKind.OPPOSITION: "Ne plus être suivi par notre équipe.",
        RequestKind.EFFACEMENT: "Effacer ce que nous gardons sur vous.",
        RequestKind.PORTABILITE: "Recevoir vos données dans un fichier qu’un autre service peut lire.",
        RequestKind.APRES_LA_MORT: "Dire ce que deviennent vos données après votre mort.",
    }
    return wanted[RequestKind(request.kind)]


def _done(request: DataRequest) -> list[str]:
    outcome = RequestOutcome(request.outcome)
    if outcome == RequestOutcome.SANS_DONNEES:
        return ["Nous avons cherché : nous ne gardons rien sur vous."]
    if outcome == RequestOutcome.RETIREE:
        return ["Vous avez retiré votre demande. Vous pouvez la refaire quand vous voulez."]
    ground = f"La raison que la loi nous donne : {request.get_refusal_ground_display()}."
    if outcome == RequestOutcome.REFUSEE:
        return ["Nous ne pouvons pas faire ce que vous demandez.", ground]
    gone = request.person is not None and request.person.erased_at is not None
    done = _erased(request) if gone else [_GIVEN.get(RequestKind(request.kind), "C’est fait.")]
    return [*done, "Une partie de votre demande n’a pas pu être suivie.", ground] if request.refusal_ground else done


def _erased(request: DataRequest) -> list[str]:
    assert request.person is not None and request.person.erased_at is not None  # noqa: PT018 - both or none
    erased = request.person.erased_at
    done = (
        f"Nous avons effacé ce que nous gardions sur vous, le {long_date(local(erased))}. "
        "Personne, chez nous, ne peut plus le lire."
    )
    lapses_on = backups_lapse_on(erased)
    backups = (
        "Nous gardons des copies de secours de nos clés pendant un mois au plus. "
        f"Le {long_date(lapses_on)}, la dernière copie qui pouvait encore permettre de vous relire n’existera plus."
        if lapses_on > local(erased).date()
        else "Aucune copie de secours ne permet plus de vous relire."
    )
    left = (
        "Il reste seulement des chiffres, sans nom ni mot : par exemple, qu’une personne a été suivie. "
        "Et la trace de votre demande : sa date et notre réponse."
    )
    return [done, backups, left]
