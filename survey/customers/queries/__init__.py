"""Reads about people, the accounts they belong to, and records of them that became one."""

from survey.customers.queries.accounts import (
    account,
    account_named,
    accounts,
    accounts_of,
    count_accounts,
    members_of,
    value_of,
)
from survey.customers.queries.merging import clashes, kept_for, pointing_at, tally
from survey.customers.queries.people import (
    STANDS,
    STATUSES,
    count_people,
    find_people,
    is_pointed_to,
    people_meant,
    people_named,
    person,
    person_by_email,
    person_by_external_id,
)

__all__ = [
    "STANDS",
    "STATUSES",
    "account",
    "account_named",
    "accounts",
    "accounts_of",
    "clashes",
    "count_accounts",
    "count_people",
    "find_people",
    "is_pointed_to",
    "kept_for",
    "members_of",
    "people_meant",
    "people_named",
    "person",
    "person_by_email",
    "person_by_external_id",
    "pointing_at",
    "tally",
    "value_of",
]
