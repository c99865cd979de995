"""The staff door of results: surveys with their charts and reports, what goes with what, what people wrote, how it was read and
what the team does with it, the reader, themes, marks on the time line, saved views, what customers may see."""

from survey.results.staff import (
    comments,
    handling,
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

__all__ = ["bp", "comments", "handling", "marks", "phrases", "reading", "relations", "report", "sharing", "surveys", "themes",
           "views", "weekly"]  # fmt: skip
