"""The taxonomy of reasons and how to read it: values, the table, the offer to a leaver, and recognition."""

from survey.reasons.rules.recognition import recognise
from survey.reasons.rules.taxonomy import LEVELS, REASONS, TAXONOMY_VERSION, offerable
from survey.reasons.rules.values import Control, Reason, Will

__all__ = ["LEVELS", "REASONS", "TAXONOMY_VERSION", "Control", "Reason", "Will", "offerable", "recognise"]
