"""« Ce qui m’attend »: the registry lives in ``core``, so that modules below presence may say what waits too."""

from entremise.core.waiting import Source, WaitingItem, register, sources

__all__ = ["Source", "WaitingItem", "register", "sources"]
