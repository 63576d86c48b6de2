"""Editable reports (ODT): real styles, headings in order, marked table headers, a title and a language."""

import io
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import odfdo

from entremise.core.time import local, now
from entremise.documents.report import Document, Figure, ReportColumn, ReportTable, bars_as_table, written_number
from entremise.documents.services.texts import xml_text

_THUMBNAIL = "Thumbnails/thumbnail.png"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})
_INK, _SOFT, _ACTION, _TINT = "#1b2a2f", "#47575c", "#0b5c5a", "#eef4f2"
_FIGURES = [ReportColumn("Chiffre"), ReportColumn("Valeur"), ReportColumn("Ce qu’il compte")]

_STYLES = f"""
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Heading" style:class="chapter">
<style:text-properties fo:font-size="22pt" fo:font-weight="bold" fo:color="{_INK}"/></style:style>
<style:style style:name="Subtitle" style:family="paragraph" style:parent-style-name="Heading" style:class="chapter">
<style:text-properties fo:font-size="13pt" fo:color="{_SOFT}"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Heading" style:next-style-name="Text_20_body" style:default-outline-level="1"
 style:class="chapter"><style:paragraph-properties fo:margin-top="0.6cm" fo:margin-bottom="0.2cm"
 fo:border-bottom="0.75pt solid {_ACTION}" fo:keep-with-next="always"/>
<style:text-properties fo:font-size="15pt" fo:font-weight="bold" fo:color="{_INK}"/></style:style>
<style:style style:name="Caption" style:family="paragraph" style:parent-style-name="Standard" style:class="extra">
<style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"/>
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Definition" style:display-name="Définition" style:family="paragraph"
 style:parent-style-name="Standard" style:class="extra"><style:paragraph-properties fo:margin-top="0.15cm"/>
<style:text-properties fo:font-size="9pt" fo:color="{_SOFT}"/></style:style>
<style:style style:name="Table_20_Contents" style:display-name="Table Contents" style:family="paragraph"
 style:parent-style-name="Standard" style:class="extra"/>
<style:style style:name="Table_20_Number" style:display-name="Nombre de tableau" style:family="paragraph"
 style:parent-style-name="Table_20_Contents" style:class="extra"><style:paragraph-properties fo:text-align="end"/>
</style:style>
<style:style style:name="Table_20_Heading" style:display-name="Table Heading" style:family="paragraph"
 style:parent-style-name="Table_20_Contents" style:class="extra">
<style:text-properties fo:font-weight="bold"/></style:style>
"""
_AUTOMATIC = f"""
<style:style style:name="Tableau" style:family="table"><style:table-properties table:align="margins"
 table:border-model="collapsing"/></style:style>
<style:style style:name="Entete" style:family="table-cell"><style:table-cell-properties fo:padding="0.12cm"
 fo:background-color="{_TINT}" fo:border-bottom="1pt solid {_INK}"/></style:style>
<style:style style:name="Cellule" style:family="table-cell"><style:table-cell-properties fo:padding="0.12cm"
 fo:border-bottom="0.5pt solid #b9b2a2"/></style:style>
"""
_FOOTER = (
    '<style:footer><text:p text:style-name="Definition">{title} · <text:page-number text:select-page="current"/>'
    " / <text:page-count/></text:p></style:footer>"
)


def to_odt(document: Document) -> bytes:
    """The report as an OpenDocument text that a funder can change."""
    file = odfdo.Document("text")
    _set_meta(file, document)
    _set_styles(file, document)
    file.body.clear()
    for markup in _body(document):
        file.body.append(odfdo.Element.from_tag(markup))
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _set_meta(file: odfdo.Document, document: Document) -> None:
    file.del_part(_THUMBNAIL)  # the picture of the library's empty page
    file.manifest.del_full_path(_THUMBNAIL)
    meta = file.meta
    meta.set_title(xml_text(document.title))
    meta.set_subject(xml_text(document.subtitle))
    meta.set_language(document.language)
    meta.set_generator("Entremise")
    moment = local(now()).replace(tzinfo=None, microsecond=0)
    meta.set_creation_date(moment)
    meta.set_modification_date(moment)


def _set_styles(file: odfdo.Document, document: Document) -> None:
    known: Any = file.get_part("styles.xml")
    for style in _elements(_STYLES):
        file.insert_style(style)
    for style in _elements(_AUTOMATIC):
        file.insert_style(style, automatic=True)
    for properties in known.get_elements("//style:default-style/style:text-properties"):
        properties.set_attribute("fo:language", document.language)
        properties.set_attribute("fo:country", "FR" if document.language == "fr" else "none")
        properties.set_attribute("style:language-complex", document.language)
        properties.set_attribute("style:font-name", "Liberation Sans")
        properties.set_attribute("fo:font-size", "11pt")
    if document.language in _RIGHT_TO_LEFT:
        for properties in known.get_elements("//style:page-layout-properties"):
            properties.set_attribute("style:writing-mode", "rl-tb")
    footer = odfdo.Element.from_tag(_FOOTER.format(title=_words(document.title.replace("\n", " "))))
    known.get_element("//style:master-page").append(footer)


def _elements(markup: str) -> list[Any]:
    holder = odfdo.Element.from_tag(f"<office:styles>{markup}</office:styles>")
    return list(holder.children)


def _body(document: Document) -> Iterable[str]:
    yield _paragraph("Title", document.title)
    if document.subtitle:
        yield _paragraph("Subtitle", document.subtitle)
    for label, value in document.meta:
        yield _paragraph("Text_20_body", f"{label} : {value}")
    for section in document.sections:
        yield f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{_words(section.title)}</text:h>'
        for words in section.paragraphs:
            yield _paragraph("Text_20_body", words)
        if section.figures:
            yield from _table(_figures(section.title, section.figures), under=section.title)
        for table in (*map(bars_as_table, section.bars), *section.tables):
            yield from _table(table, under=section.title)


def _figures(title: str, figures: Sequence[Figure]) -> ReportTable:
    rows = [[item.label, item.value, item.definition] for item in figures]
    return ReportTable(f"{title} : chiffres", _FIGURES, rows)


def _table(table: ReportTable, *, under: str) -> Iterable[str]:
    """``under`` is the heading above: a caption that repeats it is not printed twice, it still names the table."""
    if table.caption != under:
        yield _paragraph("Caption", table.caption)
    ends = [column.is_number and index > 0 for index, column in enumerate(table.columns)]
    heading = "".join(_cell("Entete", "Table_20_Heading", column.title) for column in table.columns)
    rows = "".join(
        "<table:table-row>"
        + "".join(
            _cell("Cellule", "Table_20_Number" if end else "Table_20_Contents", written_number(cell))
            for end, cell in zip(ends, row, strict=True)
        )
        + "</table:table-row>"
        for row in table.rows
    )
    yield (
        f'<table:table table:style-name="Tableau" table:name="{_words(table.caption, quoted=True)}">'
        f"<table:title>{_words(table.caption)}</table:title>"
        f'<table:table-column table:number-columns-repeated="{len(table.columns)}"/>'
        f"<table:table-header-rows><table:table-row>{heading}</table:table-row></table:table-header-rows>"
        f"{rows}</table:table>"
    )
    for words in (*table.notes, table.definition):
        if words:
            yield _paragraph("Definition", words)


def _cell(style: str, paragraph: str, words: str) -> str:
    content = _paragraph(paragraph, words)
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{content}</table:table-cell>'


def _paragraph(style: str, words: str) -> str:
    return f'<text:p text:style-name="{style}">{_words(words)}</text:p>'


def _words(text: str, *, quoted: bool = False) -> str:
    """Escaped text; line ends and tabs become the elements of the format."""
    clean = escape(xml_text(text), {'"': "&quot;"})
    if quoted:
        return " ".join(clean.split())
    return clean.replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
