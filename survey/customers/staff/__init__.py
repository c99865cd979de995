"""The staff door of customers: everybody, what we note of somebody, two records that are one person, and accounts."""

from survey.customers.staff import accounts, merging, people, records
from survey.customers.staff.door import bp

__all__ = ["accounts", "bp", "merging", "people", "records"]
