"""What pages about departures show."""

from survey.departures.pages.losses import (
    FEWEST,
    MONTHS,
    REASONS_SHOWN,
    SAID_SHOWN,
    Base,
    Overview,
    PeopleList,
    Said,
    last_month,
    overview,
    people_list,
    run_events,
    run_labels,
    run_marks,
    run_source,
    run_title,
)

__all__ = [
    "Base",
    "FEWEST",
    "MONTHS",
    "Overview",
    "PeopleList",
    "REASONS_SHOWN",
    "SAID_SHOWN",
    "Said",
    "last_month",
    "overview",
    "people_list",
    "run_events",
    "run_labels",
    "run_marks",
    "run_source",
    "run_title",
]
