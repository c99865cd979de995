"""The kinds, by name; a new kind is one line here."""

from survey.questionnaires.kinds import choice, contact, nps, rating, reasons, text
from survey.questionnaires.kinds.base import Kind

KINDS: dict[str, Kind] = {
    "nps": nps.KIND,
    "rating": rating.KIND,
    "choice": choice.KIND,
    "reasons": reasons.KIND,
    "text": text.KIND,
    "contact": contact.KIND,
}
