"""What a team does with comments: it is kept, shown, found again and undone; nothing of it where only groups are shown."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from survey.access.models import AuditEntry
from survey.foundation.db import db, write
from survey.text.actions import mark_read
from survey.text.models import Comment, Handling, Note, ReadMark
from survey.text.queries import comments_of
from tests.factories.counted import NOW, TODAY, answer, make_survey, read, reading
from tests.factories.people import csrf_token, make_user, sign_in

LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)
SAID = ("I waited twenty minutes in the waiting room.", "The price went up and nobody told me.", "Good people.")
LONG = "You put the price up again, and I read about it on my bank statement."
LIKE = "You put the prices up again and I read about it on my bank statement!!"


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def survey(app):
    made = make_survey()
    for number, words in enumerate(SAID):
        read(answer(made, {"nps": 3, "why": words}, on=TODAY - timedelta(days=number)), "negative")
    return made


@pytest.fixture
def me(survey, client):
    return sign_in(client, "staff")


def _comment(words):
    db.session.rollback()
    return db.session.query(Comment).filter(Comment.text == words).one()


def _do(client, words, do, **more):
    token = csrf_token(client, "/comments")
    return client.post(f"/comments/{_comment(words).id}/handle", data={"csrf_token": token, "do": do, **more})


def _listed(client, query=""):
    answer = client.get(f"/comments{query}")
    assert answer.status_code == 200, answer.text
    return [words for words in SAID if words in _plain(answer)]


def _plain(answer):
    return html.unescape(re.sub(r"</?mark>", "", answer.text))


def _all(model):
    db.session.rollback()
    return db.session.query(model).all()


def _audited():
    return {entry.what for entry in _all(AuditEntry)}


# ---- one comment --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_what_is_pinned_is_found_again_and_unpinned(client, me):
    assert _do(client, SAID[1], "pin").status_code == 303
    assert "1 pinned comment" in client.get("/comments").text
    assert _listed(client, "?pinned=yes") == [SAID[1]]
    _do(client, SAID[1], "unpin")
    assert _listed(client, "?pinned=yes") == []
    assert {"comment pinned", "comment unpinned"} <= _audited()


def test_an_answered_comment_says_who_answered_it_and_when_until_that_is_undone(client, me):
    _do(client, SAID[0], "answered")
    assert "Answered by Ada Staff, 20 Oct 2026" in client.get("/comments?answered=yes").text
    assert _listed(client, "?answered=no") == [SAID[1], SAID[2]]
    _do(client, SAID[0], "unanswered")
    assert _listed(client, "?answered=yes") == []


def test_a_comment_is_given_to_somebody_of_the_team_or_to_nobody(app, client, me):
    other = make_user(app, "leader", name="Grace")
    _do(client, SAID[0], "assign", to=str(other.id))
    _do(client, SAID[1], "assign", to=str(me.id))
    assert "Given to Grace" in client.get("/comments").text
    assert _listed(client, "?assigned=me") == [SAID[1]]
    assert _listed(client, "?assigned=somebody") == [SAID[0], SAID[1]]
    assert _listed(client, "?assigned=nobody") == [SAID[2]]
    _do(client, SAID[1], "assign", to="")
    assert _listed(client, "?assigned=me") == []


def test_a_comment_is_given_to_nobody_who_does_not_work_here(app, client, me):
    gone = make_user(app, "staff", active=False)
    for to in (str(gone.id), str(uuid4()), "somebody"):
        assert _do(client, SAID[0], "assign", to=to).status_code == 400
    assert all(row.assigned_to is None for row in _all(Handling))


def test_notes_are_kept_with_their_writer_and_taken_back_by_nobody_else(app, client, me):
    assert _do(client, SAID[0], "note", note="Called back,\nall is well").status_code == 303
    (note,) = _all(Note)
    assert (note.text, note.written_by) == ("Called back,\nall is well", me.id)
    address = f"/comments/{note.comment_id}/notes/{note.id}/take-back"
    other = app.test_client()
    sign_in(other, "staff")
    assert other.post(address, data={"csrf_token": csrf_token(other, "/comments")}).status_code == 400
    assert "Called back" in other.get("/comments").text
    assert client.post(address, data={"csrf_token": csrf_token(client, "/comments")}).status_code == 303
    page = client.get("/comments").text
    assert "Called back" not in page
    assert "A note that was taken back" in page


@pytest.mark.parametrize("note", ["", "  \n ", "x" * 2001])
def test_a_note_says_something_and_not_too_much(client, me, note):
    assert _do(client, SAID[0], "note", note=note).status_code == 400
    assert _all(Note) == []


def test_everybody_has_read_marks_of_their_own(app, client, me):
    _do(client, SAID[0], "read")
    _do(client, SAID[0], "read")
    assert _listed(client, "?read=yes") == [SAID[0]]
    assert _listed(client, "?read=no") == [SAID[1], SAID[2]]
    other = app.test_client()
    sign_in(other, "leader")
    assert _listed(other, "?read=no") == list(SAID)
    _do(client, SAID[0], "unread")
    assert _all(ReadMark) == []


@pytest.mark.usefixtures("both_databases")
def test_all_that_a_page_shows_is_marked_as_read_at_once_and_nothing_else(client, me):
    shown = [str(_comment(words).id) for words in (SAID[0], SAID[2])]
    data = {"csrf_token": csrf_token(client, "/comments"), "shown": [*shown, str(uuid4()), "nonsense"]}
    answer = client.post("/comments/read?sentiment=negative", data=data, follow_redirects=True)
    assert "2 comments are marked as read." in answer.text
    assert {str(mark.comment_id) for mark in _all(ReadMark)} == set(shown)


def test_an_answer_is_set_aside_from_the_list_and_counted_again(client, me):
    id = _comment(SAID[0]).id
    data = {"csrf_token": csrf_token(client, "/comments"), "why": "spam", "next": "/comments?sentiment=negative"}
    answer = client.post(f"/comments/{id}/set-aside", data=data)
    assert answer.location == f"/comments?sentiment=negative&aside={id}"
    assert SAID[0] not in client.get(answer.location).text
    assert f"/comments/{id}/count-again" in client.get(answer.location).text
    client.post(f"/comments/{id}/count-again", data={"csrf_token": csrf_token(client, "/comments")})
    assert _listed(client) == list(SAID)
    assert {"response set aside: spam", "response counted again"} <= _audited()


def test_what_is_no_deed_is_refused(client, me):
    assert _do(client, SAID[0], "burn").status_code == 400
    assert client.post(f"/comments/{uuid4()}/handle", data={"csrf_token": csrf_token(client, "/comments"), "do": "pin"}).status_code == 404  # fmt: skip
    for address in ("?answered=x", "?assigned=x", "?read=x", "?pinned=x", "?like=x", f"?like={uuid4()}", "?q=***", "?q=-a", "?aside=x", f"?keyword={'x' * 301}"):  # fmt: skip
        answer = client.get(f"/comments{address}")
        assert answer.status_code == 400, address


# ---- the list -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_a_search_marks_what_it_found_and_escapes_the_rest(client, survey):
    read(answer(survey, {"nps": 1, "why": "<b>Waiting</b> & waiting"}), "negative")
    sign_in(client)
    page = client.get("/comments?q=wait").text
    assert "&lt;b&gt;<mark>Waiting</mark>&lt;/b&gt; &amp; <mark>waiting</mark>" in page
    assert "2 comments" in page
    assert "that say “wait”" in page


@pytest.mark.usefixtures("both_databases")
def test_a_keyword_leads_to_the_comments_that_are_about_it(client, survey):
    id = answer(survey, {"nps": 1, "why": LONG})
    found = {comment.id: reading("negative", keywords=("bank statement", "price")) for comment in comments_of([id])}
    write(lambda: mark_read(id, found, now=NOW))
    sign_in(client)
    page = client.get("/comments").text
    (link,) = re.findall(r'href="(/comments\?keyword=bank[^"]*)"', page)
    found = client.get(html.unescape(link))
    assert "1 comment" in found.text
    assert LONG in found.text
    assert client.get("/comments?keyword=bank").text.count('class="verbatim') == 0


@pytest.mark.usefixtures("both_databases")
def test_of_comments_that_say_the_same_the_newest_stands_for_the_others(client, survey):
    for days in (5, 6, 40):
        read(answer(survey, {"nps": 1, "why": LONG}, on=TODAY - timedelta(days=days)), "negative")
    read(answer(survey, {"nps": 1, "why": LIKE}, on=TODAY - timedelta(days=7)), "negative")
    sign_in(client)
    page = client.get("/comments").text
    assert (page.count(LONG), page.count(LIKE)) == (1, 0)
    assert "7 comments" in page
    assert "4 of 7 comments, 3 more grouped with them" in page
    (link,) = re.findall(r'href="([^"]*like=[^"]*)">3 others say much the same', page)
    opened = client.get(html.unescape(link)).text
    assert (opened.count(LONG), opened.count(LIKE)) == (3, 1)
    assert "4 comments" in opened


@pytest.mark.usefixtures("both_databases")
def test_a_quote_stands_for_the_comments_about_a_reason(client, survey):
    for number in range(5):
        words = f"I wait far too long for a machine in the evening, day {number}"
        read(answer(survey, {"nps": 1, "why": words}), "negative", reasons=(("A2", 0.9),))
    sign_in(client)
    page = client.get("/comments?reason=A2").text
    assert "stands for 5 comments" in page
    assert "stands for" not in client.get("/comments").text


# ---- who may ------------------------------------------------------------------------------------------------------


def _confidential():
    survey = make_survey("quiet", privacy="confidential")
    for number in range(10):
        read(answer(survey, {"nps": 3, "why": f"I waited, number {number}"}, on=LAST_MONTH), "negative")
    return "I waited, number 3"


@pytest.mark.parametrize("query", ["q=waited", "keyword=x", "answered=no", "assigned=nobody", "read=no", "pinned=yes"])
def test_comments_of_a_confidential_survey_are_not_searched_or_narrowed(client, query):
    _confidential()
    sign_in(client)
    refused = client.get(f"/comments?survey=quiet&{query}")
    assert refused.status_code == 400
    assert "groups only" in refused.text
    assert "I waited" not in refused.text
    assert "I waited" not in client.get("/comments?q=waited").text


def test_comments_of_a_confidential_survey_can_be_read_and_nothing_else(client):
    words = _confidential()
    sign_in(client)
    assert "Mark read" in client.get("/comments?survey=quiet").text
    assert _do(client, words, "read").status_code == 303
    for do in ("pin", "answered", "assign", "note"):
        assert _do(client, words, do, note="words").status_code == 400
    id = _comment(words).id
    data = {"csrf_token": csrf_token(client, "/comments"), "why": "spam"}
    assert client.post(f"/comments/{id}/set-aside", data=data).status_code == 400
    assert client.get(f"/comments?like={id}").status_code == 400
    assert _all(Handling) == []
    assert _all(Note) == []


def test_a_viewer_does_nothing_with_comments(client, survey):
    sign_in(client, "viewer")
    data = {"csrf_token": csrf_token(client, "/results"), "do": "pin"}
    id = _comment(SAID[0]).id
    for address in (
        f"/comments/{id}/handle",
        "/comments/read",
        f"/comments/{id}/set-aside",
        f"/comments/{id}/count-again",
    ):
        assert client.post(address, data=data).status_code == 403
    assert _all(Handling) == []


def test_what_was_done_goes_with_the_comment(client, me):
    for do in ("pin", "read"):
        _do(client, SAID[0], do)
    _do(client, SAID[0], "note", note="words")
    id = _comment(SAID[0]).id
    write(lambda: db.session.delete(db.session.get(Comment, id)))
    assert [*_all(Handling), *_all(Note), *_all(ReadMark)] == []
