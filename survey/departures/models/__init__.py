"""The tables of departures: `losses` who left and why, `cases` what was done to win them back."""

from survey.departures.models.losses import (
    Departure,
    DepartureReason,
)

__all__ = [
    "Departure",
    "DepartureReason",
]
