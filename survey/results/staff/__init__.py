"""The staff door of results: surveys with their charts, what people wrote and corrections of how it was read, the reader, themes,
marks on the time line, saved views and the weekly page."""

from survey.results.staff import comments, marks, phrases, reading, surveys, themes, views, weekly
from survey.results.staff.door import bp

__all__ = ["bp", "comments", "marks", "phrases", "reading", "surveys", "themes", "views", "weekly"]
