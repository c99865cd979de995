"""Reads about the organisation."""

from datetime import date

from sqlalchemy.exc import DBAPIError

from survey.foundation.clock import today as today_in
from survey.foundation.db import db
from survey.organisation.models import Organisation


def organisation() -> Organisation:
    """The organisation; every installation has exactly one, with defaults until it is named."""
    try:
        return _known() or _asked_for()
    except DBAPIError:  # an error page must be shown even where there is no database to ask
        db.session.rollback()
        return _unsaved()


def _known() -> Organisation | None:
    """What this session was told in its present transaction; without it every question of a page would ask anew."""
    session = db.session()
    transaction, owner = session.info.get("organisation", (None, None))
    return owner if transaction is not None and transaction is session.get_transaction() else None


def _asked_for() -> Organisation:
    session = db.session()
    owner = session.get(Organisation, 1) or _unsaved()
    session.info["organisation"] = session.get_transaction(), owner
    return owner


def _unsaved() -> Organisation:
    """Defaults, for the moment before the first migration ran."""
    return Organisation(
        id=1, name="Your organisation", accent="#0B6B5D", time_zone="UTC", language="en", languages=["en"], currency="EUR",
        postal_address="", minimum_scores=5, minimum_comments=8, promised_hours=48, hold_out_percent=0, letter_limit=3, letter_days=30, is_example=False,
    )  # fmt: skip


def today() -> date:
    """The present day where the organisation is."""
    return today_in(organisation().time_zone)
