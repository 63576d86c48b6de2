"""The notice on paper."""

from entremise.core.actor import Actor
from entremise.core.permissions import require
from entremise.documents.services import render_pdf
from entremise.privacy.queries.notice import notice_of


def notice_pdf(actor: Actor) -> bytes:
    """The notice as a tagged A5 PDF: the same for everyone, it names nobody."""
    require(actor, "privacy.use_persons")
    notice = notice_of(actor)
    data = {
        "title": notice.title,
        "organisation": notice.organisation,
        "parts": [{"question": part.question, "answers": list(part.answers)} for part in notice.parts],
    }
    return render_pdf("notice", data, title=notice.title)
