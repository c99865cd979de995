"""Writes about people: `people` who comes and goes, `records` what we note of somebody, `merging` two records of one person, `accounts`."""

from survey.customers.actions.accounts import (
    add_account,
    belong_to,
    change_account,
    leave_account,
)
from survey.customers.actions.merging import merge
from survey.customers.actions.people import (
    Novelty,
    Recorded,
    add_person,
    agree,
    end_stay,
    forget_contact,
    leave_alone,
    note_consents,
    note_death,
    record,
    record_all,
    take_consents_back,
)
from survey.customers.actions.records import begin_stay, change_person, note_consent, withdraw_consent

__all__ = [
    "Novelty",
    "Recorded",
    "add_account",
    "add_person",
    "agree",
    "begin_stay",
    "belong_to",
    "change_account",
    "change_person",
    "end_stay",
    "forget_contact",
    "leave_account",
    "leave_alone",
    "merge",
    "note_consent",
    "note_consents",
    "note_death",
    "record",
    "record_all",
    "take_consents_back",
    "withdraw_consent",
]
