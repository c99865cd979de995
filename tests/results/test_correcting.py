"""Comments on the pages: corrected with one click or by phrase, explained, and never shown to whom they are not for."""

import html
import re
from datetime import timedelta

import pytest
import time_machine

from survey.foundation.db import db, write
from survey.results.queries import differences
from survey.text import queries
from survey.text.models import Comment, Correction
from survey.text.queries import comments_of, reasons_suggested
from tests.factories.counted import NOW, TODAY, answer, make_survey, read
from tests.factories.people import make_user, sign_in, submit

LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _comment(survey, words="I waited in the waiting room.", *, reasons=(("P1", 0.7),), sentiment="negative", **more):
    id = answer(survey, {"nps": 2, "why": words}, **more)
    read(id, sentiment, reasons=reasons)
    return comments_of([id])[0].id


def _text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(answer.text)))


def _correct(client, id, said, **more):
    return submit(client, f"/comments/{id}/correct", {"said": said, **more}, page=f"/comments/{id}")


def _tags(id):
    db.session.rollback()
    return {(reason.code, reason.source) for reason in queries.comment(id).reasons}


@pytest.mark.usefixtures("both_databases")
def test_one_click_corrects_a_reason_and_leads_back_to_the_comment(client):
    id = _comment(make_survey())
    sign_in(client, "staff")
    answer = submit(client, f"/comments/{id}/correct", {"said": "reason:A2", "next": "/comments?period=this-month"}, page="/comments")  # fmt: skip
    assert answer.headers["Location"] == f"/comments?period=this-month#comment-{id}"
    assert _tags(id) == {("A2", "human")}


def test_the_list_offers_what_the_machine_thought_of_first_and_everything_else_in_a_list(client):
    _comment(make_survey(), reasons=(("P1", 0.7), ("A2", 0.5)))
    sign_in(client, "staff")
    page = client.get("/comments").text
    buttons = re.findall(r'name="said" value="([^"]+)"', page)
    assert buttons[:4] == ["right", "reason:P1", "reason:A2", "reason:none"]
    options = re.findall(r'<option value="(\w+)">', page.split('name="other"')[1].split("</select>")[0])
    assert "E2" in options
    assert not {"P1", "A2", "Z1"} & set(options)


def test_another_reason_comes_from_the_list_and_needs_to_be_chosen(client):
    id = _comment(make_survey())
    sign_in(client, "staff")
    assert _correct(client, id, "reason:", other="E2").status_code == 303
    assert _tags(id) == {("E2", "human")}
    assert _correct(client, id, "reason:").status_code == 400
    assert _correct(client, id, "nonsense").status_code == 400


def test_saying_that_it_is_right_confirms_reasons_and_mood_and_is_taken_back_at_once(client):
    id = _comment(make_survey(), reasons=(("P1", 0.7), ("A2", 0.5)))
    sign_in(client, "staff")
    _correct(client, id, "right")
    assert _tags(id) == {("P1", "human"), ("A2", "human")}
    rows = db.session.query(Correction).all()
    assert [(row.value, row.was_right) for row in rows] == [("P1", True), ("A2", True), ("negative", True)]
    submit(client, f"/corrections/{rows[0].id}/undo", {"next": "/comments"}, page="/comments")
    assert _tags(id) == {("P1", "rule"), ("A2", "rule")}


def test_who_said_what_stands_beside_it_with_the_way_back(client):
    id = _comment(make_survey())
    sign_in(client, user=make_user(client.application, "staff", name="Ada Lovelace"))
    _correct(client, id, "sentiment:positive")
    page = client.get("/comments").text
    assert "Ada Lovelace: positive" in _text(client.get("/comments"))
    (undo,) = re.findall(r'action="(/corrections/[^"]+)"', page)
    submit(client, undo, {"next": "/comments", "to": f"comment-{id}"}, page="/comments")
    db.session.rollback()
    assert queries.comment(id).sentiment == "negative"
    assert "Ada Lovelace: positive (taken back)" in _text(client.get(f"/comments/{id}"))


def test_the_way_back_never_leads_to_another_site(client):
    id = _comment(make_survey())
    sign_in(client, "staff")
    for elsewhere in ("https://example.com", "//example.com", "/\\example.com"):
        answer = _correct(client, id, "reason:A2", next=elsewhere)
        assert answer.headers["Location"] == f"/comments/{id}#comment-{id}"


def test_a_single_answer_offers_the_same(client):
    survey = make_survey()
    id = _comment(survey)
    sign_in(client, "staff")
    response_id = queries.comment(id).response_id
    page = client.get(f"/responses/{response_id}")
    assert f'action="/comments/{id}/correct"' in page.text
    _correct(client, id, "reason:A2", next=f"/responses/{response_id}")
    assert 'class="tag">Waiting<' in client.get(f"/responses/{response_id}").text


@pytest.mark.parametrize(
    "address", ["/comments", "/comments/phrase", "/reading", "/reading/check", "/themes", "/reasons"]
)
def test_viewers_see_none_of_it(client, address):
    sign_in(client, "viewer")
    assert client.get(address).status_code == 403


# ---- small groups ---------------------------------------------------------------------------------------------------


def _group(survey, n, on):
    return [_comment(survey, f"I waited, number {number}.", on=on) for number in range(n)]


def test_a_comment_of_a_group_is_corrected_where_the_group_may_be_read_and_nowhere_else(client):
    survey = make_survey(privacy="confidential")
    shown, late = _group(survey, 8, LAST_MONTH), _group(survey, 3, TODAY)
    sign_in(client, "staff")
    assert client.get(f"/comments/{late[0]}").status_code == 404
    page = _text(client.get(f"/comments/{shown[0]}"))
    assert "Their rating" not in page
    assert "score" not in page
    _correct(client, shown[0], "reason:A2")
    assert _tags(shown[0]) == {("A2", "human")}
    token = {"said": "reason:A2"}
    assert submit(client, f"/comments/{late[0]}/correct", token, page=f"/comments/{shown[0]}").status_code == 404
    assert _tags(late[0]) == {("P1", "rule")}
    assert differences(survey.id) == []


def test_a_group_that_is_too_small_stays_closed(client):
    survey = make_survey(privacy="anonymous")
    (id, *_rest) = _group(survey, 7, LAST_MONTH)
    sign_in(client, "admin")
    assert client.get(f"/comments/{id}").status_code == 404


def test_nothing_of_a_group_stands_among_phrases_picks_and_themes(client):
    survey = make_survey(privacy="confidential")
    _group(survey, 9, LAST_MONTH)
    sign_in(client, "staff")
    assert "No comment has “wait*”" in _text(client.get("/comments/phrase?words=wait*"))
    assert "Nothing is left to check" in _text(client.get("/reading/check"))
    assert "Waiting" not in client.get("/themes").text.split("<main")[1]
    assert client.get("/themes?survey=autumn").status_code == 400


# ---- why ------------------------------------------------------------------------------------------------------------


def test_the_page_says_why(client):
    id = _comment(make_survey(), "I waited an hour and nobody cared.", reasons=(("A2", 0.85),))
    sign_in(client, "staff")
    answer = client.get(f"/comments/{id}")
    page = _text(answer)
    assert "Their rating low: this counts towards negative" in page
    assert "All together negative, sure (90%)" in page
    assert "“waited an hour”" in page
    assert "<mark>waited an hour</mark>" in answer.text
    assert "reasons version 1, before anything was learned" in page
    assert client.get("/comments/00000000-0000-0000-0000-000000000000").status_code == 404


def test_what_could_not_be_read_says_so(client):
    id = _comment(make_survey(), sentiment="not_scored", reasons=())
    write(lambda: db.session.execute(Comment.__table__.update().values(trouble="RecursionError")))
    sign_in(client, "staff")
    assert "Something in it broke off the reading (RecursionError)" in _text(client.get(f"/comments/{id}"))


# ---- by phrase ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_a_phrase_is_shown_before_it_is_applied_and_what_people_said_stays(client):
    survey = make_survey()
    ids = [_comment(survey, f"{who} sat in the waiting room.") for who in ("Ann", "Bob", "Cay")]
    other = _comment(survey, "Lovely.", reasons=())
    sign_in(client, "staff")
    _correct(client, ids[0], "reason:E1")
    address = "/comments/phrase?words=Waiting+Room&reason=A2"
    page = _text(client.get(address))
    assert "2 comments with “waiting room”" in page
    assert "1 more was judged by a person already and stays as it is." in page
    assert reasons_suggested(survey_id=survey.id)["A2"] == 0
    form = {"words": "waiting room", "reason": "A2", "many": "2"}
    done = submit(client, "/comments/phrase", form, page=address)
    assert done.status_code == 303
    assert [_tags(id) for id in ids] == [{("E1", "human")}, {("A2", "human")}, {("A2", "human")}]
    assert _tags(other) == set()
    (correction,) = queries.corrections_of([ids[1]])[ids[1]]
    submit(client, f"/corrections/{correction.id}/undo", {}, page="/comments")
    assert [_tags(id) for id in ids] == [{("E1", "human")}, {("P1", "rule")}, {("P1", "rule")}]


def test_what_was_not_shown_is_not_changed(client):
    survey = make_survey()
    _comment(survey)
    sign_in(client, "staff")
    address = "/comments/phrase?words=waiting+room&reason=A2"
    client.get(address)
    later = _comment(survey)
    submit(client, "/comments/phrase", {"words": "waiting room", "reason": "A2", "many": "1"}, page=address)
    assert _tags(later) == {("P1", "rule")}
    assert "Look again: nothing was changed." in _text(client.get(address))


@pytest.mark.parametrize("query", ["words=*", "words=a*", "words=..", "reason=XX", "words=a;b"])
def test_what_is_no_phrase_is_refused_in_words(client, query):
    sign_in(client, "staff")
    assert client.get(f"/comments/phrase?{query}").status_code == 400


# ---- how well it reads ----------------------------------------------------------------------------------------------


def test_nobody_has_checked_yet(client):
    sign_in(client, "staff")
    assert "Nobody has checked yet how well it reads." in _text(client.get("/reading"))


@pytest.mark.usefixtures("both_databases")
def test_honest_figures_stand_with_n_and_interval(client):
    survey = make_survey()
    ids = [_comment(survey, f"I waited, number {number}.", reasons=(("A2", 0.7),)) for number in range(6)]
    sign_in(client, "staff")
    for id in ids[:4]:
        _correct(client, id, "right")
    for id in ids[4:]:
        _correct(client, id, "reason:P1")
    page = _text(client.get("/reading"))
    assert "It found the right reason in 4 of 6 comments that people checked." in page
    assert "67% right, 6 comments" in page
    assert "Between 30% and 90%." in page
    assert "Waiting When it says so, it is right: 4 of 6, between 30% and 90%" in page
    assert "Price too high When it says so, it is right: – Of those there are, it finds: 0 of 2" in page
    assert "mistakes catch the eye" in page
    assert "No comment was judged by two people yet" in page
    assert "after 4 more corrections" in page


@pytest.mark.usefixtures("both_databases")
def test_of_equal_words_one_is_picked_until_that_is_judged(client):
    survey = make_survey()
    for _ in range(3):
        _comment(survey, "Too slow.")
    sign_in(client, "staff")
    (picked,) = re.findall(r'id="comment-([^"]+)"', client.get("/reading/check").text)
    _correct(client, picked, "right", by_chance="yes")
    assert "Nothing is left to check" in _text(client.get("/reading/check"))


@pytest.mark.usefixtures("both_databases")
def test_comments_picked_by_chance_count_apart_once_they_are_enough(client):
    survey = make_survey()
    ids = [_comment(survey, f"I waited, number {number}.", reasons=(("A2", 0.7),)) for number in range(21)]
    sign_in(client, "staff")
    _correct(client, ids[0], "reason:P1")
    page = client.get("/reading/check").text
    assert len(re.findall(r'name="by_chance"', page)) == 20
    for id in ids[1:]:
        _correct(client, id, "right", by_chance="yes")
    page = _text(client.get("/reading"))
    assert "It found the right reason in 20 of 20 comments that people checked." in page
    assert "picked by chance." in page
