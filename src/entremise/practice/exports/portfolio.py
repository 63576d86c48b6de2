"""A portfolio as files: a page that any browser reads, a tagged PDF, and the very bytes that were fingerprinted."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from entremise.core.canonical import canonical, digest_of
from entremise.core.pieces import bytes_of, suffix_of
from entremise.core.ui.formats import short_date
from entremise.documents.services import to_pdf
from entremise.practice.models import EvidenceFile
from entremise.practice.queries.document import document

Told = dict[str, Any]
_README = """Portfolio de {author}, vers {record}.

{state}
Empreinte (SHA-256 de portfolio.json) :
{digest}

portfolio.html se lit dans un navigateur, portfolio.pdf s’imprime ; les deux disent la même chose.
documents/ contient les fichiers déposés, nommés par le début de leur empreinte.
portfolio.json est le texte figé lui-même. Pour vérifier l’empreinte :

    sha256sum portfolio.json

Les preuves ne disent ni nom, ni lieu, ni jour. Ne les rendez pas plus précises.
"""


def archive(told: Told, files: Iterable[EvidenceFile] = (), *, frozen: bool) -> bytes:
    """The zip: README, HTML, PDF, deposited files, and the canonical bytes: anyone may check the fingerprint."""
    text = canonical(told)
    day = short_date(dt.datetime.fromisoformat(told["frozen_at"]))
    state = f"Figé le {day}." if frozen else f"Brouillon du {day}, qui peut encore changer."
    words = _README.format(author=told["author"], record=told["record"], state=state, digest=digest_of(text))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as found:
        found.writestr("LISEZ-MOI.txt", words)
        found.writestr("portfolio.html", to_html(told, state=state))
        found.writestr("portfolio.pdf", to_pdf(document(told, state=state)))
        found.writestr("portfolio.json", text)
        for one in files:
            found.writestr(f"documents/{one.digest[:12]}.{suffix_of(one.media_type)}", bytes_of(one.content))
    return content.getvalue()


def to_html(told: Told, *, state: str) -> str:
    """One page that stands alone."""
    shown = document(told, state=state)
    return render_to_string("practice/portfolio_file.html", {"document": shown})
