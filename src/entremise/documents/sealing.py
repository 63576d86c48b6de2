"""Files at rest, as this module and those above it seal them (see ``core.sealing``)."""

from entremise.core.sealing import MAGIC, check_file, open_file, seal_file, seal_stream

__all__ = ["MAGIC", "check_file", "open_file", "seal_file", "seal_stream"]
