"""Writes about accounts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete

from survey.customers.models import Account, Membership
from survey.customers.queries import account, account_named, person
from survey.foundation.db import db, new_id
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.text import line

NAME_LIMIT, TIER_LIMIT, ROLE_LIMIT = 200, 60, 60


def add_account(name: str, *, now: datetime) -> Account:
    """Add an account; refuses a name that there is already."""
    said = _name(name)
    if account_named(said):
        raise Refused(_("There is an account of that name already."))
    added = Account(id=new_id(), name=said, created_at=now)
    db.session.add(added)
    db.session.flush()
    return added


def change_account(account_id: UUID, *, name: str, tier: str, today: date) -> Account:
    """Name an account otherwise, or put it on another level: from that day on, so that who had left keeps the old one."""
    found, said = _known(account_id), _name(name)
    same = account_named(said)
    if same is not None and same.id != account_id:
        raise Refused(_("There is an account of that name already."))
    found.name, wanted = said, line(tier, limit=TIER_LIMIT) or None
    if wanted != found.tier:
        found.tier, found.tier_fixed_on = wanted, today if wanted else None
    db.session.flush()
    return found


def belong_to(person_id: UUID, name: str, *, role: str = "", now: datetime) -> Account:
    """Let somebody belong to the account of this name, which is made where there is none; may be said twice."""
    if person(person_id) is None:
        raise NotFound(_("There is nobody here with this address."))
    joined = account_named(_name(name)) or add_account(name, now=now)
    membership = db.session.get(Membership, (joined.id, person_id))
    if membership is None:
        membership = Membership(account_id=joined.id, person_id=person_id)
        db.session.add(membership)
    membership.role = line(role, limit=ROLE_LIMIT)
    db.session.flush()
    return joined


def leave_account(account_id: UUID, person_id: UUID) -> None:
    """Let somebody no longer belong to an account; may be said twice."""
    _known(account_id)
    theirs = Membership.account_id == account_id, Membership.person_id == person_id
    db.session.execute(delete(Membership).where(*theirs))


def _known(account_id: UUID) -> Account:
    found = account(account_id)
    if found is None:
        raise NotFound(_("There is no such account."))
    return found


def _name(name: str) -> str:
    said = line(name, limit=NAME_LIMIT)
    if not said:
        raise Refused(_("Give the account a name."))
    return said
