"""Tagged PDF (PDF/UA-1): what does not validate is not given to anyone."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import page
import typst

from entremise.documents.report import Bars, Document, ReportTable, written_number
from entremise.documents.services.fonts import fonts, printable

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"
_MANY_COLUMNS = 7  # beyond, the page turns
_LIMITS = page.SafetyLimits(max_table_grid_rows=50_000)


class InaccessibleDocument(Exception):
    """A rendering that fails PDF/UA-1; a fault of ours, never of what was typed."""


def render_pdf(
    template: str, data: dict[str, Any], *, title: str, lang: str = "fr", drawings: Mapping[str, str] | None = None
) -> bytes:
    """A tagged PDF from ``documents/typst/<template>.typ``.

    ``data`` reaches the template as JSON, so that no value can be code; its texts lose what no font draws.
    ``drawings`` are SVG files of ours, by name, given as they are.
    Raises InaccessibleDocument when the result does not conform to PDF/UA-1.
    """
    inputs = {
        "data": json.dumps(_clean(data), ensure_ascii=False),
        "title": printable(title).replace("\n", " ").strip() or "Document",
        "lang": lang,
        "drawings": json.dumps(dict(drawings or {})),
    }
    content = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["ua-1"],
    )
    faults = check_pdf(content)
    if faults:
        raise InaccessibleDocument("; ".join(faults))
    return content


def check_pdf(content: bytes) -> list[str]:
    """What keeps a PDF from conforming to PDF/UA-1, in the validator's words; empty when it conforms."""
    try:
        report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1, limits=_LIMITS)
    except page.PageError as error:
        return [f"unreadable: {error}"]
    return [] if report.is_compliant else [str(failure) for failure in report.failures] or ["not compliant"]


def to_pdf(document: Document) -> bytes:
    """The report as a tagged PDF."""
    data = {
        "title": document.title,
        "subtitle": document.subtitle,
        "meta": [list(pair) for pair in document.meta],
        "landscape": any(len(table.columns) > _MANY_COLUMNS for part in document.sections for table in part.tables),
        "sections": [
            {
                "title": part.title,
                "paragraphs": list(part.paragraphs),
                "figures": [vars(figure) for figure in part.figures],
                "bars": [_bars(bars) for bars in part.bars],
                "tables": [_table(table) for table in part.tables],
            }
            for part in document.sections
        ],
    }
    return render_pdf("report", data, title=document.title, lang=document.language)


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [
            {"title": column.title, "number": column.is_number and index > 0, "weight": 2 if index == 0 else 1}
            for index, column in enumerate(table.columns)
        ],
        "rows": [[written_number(cell) for _, cell in zip(table.columns, row, strict=True)] for row in table.rows],
        "notes": list(table.notes),
        "definition": table.definition,
        "to_sign": table.to_sign,
    }


def _bars(bars: Bars) -> dict[str, Any]:
    numbers = [n for row in bars.rows for n in (row.value, row.previous) if n is not None]
    top = max(numbers, default=0) or 1
    return {
        "caption": bars.caption,
        "previous_label": bars.previous_label,
        "definition": bars.definition,
        "rows": [
            {
                "label": row.label,
                "note": row.note,
                "shown": row.shown or written_number(row.value),
                "share": None if row.value is None else 100 * max(row.value, 0) / top,
                "previous_share": None if row.previous is None else 100 * max(row.previous, 0) / top,
                "previous_shown": "" if row.previous is None else written_number(row.previous),
            }
            for row in bars.rows
        ],
    }


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
