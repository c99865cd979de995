"""What letters of invitation say, and that looking at their links changes nothing."""

from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.foundation.tokens import digest
from survey.invitations import actions, queries
from survey.invitations.actions import Plan
from survey.invitations.jobs import look_after_campaigns, queue_campaigns
from survey.invitations.models import Invitation, Participation
from survey.invitations.rules import Audience, Words
from survey.letters.jobs import send_letters
from survey.letters.models import Letter
from survey.letters.rules.states import State, Why
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import survey_by_slug
from survey.responses.models import Response
from tests.factories.letters import make_person, stored
from tests.factories.people import sign_in
from tests.factories.surveys import from_template, send


@pytest.fixture
def app(lean_app):
    return lean_app


@pytest.fixture
def post(app):
    """Invite everybody to a survey and return the letters that lie in the folder."""

    def invite(slug="how", **said):
        survey_id = survey_by_slug(slug).id
        id = write(
            lambda: actions.plan_campaign(survey_id, Plan("Autumn", Audience("everybody"), **said), by=None, now=now())
        ).id
        write(lambda: actions.start(id, now=now()))
        queue_campaigns()
        send_letters()
        look_after_campaigns()
        folder = app.extensions["hearback.config"].instance_path / "mail"
        db.session.rollback()
        return id, [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]

    return invite


def link_in(message):
    text = message.get_body(["plain"]).get_content()
    start = text.index("http://127.0.0.1:8000/r/")
    return text[start:].split()[0].removeprefix("http://127.0.0.1:8000")


def everything():
    """All rows of the database, to see whether any has changed."""
    db.session.rollback()
    return {
        table.name: sorted(map(repr, db.session.execute(table.select()).all()))
        for table in db.metadata.sorted_tables
        if table.name != "heartbeat"
    }


def test_the_first_question_stands_in_the_letter_and_a_click_only_chooses(post, client):
    from_template(slug="how")
    make_person(name="Mia Moe")
    _id, (message,) = post()
    html = message.get_body(["html"]).get_content()
    assert "Hello Mia Moe," in html
    assert [html.count(f'?nps={grade}"') for grade in range(11)] == [1] * 11
    assert "A click opens the survey with your choice in it." in html
    path, before = link_in(message), everything()
    for _each in range(3):
        page = client.get(path)
        assert page.status_code == 200
        assert client.head(path).status_code == 200
    assert everything() == before
    grade = path.rpartition("=")[2]
    assert f'value="{grade}" checked' in page.text.replace("  ", " ") or f'value="{grade}"' in page.text


def test_whoever_answers_by_the_letter_is_counted_and_not_reminded(post, client):
    from_template(slug="how")
    make_person()
    id, (message,) = post(reminders=1, reminder_days=1)
    path = link_in(message).partition("?")[0]
    answer = send(client, path, {"nps": "9"})
    assert answer.status_code == 303
    campaign = queries.campaign(id)
    assert queries.numbers(campaign, started=None).completed == 1
    assert db.session.scalar(select(Response.channel)) == "personal"


def test_a_reminder_that_was_on_its_way_is_held_back_once_somebody_has_answered(post, client):
    from_template(slug="how")
    make_person()
    _id, (message,) = post()
    send(client, link_in(message).partition("?")[0], {"nps": "9"})
    invitation = db.session.scalar(select(Letter).where(Letter.kind == "invitation"))
    first_id = invitation.id
    reminder = write(lambda: _remind(first_id))
    send_letters()
    assert (stored(reminder).state, stored(reminder).why) == (State.HELD, Why.ANSWERED)


def _remind(letter_id):
    first = db.session.get(Letter, letter_id)
    made = Letter(
        kind="reminder", person_id=first.person_id, about=first.about, said={"number": 1}, mailing_id=first.mailing_id
    )
    db.session.add(made)
    db.session.flush()
    return made.id


def test_a_closed_survey_invites_nobody(post):
    from_template(slug="how")
    write(lambda: setattr(survey_by_slug("how"), "closed_at", now()))
    make_person()
    id, messages = post()
    assert messages == []
    assert queries.numbers(queries.campaign(id), started=None).held == [("closed", 1)]


def test_the_teams_own_words_stand_in_the_letter_in_the_persons_language(post):
    from_template(slug="how")
    make_person(language="de")
    _id, (message,) = post(words={"en": Words("Your visit", "Tell us, Mia.")})
    assert message["Subject"] == "Your visit"
    assert message["Content-Language"] == "en"  # the survey has no other
    assert "Tell us, Mia." in message.get_body(["plain"]).get_content()


def test_the_secret_of_an_anonymous_link_cannot_be_made_again(post, app, client):
    from_template(slug="how")
    write(lambda: db.session.execute(Survey.__table__.update().values(privacy="anonymous")))
    make_person()
    id, (message,) = post()
    invitation = db.session.scalar(select(Invitation))
    token = link_in(message).partition("?")[0].rpartition("/")[2]
    assert invitation.token_hash == digest(token)
    assert token != app.extensions["hearback.links"].own_token("invitation", invitation.id)
    assert queries.campaign(id).mailing.is_quiet
    sign_in(client)
    assert client.get(f"/surveys/how/invitations/{id}/links.csv").status_code == 400
    assert db.session.scalar(select(Participation)) is None


def test_the_address_of_a_letter_with_a_hostile_name_is_text(post):
    from_template(slug="how")
    make_person(name='<img src=x onerror="alert(1)">\r\nBcc: all@example.org')
    _id, (message,) = post()
    assert message["Bcc"] is None
    assert "<img" not in message.get_body(["html"]).get_content()
