"""The staff door of results: surveys with their charts, what people wrote and corrections of how it was read, what the team does with it, the reader, themes."""

from survey.results.staff import comments, handling, phrases, reading, surveys, themes
from survey.results.staff.door import bp

__all__ = ["bp", "comments", "handling", "phrases", "reading", "surveys", "themes"]
