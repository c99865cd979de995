from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import event

from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.text.queries import (
    comments,
    comments_of,
    count_comments,
    count_unread,
    newest_comments,
    reasons_suggested,
    unread,
)
from tests.factories.counted import TODAY, answer, make_survey, read

YESTERDAY = TODAY - timedelta(days=1)
LAST_WEEK = TODAY - timedelta(days=7)


@pytest.fixture
def survey(heard):
    """Five comments on three days: three were read, of which two sound like a reason."""
    made = make_survey()
    days = (LAST_WEEK, YESTERDAY, YESTERDAY, TODAY, TODAY)
    ids = [answer(made, {"nps": 5, "why": f"Words {number}"}, on=day) for number, day in enumerate(days)]
    read(ids[0], "negative", reasons=(("A2", 0.7),))
    read(ids[1], "negative", reasons=(("A2", 0.7), ("P2", 0.5)))
    read(ids[3], "positive")
    return made


def _texts(page):
    return [comment.text for comment in page.items]


def test_comments_are_listed_newest_first(survey):
    assert _texts(comments()) == ["Words 4", "Words 3", "Words 2", "Words 1", "Words 0"]
    assert [comment.text for comment in newest_comments(2)] == ["Words 4", "Words 3"]


def test_pages_follow_one_another_without_gap_or_repeat(survey):
    found, cursor = [], None
    while True:
        page = comments(limit=2, cursor=cursor)
        found.append(_texts(page))
        cursor = page.next
        if cursor is None:
            break
    assert found == [["Words 4", "Words 3"], ["Words 2", "Words 1"], ["Words 0"]]


@pytest.mark.parametrize("cursor", ["nonsense", "WyJ4IiwieSJd"])
def test_a_page_that_does_not_exist_is_refused(survey, cursor):
    with pytest.raises(Refused):
        comments(cursor=cursor)


def test_comments_are_filtered_by_what_was_read_in_them(survey):
    assert _texts(comments(sentiment="negative")) == ["Words 1", "Words 0"]
    assert _texts(comments(reason="P2")) == ["Words 1"]
    assert _texts(comments(reason="A2", sentiment="positive")) == []


def test_both_ends_of_a_period_belong_to_it(survey):
    assert _texts(comments(since=LAST_WEEK, until=YESTERDAY)) == ["Words 2", "Words 1", "Words 0"]
    assert _texts(comments(since=YESTERDAY, until=YESTERDAY)) == ["Words 2", "Words 1"]


def test_every_count_is_the_length_of_its_list(survey):
    choices = product(
        (survey.id, None), ("negative", "positive", "none", None), ("A2", None), (YESTERDAY, None), (YESTERDAY, None)
    )
    counts = set()
    for survey_id, sentiment, reason, since, until in choices:
        filters = {"survey_id": survey_id, "sentiment": sentiment, "reason": reason, "since": since, "until": until}
        assert count_comments(**filters) == len(comments(**filters).items)
        counts.add(count_comments(**filters))
    assert counts == {0, 1, 2, 3, 4, 5}


def test_comments_of_another_survey_are_not_listed(survey):
    other = make_survey("other")
    answer(other, {"nps": 5, "why": "Elsewhere"})
    assert _texts(comments(survey_id=other.id)) == ["Elsewhere"]
    assert count_comments(survey_id=survey.id) == 5
    assert count_comments() == 6


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_comments_that_were_promised_to_stay_in_a_group_are_listed_with_their_survey_alone(heard, privacy):
    survey = make_survey(privacy=privacy)
    answer(survey, {"nps": 5, "why": "Between us"})
    assert (count_comments(), _texts(comments()), newest_comments(5)) == (0, [], [])
    assert _texts(comments(survey_id=survey.id)) == ["Between us"]


def test_a_list_takes_as_many_statements_for_many_comments_as_for_one(survey):
    def statements(limit):
        seen = []
        db.session.expunge_all()
        event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        for comment in comments(limit=limit).items:
            assert comment.response.survey.slug == "autumn"
            assert comment.response.person is None
            assert len(comment.reasons) < 3
        return sum(statement.startswith("SELECT") for statement in seen)

    assert statements(1) == statements(5) == 2


def test_each_response_counts_once_for_a_reason(survey):
    assert reasons_suggested(survey_id=survey.id) == {"A2": 2, "P2": 1}
    assert reasons_suggested(survey_id=survey.id, since=YESTERDAY, until=TODAY) == {"A2": 1, "P2": 1}
    assert reasons_suggested(survey_id=make_survey("empty").id) == {}


def test_the_comments_of_some_responses_stand_together(survey):
    ids = {comment.response_id for comment in comments(since=TODAY).items}
    assert {comment.text for comment in comments_of(ids)} == {"Words 3", "Words 4"}
    assert comments_of([]) == []


def test_what_was_not_read_yet_is_found_in_parts(survey):
    assert count_unread() == 2
    first = unread(1)
    assert len(first) == 1
    assert unread(5, after=first[0]) == unread(5)[1:]
