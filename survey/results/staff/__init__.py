"""The staff door of results: surveys with their charts and reports, what goes with what, what people wrote and corrections of
how it was read, the reader, themes, what customers may see."""

from survey.results.staff import comments, phrases, reading, relations, report, sharing, surveys, themes
from survey.results.staff.door import bp

__all__ = ["bp", "comments", "phrases", "reading", "relations", "report", "sharing", "surveys", "themes"]
