"""The taxonomy of reasons and how to read it: values, the table, an organisation's changes, the offer, and recognition."""

from survey.reasons.rules.edits import Taxonomy
from survey.reasons.rules.in_force import REASONS
from survey.reasons.rules.recognition import recognise
from survey.reasons.rules.taxonomy import LEVELS, TAXONOMY_VERSION
from survey.reasons.rules.values import Control, Reason, Will


def offerable() -> tuple[Reason, ...]:
    """The reasons a leaver may be offered, retired ones included, in table order; “I’d rather not say” is last."""
    return tuple(reason for reason in REASONS.values() if not reason.staff_only)


__all__ = ["LEVELS", "REASONS", "TAXONOMY_VERSION", "Control", "Reason", "Taxonomy", "Will", "offerable", "recognise"]
