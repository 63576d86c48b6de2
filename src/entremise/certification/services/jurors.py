"""The roster of juries."""

from django.db import transaction

from entremise.accounts.enums import Role
from entremise.accounts.queries import get_member
from entremise.certification.commands import JurorFacts
from entremise.certification.events import JurorChanged
from entremise.certification.models import Juror
from entremise.certification.services.texts import LINE, check_lengths, line
from entremise.competences.enums import SeatKind
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.journal.services import publish


@transaction.atomic
def keep_juror(*, actor: Actor, facts: JurorFacts) -> Juror:
    """Put someone on the roster, or change what is known of them."""
    require(actor, "certification.manage")
    member = get_member(actor, facts.member_id)
    errors: dict[str, list[str]] = {}
    if Role.JURY not in member.roles:
        errors["member_id"] = ["Donnez d’abord à ce compte la fonction « membre de jury », depuis la page Membres."]
    if facts.kind not in SeatKind.values:
        errors["kind"] = ["Choisissez une réponse."]
    if facts.kind == SeatKind.CERTIFIER and facts.is_external:
        errors["is_external"] = ["Un représentant du certificateur n’est pas extérieur au certificateur."]
    if errors:
        raise InvalidInput(errors)
    function, employer = line(facts.function), line(facts.employer)
    check_lengths({"function": (function, LINE), "employer": (employer, LINE)})
    juror = Juror.objects.visible_to(actor).select_for_update().filter(member_id=member.pk).first()
    juror = juror or Juror(organisation_id=actor.organisation_id, member_id=member.pk)
    for name in ("kind", "is_external", "trained_on", "confidentiality_on", "entitled_until", "is_active"):
        setattr(juror, name, getattr(facts, name))
    juror.function, juror.employer = function, employer
    juror.save()
    publish(JurorChanged(actor=actor, target_id=juror.pk, codes={"kind": juror.kind, "external": juror.is_external}))
    return juror
