"""What the offline notebook keeps of this module: the form of an act for each team, the numbers, the cards."""

from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.interventions.forms import RecordForm, choices_for
from entremise.interventions.queries import frequent_codes
from entremise.interventions.reference import cards, charter, queries


def forms_of(actor: Actor) -> dict[str, SafeString]:
    """``intervention-<team>``: the office's own form, its places and colleagues left out (the phone seals those).

    Its identifiers are short: five hundred answers bear one each, twice, and a phone keeps them all.
    """
    if not can(actor, "interventions.record"):
        return {}
    habits = frequent_codes(actor)
    teams = enumerate(list_teams(actor, own_only=True))
    return {f"intervention-{team.pk}": _form(actor, team.pk, habits, f"i{rank}_%s") for rank, team in teams}


def _form(actor: Actor, team_id: object, habits: object, names: str) -> SafeString:
    from entremise.interventions.views.pages import record_page  # the page's own context, folds included

    offered = choices_for(actor, habits, author_id=actor.member_id, team_id=team_id)  # type: ignore[arg-type]
    bare = replace(offered, sites=[], colleagues=[], threads=[], teams=[(str(team_id), "")], team_id=str(team_id))
    form = RecordForm(initial={"visibility": "equipe"}, choices=bare, auto_id=names)
    return render_to_string("interventions/_form.html", record_page(form))


def urgent(actor: Actor) -> dict[str, SafeString]:
    """``urgence``: numbers, reflex cards and the Charter, large enough to be read while walking."""
    if not can(actor, "interventions.view_reference"):
        return {}
    shown = queries.numbers_by_need(actor)
    context = {
        "first": shown.first,
        "groups": shown.groups,
        "cards": cards.all_cards(),
        "charter": charter.load(),
    }
    return {"urgence": render_to_string("interventions/offline_urgent.html", context)}
