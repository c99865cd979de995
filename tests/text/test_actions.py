from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select

from survey.foundation.db import db, write
from survey.responses.models import Response
from survey.text.actions import mark_all_read, mark_read
from survey.text.models import Comment, CommentReason
from survey.text.queries import comments_of
from tests.factories.counted import NOW, TODAY, answer, make_survey, read, reading


@pytest.fixture
def survey(heard):
    return make_survey()


def _two_comments(survey):
    """A response with two comments."""
    id = answer(survey, {"nps": 3, "why": "Slow."})
    first = comments_of([id])[0]
    row = {column.key: getattr(first, column.key) for column in Comment.__table__.c}
    write(
        lambda: db.session.execute(
            Comment.__table__.insert(), {**row, "id": uuid4(), "question_key": "z", "text": "Kind."}
        )
    )
    return id, [comment.id for comment in comments_of([id])]


def _sentiment(response_id):
    return db.session.scalar(select(Response.sentiment).where(Response.id == response_id))


def test_a_written_answer_becomes_a_comment_that_waits_to_be_read(survey):
    id = answer(survey, {"nps": 2, "why": "I waited two hours."}, voice="former_customer")
    (comment,) = comments_of([id])
    assert (comment.text, comment.question_key, comment.written_on) == ("I waited two hours.", "why", TODAY)
    assert (comment.voice, comment.score, comment.rating, comment.asks_for) == ("former_customer", 2, -0.6, "open")
    assert (comment.sentiment, comment.reader, comment.signal_words, comment.reasons) == (None, None, [], [])


def test_an_answer_without_words_leaves_no_comment(survey):
    id = answer(survey, {"nps": 2})
    assert comments_of([id]) == []


def test_comments_of_named_people_lie_in_the_order_of_time_and_anonymous_ones_do_not(heard):
    named, hidden = make_survey("named"), make_survey("hidden", privacy="anonymous")
    versions = {
        survey.slug: {comments_of([answer(survey, {"nps": 9, "why": "Good"})])[0].id.version for _ in range(3)}
        for survey in (named, hidden)
    }
    assert versions == {"named": {7}, "hidden": {4}}


def test_what_was_read_is_kept_with_the_comment_and_told(survey, heard):
    id = answer(survey, {"nps": 2, "why": "Slow."})
    found = {comments_of([id])[0].id: reading("negative", (("A2", 0.7), ("P2", 0.45)), ("waiting time",))}
    write(lambda: mark_read(id, found, now=NOW))
    (kept,) = comments_of([id])
    assert (kept.sentiment, kept.text_sentiment, kept.keywords) == ("negative", "negative", ["waiting time"])
    assert [(reason.code, reason.confidence) for reason in kept.reasons] == [("A2", 0.7), ("P2", 0.45)]
    assert (kept.read_at, kept.reader) == (NOW, "reader-2")
    (told,) = heard
    assert (told.response_id, told.sentiment, told.was) == (id, "negative", None)
    assert told.reasons == (("A2", 0.7), ("P2", 0.45))
    assert _sentiment(id) == "negative"


def test_reading_twice_changes_nothing_and_is_not_told_again(survey, heard):
    id = answer(survey, {"nps": 2, "why": "Slow."})
    for _ in range(2):
        read(id, "negative", reasons=(("A2", 0.7),))
    assert len(heard) == 1
    assert [reason.code for reason in comments_of([id])[0].reasons] == ["A2"]


def test_another_reading_replaces_the_first_and_tells_what_was(survey, heard):
    id = answer(survey, {"nps": 2, "why": "Slow."})
    read(id, "negative", reasons=(("A2", 0.7),))
    read(id, "mixed", reasons=(("P2", 0.5),))
    assert (heard[1].was, heard[1].sentiment, heard[1].reasons) == ("negative", "mixed", (("P2", 0.5),))
    assert [reason.code for reason in comments_of([id])[0].reasons] == ["P2"]


def test_other_reasons_alone_are_told_too(survey, heard):
    id = answer(survey, {"nps": 2, "why": "Slow."})
    read(id, "negative", reasons=(("A2", 0.7),))
    read(id, "negative")
    assert (heard[1].was, heard[1].sentiment, heard[1].reasons) == ("negative", "negative", ())


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("positive", "negative", "mixed"),
        ("mixed", "positive", "mixed"),
        ("none", "negative", "negative"),
        ("positive", "not_scored", "positive"),
        ("none", "not_scored", "not_scored"),
        ("none", "none", "none"),
    ],
)
def test_the_comments_of_a_response_speak_together(survey, heard, one, other, both):
    id, (first, second) = _two_comments(survey)
    write(lambda: mark_read(id, {first: reading(one), second: reading(other)}, now=NOW))
    assert (heard[0].sentiment, _sentiment(id)) == (both, both)


def test_the_surest_of_two_comments_counts_for_a_reason(survey, heard):
    id, (first, second) = _two_comments(survey)
    found = {first: reading("none", (("A2", 0.5), ("P2", 0.6))), second: reading("none", (("A2", 0.9),))}
    write(lambda: mark_read(id, found, now=NOW))
    assert heard[0].reasons == (("A2", 0.9), ("P2", 0.6))


def test_a_comment_that_is_read_later_joins_what_was_read_before(survey, heard):
    id, (first, second) = _two_comments(survey)
    write(lambda: mark_read(id, {first: reading("negative", (("A2", 0.5),))}, now=NOW))
    write(lambda: mark_read(id, {second: reading("positive")}, now=NOW))
    assert [(event.was, event.sentiment, event.reasons) for event in heard] == [
        (None, "negative", (("A2", 0.5),)),
        ("negative", "mixed", (("A2", 0.5),)),
    ]


def test_the_moment_of_reading_an_anonymous_comment_is_not_kept(heard):
    id = answer(make_survey("hidden", privacy="anonymous"), {"nps": 2, "why": "Slow."})
    read(id, "negative")
    (comment,) = comments_of([id])
    assert (comment.sentiment, comment.read_at) == ("negative", None)


def test_what_has_gone_meanwhile_is_left_out(survey, heard):
    stays, goes = (answer(survey, {"nps": 2, "why": "Slow."}) for _ in range(2))
    readings = {
        id: {comment.id: reading("negative", (("A2", 0.7),)) for comment in comments_of([id])} for id in (stays, goes)
    }
    write(lambda: db.session.execute(delete(Response).where(Response.id == goes)))
    write(lambda: mark_all_read(readings, now=NOW))
    assert [event.response_id for event in heard] == [stays]
    assert db.session.scalars(select(CommentReason.code)).all() == ["A2"]


def test_nothing_is_told_of_a_response_nobody_knows(survey, heard):
    write(lambda: mark_read(UUID(int=1), {UUID(int=2): reading("negative")}, now=NOW))
    assert heard == []


def test_a_reading_is_kept_whole_or_not_at_all(survey):
    id = answer(survey, {"nps": 2, "why": "Slow."})

    def undone():
        mark_read(id, {comments_of([id])[0].id: reading("negative")}, now=NOW)
        raise KeyError("power cut")

    with pytest.raises(KeyError):
        write(undone)
    assert comments_of([id])[0].sentiment is None
