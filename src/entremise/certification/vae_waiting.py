"""What the VAE leaves waiting: for the certifier, decisions near their term and what could not leave."""

from django.template.defaultfilters import pluralize
from django.urls import reverse

from entremise.certification.models import VaeDossier
from entremise.certification.queries.notices import count_to_notify
from entremise.certification.queries.vae import count_to_decide
from entremise.certification.queries.vae_corrections import count_to_correct
from entremise.certification.queries.vae_service import count_to_send
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.waiting import WaitingItem


def vae_waiting(actor: Actor) -> list[WaitingItem]:
    """For the certifier, and for a candidate who is asked whether they go on."""
    if not can(actor, "certification.manage"):
        return _asked(actor)
    found = []
    if late := count_to_decide(actor):
        found.append(
            WaitingItem(
                label=f"dossier{pluralize(late)} de faisabilité à décider avant la fin du délai",
                count=late,
                url=reverse("certification:vae"),
                kind="certification.vae",
                action="Voir les dossiers",
                tone="attention",
            )
        )
    if owed := count_to_notify(actor):
        found.append(
            WaitingItem(
                label=f"candidat{pluralize(owed)} par la VAE à prévenir du résultat avant la fin du délai",
                count=owed,
                url=reverse("certification:results_owed"),
                kind="certification.notices",
                action="Voir à qui notifier",
                tone="attention",
            )
        )
    if stuck := count_to_send(actor):
        found.append(
            WaitingItem(
                label=f"décision{pluralize(stuck)} à transmettre au service national",
                count=stuck,
                url=reverse("certification:vae_service"),
                kind="certification.vae_sends",
                action="Voir pourquoi",
                tone="attention",
            )
        )
    if wrong := count_to_correct(actor):
        found.append(
            WaitingItem(
                label=f"résultat{pluralize(wrong)} à faire corriger au service national de la VAE",
                count=wrong,
                url=reverse("certification:vae_service"),
                kind="certification.vae_corrections",
                detail="Un additif a changé ce qui lui avait été transmis.",
                action="Voir lesquels",
                tone="attention",
            )
        )
    return found


def _asked(actor: Actor) -> list[WaitingItem]:
    if not can(actor, "certification.follow"):
        return []
    rows = VaeDossier.objects.visible_to(actor).filter(candidate__member_id=actor.member_id, lapsed_on=None)
    asked = rows.exclude(idle_on=None).first()
    if asked is None:
        return []
    url = reverse("certification:vae_dossier", args=[asked.candidate_id])
    label = "candidature par la VAE sans activité : continuez-vous ?"
    return [WaitingItem(label=label, count=1, url=url, kind="certification.vae_idle", action="Répondre")]
