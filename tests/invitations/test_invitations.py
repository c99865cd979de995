from datetime import date
from uuid import uuid4

from survey.customers.models import Person
from survey.foundation.db import db, write
from survey.invitations import actions, queries
from survey.questionnaires.actions import set_options
from survey.questionnaires.queries import survey_by_slug
from tests.factories.drafts import NOW, change, make_survey
from tests.factories.people import sign_in, submit

DAY = date(2026, 3, 2)


def make_person(**columns):
    def work():
        person = Person(**columns)
        db.session.add(person)
        db.session.flush()
        return person

    return write(work)


def invite(person, slug="how"):
    return write(lambda: actions.invite(survey_by_slug(slug), db.session.get(Person, person.id), now=NOW))


def test_a_link_finds_its_survey_and_person_and_its_token_is_not_kept(app):
    make_survey()
    token = invite(make_person(name="Bo"))
    found = queries.invitation_by_token(token)
    assert (found.survey.slug, found.person.name) == ("how", "Bo")
    assert token not in found.token_hash
    assert queries.invitation_by_token(token + "x") is None


def test_a_link_is_used_once_whatever_the_tab(app):
    survey = make_survey()
    invitation = queries.invitation_by_token(invite(make_person(name="Bo"))).id
    first, second = uuid4(), uuid4()
    assert queries.participation(invitation) is None
    assert write(lambda: actions.use(invitation, form_id=first, on=DAY))
    assert not write(lambda: actions.use(invitation, form_id=second, on=DAY))
    assert queries.participation(invitation).form_id == first
    assert queries.how_many_invited(survey.id) == (1, 1)


def test_used_links_of_anonymous_surveys_are_noted_together_and_without_a_day(app):
    make_survey()
    change("how", lambda survey: set_options(survey, privacy="anonymous", is_listed=False))
    ids = [queries.invitation_by_token(invite(make_person(name=f"P{n}"))).id for n in range(6)]
    waiting, survey_id = actions.Participants(), survey_by_slug("how").id
    together = [waiting.add(survey_id, id, minimum=5) for id in ids]
    assert [len(some) for some in together] == [0, 0, 0, 0, 5, 0]
    write(lambda: actions.use_together(survey_id, together[4]))
    noted = [queries.participation(id) for id in ids]
    assert [one and (one.form_id, one.used_on) for one in noted] == [(None, None)] * 5 + [None]


PAGE = "/surveys/how/personal-link"


def test_staff_make_a_link_by_number_or_address_and_see_it_once(client):
    make_survey()
    make_person(name="Bo", external_id="C-17", email="bo@example.org")
    sign_in(client, "staff")
    for who in ("C-17", " BO@example.org "):
        page = submit(client, PAGE, {"who": who})
        assert page.status_code == 200
        assert "http://127.0.0.1:8000/r/" in page.text
    assert "/r/" not in client.get(PAGE).text


def test_somebody_unknown_is_refused_with_what_was_typed(client):
    make_survey()
    sign_in(client, "staff")
    page = submit(client, PAGE, {"who": "nobody@example.org"})
    assert page.status_code == 422
    assert "Nobody in People" in page.text
    assert "nobody@example.org" in page.text
