"""The kinds of files these pages give."""

ODT = "application/vnd.oasis.opendocument.text"
CSV = "text/csv; charset=utf-8"
