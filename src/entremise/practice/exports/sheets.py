"""A sheet, or the whole notebook, as a file its author takes away: tagged PDF, or ODT to go on writing."""

from collections.abc import Iterable

from entremise.core.text import fold
from entremise.core.ui.formats import long_date, short_date
from entremise.documents.services import Document, ReportColumn, ReportTable, Section, to_odt, to_pdf
from entremise.practice.enums import Face
from entremise.practice.models import Sheet
from entremise.practice.queries.sheets import Told, ToldPart, layout_of, rereading_of, title_of, told

NBSP = "\N{NO-BREAK SPACE}"
WARNING = "Ce texte n’appartient qu’à son auteur. Un juge pourrait le demander : personne n’y est nommé."


def render(document: Document, face: str) -> tuple[bytes, str]:
    """(content, media type) of a face."""
    if face == Face.ODT:
        return to_odt(document), "application/vnd.oasis.opendocument.text"
    return to_pdf(document), "application/pdf"


def sheet_document(sheet: Sheet) -> Document:
    """One sheet."""
    layout = layout_of(sheet)
    return Document(
        title=title_of(sheet),
        subtitle=layout.name,
        meta=(("Écrite le", long_date(sheet.written_at)), ("Méthode", layout.source)),
        sections=(*_sections(sheet), Section(title="À qui est ce texte", paragraphs=(WARNING,))),
    )


def notebook_document(sheets: Iterable[Sheet], *, on: str) -> Document:
    """Every sheet, one after the other, for someone who leaves."""
    sections: list[Section] = [Section(title="À qui est ce texte", paragraphs=(WARNING,))]
    for sheet in sheets:
        about = f"{layout_of(sheet).name}, écrite le {long_date(sheet.written_at)}."
        sections += [Section(title=title_of(sheet), paragraphs=(about,)), *_sections(sheet)]
    return Document(title="Mon carnet réflexif", subtitle=f"Emporté le {on}", sections=sections)


def file_name(title: str, face: str) -> str:
    """A name in plain letters."""
    return f"{fold(title).replace(' ', '-')[:80] or 'fiche'}.{face}"


def _sections(sheet: Sheet) -> list[Section]:
    found = [_section(part) for part in told(sheet)]
    again = rereading_of(sheet)
    if again is not None:
        done, words = again
        read = f"Relue le {short_date(sheet.reread_at)}"
        found.append(Section(title=read, paragraphs=(f"Fait{NBSP}: {done.lower()}", *((words,) if words else ()))))
    return found


def _section(part: ToldPart) -> Section:
    if part.part.side_by_side:
        columns = [ReportColumn(one.question.label) for one in part.answers]
        row = ["\n".join(one.texts) for one in part.answers]
        return Section(title=part.part.title, tables=(ReportTable("Côte à côte", columns, [row]),))
    paragraphs = [text for one in part.answers if not one.pairs for text in _paragraphs(one)]
    tables = [_pairs(one) for one in part.answers if one.pairs]
    return Section(title=part.part.title, paragraphs=paragraphs, tables=tables)


def _paragraphs(one: Told) -> list[str]:
    if len(one.texts) == 1:
        return [f"{one.question.label}{NBSP}: {one.texts[0]}"]
    return [f"{one.question.label}{NBSP}:", *(f"– {text}" for text in one.texts)]


def _pairs(one: Told) -> ReportTable:
    columns = (ReportColumn(one.question.label), ReportColumn(one.question.second))
    return ReportTable(f"{one.question.label}s", columns, one.pairs)
