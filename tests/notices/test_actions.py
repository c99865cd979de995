"""Who is told of what, how it counts up, and when letters about it go; on both databases."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select

from survey.customers.actions import add_person, end_stay
from survey.customers.rules import PersonEntry
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.foundation.events import emit
from survey.foundation.imports.events import ImportFinished
from survey.foundation.jobs import Job
from survey.invitations.events import CampaignFinished
from survey.letters.models import Letter
from survey.notices import actions, queries
from survey.notices.jobs import forget_notices, post_notices, post_weekly, tell_of_answers
from survey.notices.models import Notice
from survey.notices.rules.kinds import How
from survey.organisation.models import Organisation
from survey.responses.actions import set_aside, submit
from survey.responses.models import Response
from survey.text.actions import assign
from survey.text.queries import comments_of
from tests.factories.counted import NOW, TODAY, answer, answer_often, make_survey, submission
from tests.factories.notices import MINUTE, letters_of, notices_of, tell, told, work
from tests.factories.people import make_user


@pytest.fixture
def people(app):
    """One of each role, and somebody whose account is closed."""
    roles = {role: make_user(app, role) for role in ("admin", "leader", "staff", "viewer")}
    return {**roles, "closed": make_user(app, "leader", active=False)}


def jobs():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.kind.like("tell_of%")))


# ---- low scores and answers of leavers -----------------------------------------------------------------------------


def test_low_scores_of_a_day_are_one_notice_that_counts_up(people):
    survey = make_survey()
    answer_often(survey, ({"nps": 6}, 25), ({"nps": 2, "why": "Cold showers"}, 1), ({"nps": 7}, 5), ({"nps": 10}, 5))
    assert told(people["leader"]) == []  # nothing is written with the answers but what the worker shall look at
    work()
    for role in ("admin", "leader", "staff"):
        assert told(people[role]) == [("low_score", 26)]
    assert told(people["viewer"]) == told(people["closed"]) == []
    (notice,) = notices_of(people["leader"])
    assert notice.words(TODAY) == "26 low scores in “The autumn survey” on 20 October"
    assert notice.path == "/surveys/autumn/responses"
    assert notice.how == How.DAILY
    assert "Cold" not in str(notice.said)
    assert notice.said["comment"] == str(comments_of(db.session.scalars(select(Response.id)).all())[0].id)


def test_a_job_that_runs_twice_tells_nothing_twice_and_what_was_seen_is_new_again_where_it_grew(people):
    survey, leader = make_survey(), people["leader"]
    id = answer(survey, {"nps": 0})
    work()
    (seen,) = [notice.id for notice in notices_of(leader)]
    write(lambda: actions.mark_read(leader.id, seen, now=now()))
    tell_of_answers([id])
    assert [(one.many, one.is_unread) for one in notices_of(leader)] == [(1, False)]
    answer(survey, {"nps": 3})
    work()
    assert [(one.many, one.is_unread) for one in notices_of(leader)] == [(2, True)]
    answer(survey, {"nps": 3}, on=TODAY - timedelta(days=1))
    work()
    assert sorted(told(leader)) == [("low_score", 1), ("low_score", 2)]


def test_on_other_scales_low_is_what_lies_below_the_middle(people):
    survey = make_survey(keys=("rating",))
    answer_often(survey, ({"rating": 1}, 1), ({"rating": 2}, 1), ({"rating": 3}, 4), ({"rating": 5}, 4))
    work()
    assert told(people["staff"]) == [("low_score", 2)]


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_of_surveys_that_show_groups_alone_nothing_is_told(people, privacy):
    answer(make_survey(privacy=privacy), {"nps": 0, "why": "Bad"})
    answer(make_survey("gone", keys=("nps", "reasons"), purpose="exit", privacy=privacy), {"nps": 0})
    assert jobs() == 0
    work()
    assert db.session.scalar(select(func.count()).select_from(Notice)) == 0


def test_history_doubted_answers_and_those_set_aside_are_told_of_by_nobody(people):
    survey = make_survey()
    answer(survey, {"nps": 0}, doubts=("fast",))
    sent = submission(survey, {"nps": 0})
    write(lambda: submit(type(sent)(**{**sent.__dict__, "is_history": True, "channel": "import"})))
    assert jobs() == 0
    id = answer(survey, {"nps": 1})
    write(lambda: set_aside(db.session.get_one(Response, id), "spam"))
    work()
    assert told(people["leader"]) == []


def test_answers_that_say_why_somebody_left_are_told_apart_from_low_scores(people):
    survey = make_survey("gone", keys=("nps", "reasons"), purpose="exit")
    answer_often(survey, ({"nps": 9, "reasons": {"codes": ["P2"], "other": ""}}, 2), ({"nps": 1}, 1))
    answer(survey, {"nps": 9}, voice="employee")
    work()
    assert sorted(told(people["leader"])) == [("low_score", 1), ("new_case", 3)]
    words = {one.kind: one.words(TODAY) for one in notices_of(people["leader"])}
    assert words["new_case"] == "3 answers in “The gone survey” on 20 October say why somebody left"


def test_people_whom_staff_mark_as_left_are_one_notice_a_day(people):
    for number in range(3):
        entry = PersonEntry(external_id=f"C-{number}", name=f"Mia {number}", started_on=date(2025, 1, 1))
        write(lambda entry=entry: end_stay(add_person(entry, now=now()).id, on=TODAY, source="staff"))
        work()
    assert told(people["staff"]) == [("new_case", 3)]
    assert notices_of(people["staff"])[0].words(TODAY) == "3 people were marked as left on 20 October"


def test_a_burst_writes_as_many_rows_for_ten_answers_as_for_two_hundred(people):
    survey = make_survey()
    answer_often(survey, ({"nps": 0}, 200))
    said = []
    for one in db.engines.values():
        event.listen(one, "before_cursor_execute", lambda *args: said.append(args[2]))
    work()
    assert told(people["leader"]) == [("low_score", 200)]
    assert len([one for one in said if one.lstrip().upper().startswith("INSERT INTO NOTICE")]) == 1


# ---- what is for one person ----------------------------------------------------------------------------------------


def test_who_is_given_a_comment_hears_of_it_unless_they_took_it(people):
    survey, staff, leader = make_survey(), people["staff"], people["leader"]
    (comment,) = [one.id for one in comments_of([answer(survey, {"nps": 9, "why": "Quick and friendly"})])]
    write(lambda: assign(comment, staff.id, by=leader.id, now=now()))
    write(lambda: assign(comment, staff.id, by=leader.id, now=now()))  # pressed twice
    assert told(staff) == [("assigned", 1)]
    assert told(leader) == []
    (notice,) = notices_of(staff)
    assert notice.words(TODAY) == "Ada Leader gave you a comment from “The autumn survey”"
    assert (notice.path, notice.how) == (f"/comments/{comment}", How.AT_ONCE)
    write(lambda: assign(comment, leader.id, by=leader.id, now=now()))
    assert told(leader) == []


def test_who_handed_a_file_in_or_started_a_campaign_hears_that_it_is_done(people):
    staff, survey, id = people["staff"], make_survey(), uuid4()
    whole = ImportFinished(id, "responses", survey.id, "may.csv", staff.id, 1200, 3, True, now())
    write(lambda: emit(whole))
    write(lambda: emit(ImportFinished(uuid4(), "customers", None, "all.csv", staff.id, 10, 0, False, now())))
    write(lambda: emit(CampaignFinished(id, "Autumn letter", "autumn", staff.id, 480)))
    write(lambda: emit(CampaignFinished(uuid4(), "By nobody", "autumn", None, 1)))
    write(lambda: emit(CampaignFinished(uuid4(), "By a viewer", "autumn", people["viewer"].id, 1)))
    words = {one.path: one.words(TODAY) for one in notices_of(staff)}
    assert len(words) == 3
    assert words[f"/surveys/autumn/import/{id}"] == "Your file “may.csv” is read in: 1,200 rows, 3 of them not taken"
    assert words[f"/surveys/autumn/invitations/{id}"] == "Your invitations “Autumn letter” are done: 480 letters"
    assert "Your file “all.csv” could not be read to its end: 10 rows were read" in words.values()
    assert told(people["leader"]) == told(people["viewer"]) == []


# ---- letters -------------------------------------------------------------------------------------------------------


def test_what_goes_at_once_waits_ten_minutes_for_more_and_is_then_at_most_one_letter_an_hour(people, clock):
    staff = people["staff"]
    tell("assigned", only=staff)
    clock.shift(9 * MINUTE)
    tell("import_finished", only=staff, file="may.csv", is_whole=True)
    assert post_notices() == 0
    clock.shift(MINUTE)
    assert post_notices() == 1
    assert post_notices() == 0
    (letter,) = letters_of(staff)
    assert {one.bundle_id for one in notices_of(staff)} == {letter.about}
    assert letter.said == {}
    tell("assigned", only=staff)
    clock.shift(20 * MINUTE)
    assert post_notices() == 0
    clock.shift(40 * MINUTE)
    assert post_notices() == 1
    assert len(letters_of(staff)) == 2


def test_a_trickle_that_never_ends_is_mailed_all_the_same(people, clock):
    leader = people["leader"]
    write(lambda: actions.choose(leader.id, leader.role, {"low_score": How.AT_ONCE}))
    for number in range(1, 12):
        tell("low_score", once="low", many=number)
        clock.shift(MINUTE)
    assert post_notices() == 1
    tell("low_score", once="low", many=99)
    assert notices_of(leader)[0].mailed_at is None
    clock.shift(61 * MINUTE)
    assert post_notices() == 1


def test_what_goes_daily_goes_at_seven_where_the_organisation_is_and_what_goes_never_does_not(people, clock):
    write(lambda: db.session.merge(Organisation(id=1, time_zone="America/New_York")))
    write(lambda: actions.choose(people["staff"].id, people["staff"].role, {"low_score": How.NEVER}))
    tell("low_score")  # noon in London, eight in the morning in New York
    clock.move_to(datetime(2026, 10, 21, 10, 59, tzinfo=UTC))
    assert post_notices() == 0
    clock.move_to(datetime(2026, 10, 21, 11, 0, tzinfo=UTC))
    tell("low_score")  # after seven: with the next one
    assert post_notices() == 2  # the admin and the leader
    assert post_notices() == 0
    assert [one.mailed_at is None for one in notices_of(people["leader"])] == [True, False]
    assert letters_of(people["staff"]) == []
    clock.move_to(datetime(2026, 10, 22, 11, 0, tzinfo=UTC))
    assert post_notices() == 2


def test_what_was_seen_is_not_mailed_and_a_choice_counts_for_what_waits(people, clock):
    leader, staff = people["leader"], people["staff"]
    tell("assigned", only=leader)
    tell("assigned", only=staff)
    write(lambda: actions.mark_all_read(leader.id, until=now(), now=now()))
    write(lambda: actions.choose(staff.id, staff.role, {"assigned": How.DAILY}))
    clock.shift(60 * MINUTE)
    assert post_notices() == 0
    clock.move_to(datetime(2026, 10, 21, 7, 0, tzinfo=UTC))
    assert post_notices() == 1
    assert len(letters_of(staff)) == 1


def test_two_workers_post_one_letter(people, clock):
    staff = people["staff"]
    tell("assigned", only=staff)
    clock.shift(10 * MINUTE)
    first = write(lambda: actions.mail(staff.id, How.AT_ONCE, now=now()))
    assert first is not None
    assert write(lambda: actions.mail(staff.id, How.AT_ONCE, now=now())) is None
    tell("assigned", only=staff, once="another")
    assert write(lambda: actions.mail(staff.id, How.AT_ONCE, now=now())) is None  # the same hour: it waits
    assert [one.bundle_id is None for one in notices_of(staff)] == [True, False]
    assert len(letters_of(staff)) == 1


@pytest.mark.parametrize(("hours", "due"), [(6.9, 0), (7, 2), (20, 2), (30.9, 2), (31, 0)])
def test_weekly_letters_go_on_mondays_from_seven_and_once(people, clock, hours, due):
    write(lambda: [setattr(db.session.merge(one), "created_at", NOW - timedelta(days=30)) for one in people.values()])
    clock.move_to(datetime(2026, 10, 19, tzinfo=UTC) + timedelta(hours=hours))
    assert post_weekly() == due
    assert post_weekly() == 0
    assert len(letters_of(people["leader"], "weekly")) == len(letters_of(people["admin"], "weekly")) == due // 2
    assert letters_of(people["staff"], "weekly") == []


def test_who_wants_no_weekly_letter_or_came_after_it_gets_none(people, clock):
    write(lambda: setattr(db.session.merge(people["admin"]), "created_at", NOW - timedelta(days=30)))
    clock.move_to(datetime(2026, 10, 19, 8, tzinfo=UTC))
    write(lambda: actions.choose(people["admin"].id, people["admin"].role, {"weekly": How.NEVER}))
    assert post_weekly() == 0


def test_nobody_chooses_what_is_not_for_their_role(people):
    with pytest.raises(Refused):
        write(lambda: actions.choose(people["staff"].id, people["staff"].role, {"weekly": How.WEEKLY}))
    with pytest.raises(Refused):
        write(lambda: actions.choose(people["viewer"].id, people["viewer"].role, {"low_score": How.DAILY}))


# ---- limits --------------------------------------------------------------------------------------------------------


def test_lists_and_counts_take_one_query_each_however_much_there_is(people):
    leader = people["leader"]
    for number in range(60):
        tell("assigned", only=leader, once=f"assigned:{number}")
    said = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    db.session.rollback()
    assert queries.count_unread(leader) == 60
    first = queries.notices(leader)
    second = queries.notices(leader, cursor=first.next)
    assert (len(first.items), len(second.items), second.next) == (50, 10, None)
    assert len({one.id for one in (*first.items, *second.items)}) == 60
    assert len([one for one in said if "notice" in one]) == 3


def test_what_is_asked_on_every_page_and_at_every_round_is_answered_by_an_index(sqlite_app):
    said = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: said.append(args[2:4]))
    queries.count_unread(make_user(sqlite_app, "leader"))
    queries.due(now=now())
    plans = [
        " ".join(row[3] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", values))
        for asked, values in list(said)
        if "FROM notice" in asked
    ]
    assert len(plans) == 2
    assert "USING INDEX ix_notice_unread" in plans[0]
    assert "USING INDEX ix_notice_to_mail" in plans[1]


def test_somebody_who_became_a_viewer_sees_nothing_of_what_they_were_told(people):
    leader = people["leader"]
    tell("low_score")
    assert queries.count_unread(leader) == 1
    leader.role = "viewer"
    assert queries.count_unread(leader) == 0
    assert queries.notices(leader).items == []


def test_what_is_half_a_year_old_is_forgotten(people, clock):
    tell("low_score")
    clock.shift(timedelta(days=181))
    tell("low_score")
    forget_notices()
    assert len(notices_of(people["leader"])) == 1
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0
