"""What the certifier decides once for all its sessions."""

from django.db import transaction

from entremise.accounts.services import take_turn
from entremise.certification.commands import SettingsFacts
from entremise.certification.enums import DepositProfile, TieBreak
from entremise.certification.events import SettingsChanged
from entremise.certification.models import CertifierSettings
from entremise.certification.services.texts import line
from entremise.competences.queries import RecordFacts, record_facts
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.time import today
from entremise.journal.services import publish

_CLIENT = "Cet identifiant, remis par la Caisse des Dépôts, compte 8 signes."


@transaction.atomic
def change_settings(*, actor: Actor, facts: SettingsFacts) -> CertifierSettings:
    """Write the certifier's rules. Sessions already convoked keep those of their day."""
    require(actor, "certification.manage")
    try:
        record = record_facts(facts.record_code)
    except NotFound as error:
        raise InvalidInput({"record_code": ["Cette fiche n’est pas chargée sur cette installation."]}) from error
    errors = _faults(facts, record)
    if not record.is_confirmed:
        errors["record_code"] = [record.entry_fault(today())]
    if errors:
        raise InvalidInput(errors)
    take_turn(actor.organisation_id)  # the first writing too: there is no row to lock yet
    settings = CertifierSettings.objects.visible_to(actor).first()
    settings = settings or CertifierSettings(organisation_id=actor.organisation_id)
    for name, value in vars(facts).items():
        setattr(settings, name, line(value) if isinstance(value, str) else value)
    settings.record_code = record.code
    settings.save()
    codes = {"record": record.code, "quorum": facts.quorum, "tie_break": facts.tie_break, "strict": facts.strict_ties}
    publish(SettingsChanged(actor=actor, target_id=settings.pk, codes=codes))
    return settings


def _faults(facts: SettingsFacts, record: RecordFacts) -> dict[str, list[str]]:
    whole = max((sum(seat.count for seat in route.seats) for route in record.routes), default=0)
    prefix = line(facts.number_prefix)
    found = {
        "tie_break": "" if facts.tie_break in TieBreak.values else "Choisissez une réponse.",
        "quorum": "" if 2 <= facts.quorum <= max(whole, 2) else f"Le jury est collégial : de 2 à {whole} membres.",
        "number_prefix": "" if prefix.isalnum() and prefix.isascii() and len(prefix) <= 12 else _PREFIX,
        "deposit_profile": "" if facts.deposit_profile in DepositProfile.values else "Choisissez une version.",
        "city": "" if len(line(facts.city)) <= 80 else "Raccourcissez : 80 signes au plus.",
        "deposit_contract": "" if len(line(facts.deposit_contract)) <= 20 else "Ce numéro compte 20 signes au plus.",
    }
    for name in ("deposit_client", "deposit_certifier"):
        found[name] = "" if len(line(getattr(facts, name))) in (0, 8) else _CLIENT
    return {name: [reason] for name, reason in found.items() if reason}


_PREFIX = "Choisissez des lettres et des chiffres sans accent, 12 au plus."
