"""The tables of departures: `losses` who left and why, `cases` what was done to win them back."""

from survey.departures.models.cases import (
    CaseEvent,
    ContactAttempt,
    HoldOut,
    ListeningNote,
    Offer,
    OfferTemplate,
    Promise,
    RecoveryCase,
)
from survey.departures.models.losses import (
    Departure,
    DepartureReason,
)

__all__ = [
    "CaseEvent",
    "ContactAttempt",
    "Departure",
    "DepartureReason",
    "HoldOut",
    "ListeningNote",
    "Offer",
    "OfferTemplate",
    "Promise",
    "RecoveryCase",
]
