"""What leaders of the example organisation did: they talked with customers, looked at whom they lost, and left a priority to nobody.

The account of the leader is closed again and has no password: nobody can sign in with it, and no letter goes there.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from survey.access.actions import create_user, disable
from survey.mirror.actions import decide, hold, mark_done, note
from survey.mirror.rules import CONVERSATION, FRIEND, OWN_CUSTOMER, SELF, VISIT, Noted, month_before, month_due
from survey.priorities.actions import raise_priorities
from survey.results.actions.marks import Marked, add_mark

LEADER = ("robin.hale@example.com", "Robin Hale")
UNOWNED_FOR_DAYS = 9
MARKS = (
    (205, "price", "New price list"),
    (70, "competitor", "Another gym opens by the station"),
)
NOTED = (
    (12, CONVERSATION, SELF, "She would stay if she could see on her phone how full it is before she leaves work.", "", "a member of six years"),
    (26, VISIT, SELF, "The front desk writes complaints on paper. Nobody collects the paper.", "", "evening shift"),
    (44, OWN_CUSTOMER, FRIEND, "Joining took four forms, and the tour was kind.", "The card reader refused the card twice; nobody knew why.", "Quayside"),
    (61, CONVERSATION, SELF, "He left because every evening was full. Nobody had asked him.", "", "a former member"),
)  # fmt: skip
DECIDED = (("Count every evening who waits for a machine, and how long", True), ("Call everybody who left because of the waiting", False))  # fmt: skip


def make_leading(today: date, now: datetime) -> None:
    """Record it, within the present transaction."""
    leader = create_user(LEADER[0], name=LEADER[1], role="leader")
    for days_ago, kind, words in MARKS:
        add_mark(Marked(today - timedelta(days=days_ago), kind, words, None), by=None, now=now)
    for days_ago, kind, by, learned, friction, place in NOTED:
        noted = Noted(kind, today - timedelta(days=days_ago), learned, place, friction, by)
        note(noted, leader_id=leader.id, today=today)
    _review(month_before(month_due(today)), leader.id, now)
    raise_priorities(today - timedelta(days=UNOWNED_FOR_DAYS))
    disable(leader, by=None)


def _review(month: date, leader_id: UUID, now: datetime) -> None:
    """The month before the last was looked at; half of what was decided is done."""
    on = (month + timedelta(days=34)).replace(day=3)
    hold(month, attendees="Robin Hale, front desk, trainers", on=on, by=leader_id, now=now)
    for what, is_done in DECIDED:
        decision = decide(month, what=what, owner_id=leader_id, due_on=on + timedelta(days=14), by=leader_id)
        if is_done:
            mark_done(decision.id, is_done=True, by=leader_id, today=on + timedelta(days=9))
