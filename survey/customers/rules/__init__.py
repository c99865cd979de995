"""Decisions about people: reading an imported row, money and days, and which stay as a customer a fact speaks of.

`headers` knows what others call our columns, `cells`, `money` and `entries` read a row, `stays` decides what it means
for somebody who is already known.
"""

from survey.customers.rules.cells import DayOrder, Unreadable, day_order
from survey.customers.rules.entries import LEFT_WORDS, PersonEntry, Reading, entry_of
from survey.customers.rules.headers import FIELDS, SEGMENT, known_in
from survey.customers.rules.known import Known
from survey.customers.rules.money import currency_code, minor_units, money_words
from survey.customers.rules.stays import tenure_months, tenure_words, which

__all__ = [
    "FIELDS", "LEFT_WORDS", "SEGMENT", "DayOrder", "Known", "PersonEntry", "Reading", "Unreadable", "currency_code", "day_order", "entry_of",
    "known_in", "minor_units", "money_words", "tenure_months", "tenure_words", "which",
]  # fmt: skip
