"""The page of a site: what upper modules put on it."""

from entremise.core.ui.panels import Panels

PANELS = Panels()
