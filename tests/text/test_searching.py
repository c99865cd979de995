"""The search of comments: what is understood, what is found on both databases alike, and what is marked."""

from datetime import timedelta

import pytest
from flask import current_app
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text

from survey.foundation.db import db, write
from survey.foundation.errors import Refused
from survey.responses.models import Response
from survey.text.actions import clear_index, index_next
from survey.text.models import Comment
from survey.text.queries import comments, comments_together, count_comments
from survey.text.rules.searching import LONGEST_SEARCH, MOST_WORDS, Part, marked, sameness, search, words_of
from tests.factories.counted import TODAY, answer, make_survey, read

SAID = (
    "I waited twenty minutes in the waiting room.",
    "The waiters were friendly; the room was cold.",
    "Room service? Waiting, waiting, waiting …",
    "The café raised its prices again. NEAR my flat AND the station.",
    "Don't call it customer service.",
    "Ihr habt die Preise erhöht, und zwar übermäßig.",
    "Cancelled: billing was wrong",
)


# ---- what is typed ----------------------------------------------------------------------------------------------------


def test_words_phrases_beginnings_and_what_must_not_occur_are_told_apart():
    assert search('Waiting "the café" -cold bill*').parts == (
        Part(("waiting",)), Part(("the", "cafe")), Part(("cold",), is_without=True), Part(("bill",), is_start=True),
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["„waiting room“", "“waiting room”", '"waiting room"', "waiting-room", "waiting'room"]
)
def test_words_that_are_typed_together_are_a_phrase(typed):
    assert search(typed).parts == (Part(("waiting", "room")),)


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_no_search(typed):
    assert search(typed) is None


@pytest.mark.parametrize("typed", ["***", "-cold", '""', "?!", "x" * (LONGEST_SEARCH + 1), "a " * (MOST_WORDS + 1)])
def test_what_cannot_be_searched_for_is_refused_in_words(typed):
    with pytest.raises(Refused):
        search(typed)


def test_signs_of_a_query_language_are_plain_text():
    assert [part.words for part in search('waiting AND (room OR NEAR/3 "price').parts] == [
        ("waiting",), ("and",), ("room",), ("or",), ("near", "3"), ("price",),
    ]  # fmt: skip


def test_the_same_words_in_other_forms_are_the_same_and_very_few_words_never():
    assert sameness("You put the prices up AGAIN!") == sameness("you put the price up, again")
    assert sameness("You put the price up again") != sameness("The price up again you put")
    assert sameness("Good, very good") is None


# ---- what is marked -----------------------------------------------------------------------------------------------


def _marked(said, typed):
    return [words for words, is_found in marked(said, search(typed)) if is_found]


def test_what_the_index_matched_is_marked_in_the_words_of_the_writer():
    assert _marked(SAID[0], "wait") == ["waited", "waiting"]
    assert _marked(SAID[0], '"waiting room"') == ["waiting room"]
    assert _marked(SAID[3], "cafe pric*") == ["café", "prices"]
    assert _marked(SAID[1], "room -waiting") == ["room"]


@given(said=st.text(max_size=200), typed=st.text(min_size=1, max_size=40))
def test_marking_loses_nothing_of_a_text(said, typed):
    try:
        wanted = search(typed)
    except Refused:
        return
    if wanted is not None:
        assert "".join(words for words, _is_found in marked(said, wanted)) == said


# ---- what is found ------------------------------------------------------------------------------------------------


@pytest.fixture
def survey(heard):
    made = make_survey()
    for number, words in enumerate(SAID):
        read(answer(made, {"nps": 5, "why": words}, on=TODAY - timedelta(days=number)), "negative")
    return made


def _found(typed, **filters):
    items = comments(search=search(typed), **filters).items
    assert len(items) == count_comments(search=search(typed), **filters)
    return [SAID.index(comment.text) for comment in items]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("waiting", [0, 2]), ("waiting room", [0, 2]), ('"waiting room"', [0]), ("room -waiting", [1]), ("wait*", [0, 1, 2]),
        ("cafe", [3]), ("CAFÉ", [3]), ("price", [3]), ("erhoht", [5]), ("near and", [3]), ("don't", [4]), ("bil*", [6]),
        ('"customer serv*"', [4]), ("service -\"customer service\"", [2]), ("canceling", [6]), ("übermäßig", [5]), ("nothing", []),
    ],
)  # fmt: skip
def test_both_databases_find_the_same_newest_first(survey, typed, found):
    assert _found(typed) == found


def test_a_search_is_narrowed_like_every_list(survey):
    assert _found("waiting", survey_id=survey.id, sentiment="negative", until=TODAY - timedelta(days=1)) == [2]
    assert _found("waiting", sentiment="positive") == []


def test_pages_of_a_search_follow_one_another_without_gap_or_repeat(survey):
    for listed in (comments, comments_together):
        seen, cursor = [], None
        while True:
            page = listed(search=search("room"), limit=1, cursor=cursor)
            seen += [SAID.index(one.text) for one in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert seen == [0, 1, 2]


@pytest.mark.parametrize("cursor", ["nonsense", "WyJ4Il0", "WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTkiXQ"])
def test_a_page_of_a_search_that_does_not_exist_is_refused(survey, cursor):
    with pytest.raises(Refused):
        comments(search=search("room"), cursor=cursor)


def test_no_comment_of_a_survey_that_shows_groups_is_ever_indexed(heard):
    for privacy in ("confidential", "anonymous"):
        made = make_survey(privacy, privacy=privacy)
        read(answer(made, {"why": SAID[0]}), "negative")
    _rebuild()
    assert db.session.scalars(select(Comment).where(Comment.search_row.is_not(None))).all() == []
    assert _indexed() == 0


def test_words_leave_the_index_with_their_comment(survey):
    first = db.session.scalar(select(Response.id).order_by(Response.submitted_on.desc()))
    write(lambda: db.session.execute(delete(Response).where(Response.id == first)))
    db.session.rollback()
    assert _found("waiting") == [2]
    assert _indexed() == len(SAID) - 1


def test_the_index_can_be_made_anew(survey):
    before = [_found(typed) for typed in ("wait*", "room", "service")]
    told = _told_by_command()
    db.session.rollback()
    assert told == f"Indexed {len(SAID)} comments."
    assert [_found(typed) for typed in ("wait*", "room", "service")] == before
    assert _indexed() == len(SAID)


def test_reading_again_indexes_nothing_twice(survey):
    id = db.session.scalar(select(Comment.response_id).where(Comment.text == SAID[0]))
    read(id, "positive")
    assert _found("waiting") == [0, 2]


def _told_by_command():
    """What the command says that makes the index anew."""
    answer = current_app.test_cli_runner().invoke(args=["text", "index"])
    assert answer.exit_code == 0, answer.output
    return answer.output.strip()


def _rebuild():
    write(clear_index)
    after = None
    while (step := write(lambda after=after: index_next(after)))[0]:
        after = step[1]


def _indexed():
    """How many comments the index itself holds that say “the”, “waiting”, or anything else of ours."""
    if db.engine.dialect.name == "postgresql":
        return db.session.scalar(text("SELECT count(*) FROM comment_search"))
    found = set()
    for word in ("waiting", "waiters", "prices", "customer", "preise", "billing"):
        found |= set(
            db.session.scalars(
                text("SELECT rowid FROM comment_search WHERE comment_search MATCH :word"), {"word": word}
            )
        )
    return len(found)


TYPED = st.lists(
    st.one_of(
        st.sampled_from(['"', "*", "-", "NEAR(", ")", "AND", "OR", "NOT", "waiting", "room", "'", ":", "^", "{", "|", "&", "!", "<->", "%", "\\"]),
        st.text(max_size=6),
    ),
    max_size=15,
).map(" ".join)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.one_of(TYPED, st.text(max_size=1000)))
def test_nothing_that_is_typed_breaks_a_database(survey, typed):
    try:
        wanted = search(typed)
    except Refused:
        return
    if wanted is not None:
        items = comments(search=wanted).items
        assert all(any(is_found for _words, is_found in marked(one.text, wanted)) for one in items)


@given(said=st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=80))
def test_words_are_told_apart_as_sqlite_does(said):
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE one USING fts5(words, tokenize='porter unicode61 remove_diacritics 2')")
    connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(one, 'instance')")
    connection.execute("INSERT INTO one VALUES (?)", (said.replace("\x00", ""),))
    there = [term for (term,) in connection.execute("SELECT term FROM terms ORDER BY offset")]
    connection.close()
    assert [word.stem for word in words_of(said.replace("\x00", ""))] == there
