"""One form is one answer, however often and at once it is sent: over HTTP, with the counts that follow from it."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from survey.foundation.db import db
from survey.foundation.jobs import Job
from survey.responses.models import Response
from survey.results.queries import counts, differences
from survey.results.rules.tally import responses_in
from survey.text.models import Comment
from tests.factories.surveys import from_template, hidden

FORMS, COPIES = 60, 8
ADDRESS = "/s/spring"


def _forms(client, number):
    return [hidden(client.get(ADDRESS).text) for _ in range(number)]


def _send_at_once(app, bodies):
    """Send all bodies, as many at a time as there are copies, and return the answers in order."""

    def send(body):
        with app.app_context():
            answer = app.test_client().post(ADDRESS, data=body)
        return answer.status_code, answer.headers.get("Location", "")

    with ThreadPoolExecutor(COPIES) as pool:
        answers = list(pool.map(send, bodies))
    db.session.rollback()  # to see what the others wrote
    return answers


def _number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_sixty_forms_sent_eight_times_at_once_are_sixty_answers(app, client):
    survey = from_template()
    forms = _forms(client, FORMS)
    bodies = [{**form, "nps": str(place % 11), "reason": f"Reason {place}"} for place, form in enumerate(forms)]
    answers = _send_at_once(app, [body for body in bodies for _copy in range(COPIES)])

    assert {status for status, _ in answers} == {303}
    receipts = [{place for _, place in answers[start : start + COPIES]} for start in range(0, len(answers), COPIES)]
    assert all(len(receipt) == 1 and "kept=" not in str(receipt) for receipt in receipts)
    assert len(set.union(*receipts)) == FORMS
    assert [_number_of(model) for model in (Response, Comment, Job)] == [FORMS] * 3
    assert responses_in(counts(survey.id)) == FORMS
    assert differences(survey.id) == []


def test_of_different_answers_under_one_form_the_first_wins_and_the_others_are_told(app, client):
    from_template()
    [form] = _forms(client, 1)
    bodies = [{**form, "nps": str(grade), "reason": f"I say {grade}"} for grade in range(COPIES)]
    answers = _send_at_once(app, bodies)

    [stored] = db.session.scalars(select(Response))
    assert {status for status, _ in answers} == {303}
    for grade, (_, place) in enumerate(answers):
        told = "We kept your first answer" in client.get(place).text
        assert told == (grade != stored.answers["nps"])
    assert stored.answers["reason"] == f"I say {stored.answers['nps']}"
    assert db.session.scalars(select(Comment.text)).all() == [stored.answers["reason"]]
