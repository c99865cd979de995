"""The staff door of departures: who left and why, the recovery queue and its cases, offers, and whether it works."""

from survey.departures.staff import cases, elsewhere, losses, offers, words
from survey.departures.staff.door import bp

__all__ = ["bp", "cases", "elsewhere", "losses", "offers", "words"]
