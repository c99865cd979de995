"""The kinds, by name, in the order in which they are offered; a new kind is one line here."""

from survey.questionnaires.kinds import (
    ces,
    choice,
    consent,
    contact,
    csat,
    date,
    dropdown,
    email,
    line,
    matrix,
    nps,
    number,
    ranking,
    rating,
    reasons,
    section,
    text,
    yesno,
)
from survey.questionnaires.kinds.base import Kind

KINDS: dict[str, Kind] = {
    "nps": nps.KIND,
    "csat": csat.KIND,
    "ces": ces.KIND,
    "rating": rating.KIND,
    "choice": choice.KIND,
    "dropdown": dropdown.KIND,
    "yesno": yesno.KIND,
    "ranking": ranking.KIND,
    "matrix": matrix.KIND,
    "reasons": reasons.KIND,
    "text": text.KIND,
    "line": line.KIND,
    "number": number.KIND,
    "date": date.KIND,
    "email": email.KIND,
    "contact": contact.KIND,
    "consent": consent.KIND,
    "section": section.KIND,
}
