"""The mirror and loss reviews in the database."""

from datetime import date, timedelta

import pytest

from survey.departures.actions import keep, promise
from survey.departures.queries.promises import open_promises
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.errors import NotFound, Refused
from survey.improvements.queries import improvement
from survey.mirror import actions, queries
from survey.mirror.models import MirrorEntry
from survey.mirror.pages import agenda
from survey.mirror.rules import CONVERSATION, VISIT, Noted
from survey.organisation.queries import today
from survey.text.actions import mark_read_by
from survey.text.queries import newest_comments
from tests.factories.cases import case_of, did, leaver, listened
from tests.factories.people import make_user
from tests.factories.surveys import answer, from_template
from tests.priorities.test_actions import TODAY, leave, raised
from tests.priorities.test_staff import ship

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def note(leader, learned="", *, kind=CONVERSATION, days_ago=0, **more):
    noted = Noted(kind, TODAY - timedelta(days=days_ago), learned, **more)
    return write(lambda: actions.note(noted, leader_id=leader.id, today=TODAY))


def test_each_leader_has_their_own_and_learns_what_others_learned(app):
    ada, bob = make_user(app, "leader"), make_user(app, "admin")
    note(ada, "Doors open late", days_ago=12)
    note(ada, kind=VISIT, days_ago=40)
    note(bob, "Prices are hard to find", days_ago=3)
    note(bob, days_ago=1)
    assert [entry.learned for entry in queries.dated(ada.id)] == ["Doors open late", ""]
    assert queries.last_talk(ada.id, OCTOBER) == (TODAY - timedelta(days=12), False)
    assert [entry.learned for entry in queries.learned_by_others(ada.id)] == ["Prices are hard to find"]
    with pytest.raises(Refused, match="yet to come"):
        note(ada, days_ago=-1)


def test_an_entry_is_its_leaders_alone_to_change(app):
    ada, bob = make_user(app, "leader"), make_user(app, "leader")
    id = note(ada, "Doors open late").id
    for act in (lambda: actions.take_back(id, leader_id=bob.id), lambda: actions.make_improvement(id, leader_id=bob.id, now=now())):  # fmt: skip
        with pytest.raises(NotFound):
            write(act)
    write(lambda: actions.take_back(id, leader_id=ada.id))
    assert queries.dated(ada.id) == []


def test_what_was_learned_becomes_one_improvement_with_the_words_as_evidence(app):
    ada = make_user(app, "leader")
    id = note(ada, "Doors open late. A woman waited in the rain.", friction="The key is with one person").id
    first = write(lambda: actions.make_improvement(id, leader_id=ada.id, now=now()))
    assert write(lambda: actions.make_improvement(id, leader_id=ada.id, now=now())) == first
    made = improvement(first)
    assert made.title == "The key is with one person"
    assert made.you_said == "Doors open late. A woman waited in the rain.\nThe key is with one person"
    assert not made.is_published
    empty = note(ada).id
    with pytest.raises(Refused, match="Nothing was noted"):
        write(lambda: actions.make_improvement(empty, leader_id=ada.id, now=now()))


def test_a_call_logs_itself_once_and_only_for_leaders(app):
    ada, staff = make_user(app, "leader"), make_user(app, "staff")

    def call(user, source):
        return write(lambda: actions.log_call(user.id, on=TODAY, source=source, learned="She moved"))

    assert [call(ada, "call:1"), call(ada, "call:1"), call(staff, "call:2"), call(ada, "call:3")] == [True, False, False, True]  # fmt: skip
    assert db.session.query(MirrorEntry).count() == 2


def test_comments_read_of_comments_received_are_those_of_the_inbox(app):
    ada, bob = make_user(app, "leader"), make_user(app, "leader")
    survey = from_template()
    for days_ago in (0, 3, 29, 30, 80):
        answer(survey, {"nps": 9, "reason": f"Words {days_ago}", "rating": 4}, on=TODAY - timedelta(days=days_ago))
    hidden = from_template(slug="hidden", privacy="confidential")
    answer(hidden, {"nps": 9, "reason": "Not for one pair of eyes", "rating": 4}, on=TODAY)
    ids = [comment.id for comment in newest_comments(10) if (TODAY - comment.written_on).days in (3, 80)]
    write(lambda: mark_read_by(ids, ada.id, now=now()))
    since = TODAY - timedelta(days=29)
    assert queries.comments_read(ada.id, since) == (3, 1)
    assert queries.comments_read(bob.id, since) == (3, 0)


def test_decisions_are_kept_and_the_next_month_begins_with_them(app):
    ada, viewer = make_user(app, "leader"), make_user(app, "viewer")

    def decide(month, what):
        return write(lambda: actions.decide(month, what=what, owner_id=ada.id, due_on=TODAY, by=ada.id))

    first, second, old = (
        decide(OCTOBER, "Call them"),
        decide(OCTOBER, "Open earlier"),
        decide(date(2026, 8, 1), "Ask why"),
    )
    with pytest.raises(Refused, match="somebody who works here"):
        write(lambda: actions.decide(OCTOBER, what="See", owner_id=viewer.id, due_on=TODAY, by=None))
    write(lambda: actions.mark_done(first.id, is_done=True, by=ada.id, today=TODAY))
    seen = agenda(NOVEMBER, TODAY)
    assert [(one.what, one.done_on) for one in seen.decided_before] == [("Call them", TODAY), ("Open earlier", None)]
    assert seen.before_words == "1 of 2 decisions are done."
    assert [one.id for one in seen.earlier_open] == [old.id]
    write(lambda: actions.mark_done(first.id, is_done=False, by=ada.id, today=TODAY))
    assert {one.done_on for one in agenda(NOVEMBER, TODAY).decided_before} == {None}
    assert [one.what for one in agenda(OCTOBER, TODAY).decisions] == [first.what, second.what]


def test_a_review_is_noted_and_put_right(app):
    ada = make_user(app, "leader")
    for who in ("Ada", "Ada, Bob"):
        write(lambda who=who: actions.hold(OCTOBER, attendees=who, on=TODAY, by=ada.id, now=now()))
    assert queries.review(OCTOBER).attendees == "Ada, Bob"
    assert queries.last_talk(ada.id, OCTOBER) == (None, True)


def test_the_agenda_equals_a_recount(app):
    with app.test_request_context():
        plan = [
            ("A2", 3, None),
            ("A2", 10, None),
            ("P2", 5, None),
            ("U2", 6, None),
            (None, 7, None),
            ("P2", 8, "A2"),
            ("A2", 25, None),
        ]
        for code, days_ago, coded in plan:
            leave(code, days_ago, coded=coded)
        ship("A2", 9)
        raised()
        seen = agenda(NOVEMBER, TODAY)
        inside = [row for row in plan if TODAY - timedelta(days=row[1]) >= NOVEMBER]
        assert seen.headline == f"{len(inside)} people left in November"
        assert seen.not_known == sum(code is None for code, _, _ in inside)
        assert {one.code: one.people for one in seen.top} == {"A2": 2, "P2": 2, "U2": 1}
        assert seen.values == {"EUR": 100 * len(inside)}
        again = sorted(
            TODAY - timedelta(days=days) for code, days, coded in inside if (coded or code) == "A2" and days < 9
        )
        (repeat,) = seen.repeats
        assert sorted(one.left_on for one in repeat.people) == again
        assert [theme.code for theme, _ in seen.unowned] == ["A2"]


def test_a_talk_with_somebody_who_left_stands_in_the_leaders_mirror_by_itself(app):
    leader, staff = make_user(app, "leader"), make_user(app, "staff")
    listened(app, case_of(leaver()), leader.id)
    listened(app, case_of(leaver()), staff.id)
    (entry,) = db.session.query(MirrorEntry)
    assert (entry.leader_id, entry.kind, entry.day) == (leader.id, CONVERSATION, today())


def test_promises_that_are_not_kept_stand_on_the_agenda(app):
    case = case_of(leaver(name="Mia Moss"))
    by = listened(app, case)

    def promised(what, days):
        return write(lambda: promise(case.id, what=what, owner_id=by, due_on=today() + timedelta(days=days), doing=did(by)))  # fmt: skip

    promised("A place that is kept", 9)
    kept = promised("A call back", 1)
    promised("A refund", 4)
    write(lambda: keep(kept, on=today(), doing=did(by)))
    assert [(one.what, one.person) for one in open_promises()] == [("A refund", "Mia Moss"), ("A place that is kept", "Mia Moss")]  # fmt: skip
