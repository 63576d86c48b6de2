"""Reads of acts."""

from entremise.interventions.queries.figures import ActFigures, figures

__all__ = ["ActFigures", "figures"]
