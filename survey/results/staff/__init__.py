"""The staff door of results: surveys with their charts and reports, what goes with what, what people wrote and corrections of
how it was read, the reader, themes, what customers may see."""

from survey.results.staff import (
    comments,
    marks,
    phrases,
    reading,
    relations,
    report,
    sharing,
    surveys,
    themes,
    views,
    weekly,
)
from survey.results.staff.door import bp

__all__ = [
    "bp",
    "comments",
    "marks",
    "phrases",
    "reading",
    "relations",
    "report",
    "sharing",
    "surveys",
    "themes",
    "views",
    "weekly",
]
"""The staff door of results: surveys with their charts, what people wrote and corrections of how it was read, the reader, themes,
marks on the time line, saved views and the weekly page."""
