"""The staff door of results: surveys with their charts and reports, what people wrote and corrections of how it was read, the reader, themes."""

from survey.results.staff import comments, phrases, reading, report, surveys, themes
from survey.results.staff.door import bp

__all__ = ["bp", "comments", "phrases", "reading", "report", "surveys", "themes"]
