"""What counts no more: answers that the team set aside, and answers that somebody took back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.customers.models import Consent
from survey.departures.models import Departure, DepartureReason
from survey.foundation.db import db, write
from survey.questionnaires.kinds.base import ContactAnswer
from survey.responses import actions
from survey.responses.models import Response
from survey.results.actions import fold
from survey.results.queries import counts, differences
from survey.results.rules.tally import responses_in
from survey.text.models import Comment
from survey.text.queries import count_comments
from tests.factories.counted import read
from tests.factories.people import sign_in, submit
from tests.factories.surveys import answer, from_template, hidden, send

GOOD = {"nps": 9, "reason": "All is well.", "rating": 5}


def change(act, response_id):
    write(lambda: act(db.session.get_one(Response, response_id)))


def n(survey):
    db.session.rollback()
    return responses_in(counts(survey.id))


def test_an_answer_that_was_set_aside_counts_nowhere_until_it_counts_again(app, client):
    survey = from_template()
    first, other = (answer(survey, GOOD).response_id for _number in range(2))
    read(first, "positive")
    change(lambda found: actions.set_aside(found, "spam"), first)
    assert (n(survey), count_comments(survey_id=survey.id)) == (1, 1)
    assert differences(survey.id) == []
    sign_in(client, "staff")
    page = client.get("/surveys/spring/responses").text
    assert "1 response" in page
    assert (
        submit(client, "/surveys/spring/responses.csv", page="/surveys/spring/responses").text.count("All is well.")
        == 1
    )
    assert "No: it is spam." in client.get(f"/responses/{first}").text
    change(actions.count_again, first)
    assert (n(survey), count_comments(survey_id=survey.id)) == (2, 2)
    assert differences(survey.id) == []


def test_the_team_sets_aside_and_undoes_it_on_the_page_of_an_answer(client):
    survey = from_template()
    id = answer(survey, GOOD).response_id
    sign_in(client, "staff")
    submit(client, f"/responses/{id}/set-aside", {"why": "test"}, page=f"/responses/{id}")
    assert "No: it was a test." in client.get(f"/responses/{id}").text
    assert n(survey) == 0
    submit(client, f"/responses/{id}/count-again", page=f"/responses/{id}")
    assert n(survey) == 1
    for nonsense in ("withdrawn", "", "x" * 500):
        assert (
            submit(client, f"/responses/{id}/set-aside", {"why": nonsense}, page=f"/responses/{id}").status_code == 400
        )
    assert n(survey) == 1


def test_somebody_takes_their_answer_back_and_nothing_of_it_stays(client):
    survey = from_template()
    page = hidden(client.get("/s/spring").text)
    sent = {**page, "nps": "2", "reason": "My secret reason."}
    thanks = client.post("/s/spring", data=sent).location
    address = f"{thanks}/take-back"
    assert address in client.get(thanks).text
    asked = client.get(address)
    assert "Take your answer back?" in asked.text
    assert "secret" not in asked.text
    assert n(survey) == 1
    for _press in range(2):
        done = client.post(address, data=hidden(asked.text))
        assert done.status_code == 303
    assert "Your answer is taken back" in client.get(address).text
    assert n(survey) == 0
    assert db.session.query(Comment).count() == 0
    row = db.session.query(Response).one()
    assert (row.answers, row.score, row.person_id, row.set_aside) == ({}, None, None, "withdrawn")
    assert differences(survey.id) == []
    client.post("/s/spring", data=sent)  # a late copy of the same form
    assert n(survey) == 0
    assert "secret" not in client.get(thanks).text


def test_taking_back_takes_consent_and_what_was_told_of_leaving_along(app):
    survey = from_template("exit", slug="bye")
    told = {"reasons": {"codes": ["P1"], "other": ""}, "words": "Too dear."}
    id = answer(survey, told, contact=ContactAnswer("bo@example.org", words="Yes")).response_id
    assert db.session.query(Departure).count() == 1
    change(lambda found: actions.withdraw(found, now=found.submitted_at), id)
    db.session.rollback()
    assert db.session.query(Departure).count() == 0
    assert db.session.query(DepartureReason).count() == 0
    assert db.session.query(Consent).count() == 0  # the address came with the answer alone, and went with it


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_where_nobody_can_tell_whose_it_is_nothing_can_be_taken_back(client, privacy):
    from_template(privacy=privacy)
    thanks = send(client, "/s/spring", {"nps": "9"}).location
    assert "take-back" not in client.get(thanks).text
    assert client.get(f"{thanks}/take-back").status_code == 404


def test_a_token_for_one_receipt_takes_no_other_back(client):
    survey = from_template()
    one, other = (send(client, "/s/spring", {"nps": "9"}).location for _number in range(2))
    token = hidden(client.get(f"{one}/take-back").text)
    assert client.post(f"{other}/take-back", data=token).status_code == 400
    assert client.post(f"{other}/take-back", data={"form": "x"}).status_code == 400
    assert n(survey) == 2


def test_the_promise_on_the_page_is_kept_with_the_answer(client):
    from_template()
    send(client, "/s/spring", {"nps": "9"})
    row = db.session.query(Response).one()
    assert row.promise == "identified/1"
    sign_in(client, "leader")
    assert "until you take it back" in client.get(f"/responses/{row.id}").text


STEPS = st.lists(
    st.tuples(st.sampled_from(["submit", "read", "test", "again", "withdraw", "fold"]), st.integers(0, 3)), max_size=12
)


def test_whatever_happens_to_answers_the_counts_are_those_of_a_recount(app):
    survey = from_template()
    moods = ("positive", "negative", "mixed", "none")

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(STEPS)
    def play(steps):
        made = []
        for step, number in steps:
            db.session.rollback()
            if step == "submit":
                made.append(
                    answer(survey, {**GOOD, "nps": number}, voice=("customer", "unverified")[number % 2]).response_id
                )
            elif step == "fold":
                write(fold)
            elif made:
                _do(step, made[number % len(made)], moods[number])
        db.session.rollback()
        assert differences(survey.id) == []

    play()


def _do(step, id, mood):
    state = db.session.get(Response, id).set_aside
    if step == "read" and state != "withdrawn":
        read(id, mood)
    elif step == "test" and state is None:
        change(lambda found: actions.set_aside(found, "test"), id)
    elif step == "again" and state == "test":
        change(actions.count_again, id)
    elif step == "withdraw":
        change(lambda found: actions.withdraw(found, now=found.submitted_at), id)
