import pytest
from sqlalchemy import select

from survey.customers.actions import leave_alone
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.invitations import queries
from survey.invitations.actions import Plan, plan_campaign, start
from survey.invitations.jobs import queue_campaigns
from survey.invitations.models import Campaign, Invitation, Participation
from survey.invitations.rules import Audience
from survey.letters.actions import new_mailing
from survey.letters.jobs import send_letters
from survey.letters.models import Letter
from survey.letters.rules.pace import Hours
from survey.questionnaires.queries import survey_by_slug
from tests.factories.letters import make_letter, make_person
from tests.factories.people import sign_in, submit
from tests.factories.surveys import from_template

ALL_DAY = {"since": "0", "until": "24", "reminders": "1", "reminder_days": "5"}
PLAN = {"name": "Autumn", "group": "everybody", "segments": "", **ALL_DAY}
LIST = "/surveys/how/invitations"


@pytest.fixture
def app(lean_app):
    return lean_app


@pytest.fixture
def staff(client):
    from_template(slug="how")
    sign_in(client, "staff")
    return client


def plan(staff, **said):
    answer = submit(staff, f"{LIST}/new", {**PLAN, **said})
    assert answer.status_code == 303, answer.text
    return answer.location


def press(staff, page, step):
    return submit(staff, f"{page}/{step}", page=page)


def sent(staff, **said):
    page = plan(staff, **said)
    press(staff, page, "start")
    queue_campaigns()
    send_letters()
    return page


def test_an_empty_page_says_what_will_stand_there(staff):
    page = staff.get(LIST).text
    assert "Plan a campaign" in page
    assert "Make a personal link" in page
    assert "It waits for no event yet." in staff.get(f"{LIST}/triggers").text


def test_a_plan_tells_how_many_would_be_written_to_and_why_others_would_not(staff):
    make_person("a@example.org", name="Mia Moe")
    make_person(None)
    alone = make_person("b@example.org").id
    write(lambda: leave_alone(alone, now=now()))
    page = staff.get(plan(staff)).text
    assert "1 person would be written to, 2 would not." in page
    assert "There is no e-mail address" in page
    assert "does not want to be written to" in page
    assert "As Mia Moe would get it." in page
    frame = staff.get(f"{plan(staff)}/letter")
    assert "Hello Mia Moe," in frame.text
    assert "sandbox" in frame.headers["Content-Security-Policy"]
    assert "/r/" not in frame.text  # links of a preview lead nowhere


def test_every_number_of_a_campaign_opens_as_many_letters(staff):
    for number in range(3):
        make_person(f"p{number}@example.org", name="Mia Moe")
    make_person(None)
    page = sent(staff)
    told = staff.get(page).text
    assert "There is no e-mail address" not in told.split("Held back")[0]
    for state, why, many in (("sent", "", 3), ("held", "no_address", 1)):
        found = staff.get(f"{page}/letters?state={state}&why={why}")
        assert f"{many} letter" in found.text
    assert "p0@example.org" not in staff.get(f"{page}/letters?state=sent").text
    assert "0 of 3 invited people sent their answers (AAPOR RR1)." in told


def test_what_cannot_be_is_said_and_what_was_typed_is_kept(staff):
    for wrong, said in (
        ({"name": ""}, "Give it a name"),
        ({"segments": "gold"}, "is no line such as plan = gold"),
        ({"group": "list"}, "Paste your list or choose a file."),
        ({"since": "18", "until": "9"}, "This hour must be later than the first."),
        ({"per_hour": "0"}, "Enter a number from 1"),
        ({"reminder_days": "x"}, "Enter a number from 1 to 90."),
    ):
        answer = submit(staff, f"{LIST}/new", {**PLAN, "subject_en": "Kept words", **wrong})
        assert answer.status_code == 422
        assert said in answer.text, wrong
        assert "Kept words" in answer.text
    assert db.session.query(Campaign).count() == 0


def test_a_list_names_whom_nobody_knows(staff):
    make_person("a@example.org", external_id="A-1")
    page = plan(staff, group="list", people="A-1\nnobody@example.org\n")
    told = staff.get(page).text
    assert "1 of your list is not in People: nobody@example.org" in told
    assert "1 person would be written to." in told


def test_a_campaign_is_stopped_goes_on_and_is_ended_by_its_buttons(staff):
    make_person()
    page = plan(staff)
    press(staff, page, "start")
    queue_campaigns()
    press(staff, page, "stop")
    assert send_letters() == 0
    assert "nothing more goes until it goes on" in staff.get(page).text
    press(staff, page, "go-on")
    press(staff, page, "end")
    assert send_letters() == 0
    assert "Ended by your team" in staff.get(page).text


def test_a_survey_that_is_not_open_starts_no_campaign(staff):
    make_person()
    page = plan(staff)
    write(lambda: setattr(survey_by_slug("how"), "closed_at", now()))
    assert "The survey is not open" in staff.get(page).text
    assert press(staff, page, "start").status_code == 400


def test_the_links_can_be_had_as_a_file_by_name(staff):
    make_person("a@example.org", name="=cmd|' /C calc'!A0")
    page = sent(staff)
    file = staff.get(f"{page}/links.csv")
    assert "http://127.0.0.1:8000/r/" in file.text
    assert "'=cmd" in file.text
    link = file.text[file.text.index("/r/") :].split()[0].strip('"')
    assert staff.get(link).status_code == 200


def test_a_test_goes_to_whoever_asks_for_it(staff, app):
    make_person()
    page = plan(staff)
    assert press(staff, page, "test").status_code == 303
    assert send_letters() == 1
    folder = app.extensions["hearback.config"].instance_path / "mail"
    assert "Test: " in next(folder.glob("*.eml")).read_text()


def test_a_trigger_is_added_and_switched_off_by_its_buttons(staff):
    submit(staff, f"{LIST}/triggers", {"event": "purchase", "after_days": "3"})
    assert "3 days after a purchase" in staff.get(f"{LIST}/triggers").text
    (trigger,) = queries.triggers_of(survey_by_slug("how").id)
    submit(staff, f"{LIST}/triggers/{trigger.id}", {"on": "0"}, page=f"{LIST}/triggers")
    assert "Switch on" in staff.get(f"{LIST}/triggers").text
    assert submit(staff, f"{LIST}/triggers", {"event": "purchase", "after_days": "-1"}).status_code == 422


@pytest.mark.parametrize("path", ["/surveys/nobody/invitations", f"{LIST}/01a22fad-a4b4-752e-9e9a-a43b69548175"])
def test_what_is_not_there_is_not_found(staff, path):
    assert staff.get(path).status_code == 404


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_looking_at_a_letter_neither_spends_its_link_nor_tells_who_has_answered(staff, privacy):
    from_template(slug="quiet", privacy=privacy)
    survey = survey_by_slug("quiet").id
    plan = Plan("Autumn", Audience("everybody"))
    make_person("a@example.org", name="Mia Moe")
    id = write(lambda: plan_campaign(survey, plan, by=None, now=now())).id
    write(lambda: start(id, now=now()))
    queue_campaigns()
    send_letters()
    letter = db.session.scalar(select(Letter))
    secret, page = select(Invitation.token_hash), f"/outbox/{letter.id}"
    before, token = staff.get(page), db.session.scalar(secret)
    staff.get(f"{page}/preview")
    about = letter.about
    write(lambda: db.session.add(Participation(invitation_id=about)))
    after = staff.get(page)
    assert (before.status_code, after.status_code) == (200, 200)
    db.session.rollback()
    assert db.session.scalar(secret) == token
    assert after.text == before.text
    assert staff.get(f"{page}/preview").status_code == 200


@pytest.mark.parametrize(("privacy", "is_told"), [("identified", True), ("confidential", False)])
def test_a_campaign_for_very_few_does_not_tell_who_of_them_has_answered(staff, privacy, is_told):
    from_template(slug="quiet", privacy=privacy)
    survey, plan = survey_by_slug("quiet").id, Plan("Autumn", Audience("everybody"))
    make_person("a@example.org")
    id = write(lambda: plan_campaign(survey, plan, by=None, now=now())).id
    write(lambda: start(id, now=now()))
    queue_campaigns()
    send_letters()
    assert ("Finished" in staff.get(f"/surveys/quiet/invitations/{id}").text) is is_told


def test_nobody_sees_whom_a_survey_that_is_not_by_name_has_reminded(staff):
    mailing = write(lambda: new_mailing(hours=Hours(), per_hour=None, is_quiet=True)).id
    reminder = make_letter(kind="reminder", mailing_id=mailing)
    assert staff.get(f"/outbox/{reminder.id}").status_code == 404
    assert staff.get(f"/outbox/{reminder.id}/preview").status_code == 404


def test_a_page_asks_as_much_of_a_thousand_letters_as_of_one(staff, monkeypatch):
    from sqlalchemy import event

    asked = []
    page = None
    for many in (1, 40):
        for number in range(many):
            make_person(f"q{many}-{number}@example.org")
        page = sent(staff)
        staff.get(page)
        counter = []
        event.listen(db.engine, "before_cursor_execute", lambda *_, c=counter: c.append(1))
        staff.get(page)
        staff.get(f"{page}/letters?state=sent")
        asked.append(len(counter))
    assert asked[0] == asked[1]
