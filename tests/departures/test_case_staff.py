"""The recovery queue and its pages: who sees what, what is said, and that nothing typed is lost."""

import re
from html import unescape

import pytest
from sqlalchemy import select, update

from survey.access.models import AuditEntry
from survey.customers.models import Consent
from survey.departures import actions
from survey.departures.models import ListeningNote, Offer, RecoveryCase
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.letters.actions import Taken
from survey.letters.models import Letter
from survey.letters.rules.states import Why
from survey.reactions import LETTERS
from tests.factories.cases import case_of, did, leaver, listened, taken_on, template, tomorrow
from tests.factories.people import make_user, sign_in, submit
from tests.factories.surveys import hidden


@pytest.fixture
def app(sqlite_app):
    return sqlite_app


def send(client, case, deed, version=None, **typed):
    """Send one of the forms of a case as its page has it."""
    page = f"/recovery/{case.id}"
    fields = {f"{deed}-{name}": value for name, value in typed.items()}
    fields[f"{deed}-version"] = str(version if version is not None else db.session.get(RecoveryCase, case.id).version)
    db.session.rollback()
    return submit(client, f"{page}/{deed}", fields, page=page)


def test_before_the_first_case_the_queue_says_what_will_stand_there(client, app):
    sign_in(client, "staff")
    page = client.get("/recovery").text
    assert "Nobody waits for us" in page
    assert "opens here by itself" in page


def test_viewers_see_no_case(client, app):
    case = case_of(leaver())
    sign_in(client, "viewer")
    for address in ("/recovery", f"/recovery/{case.id}", "/recovery/offers", "/recovery/works", "/recovery/redeem"):
        assert client.get(address).status_code == 403


def test_every_reading_of_a_case_is_audited_and_none_stands_among_the_changes(client, app):
    case = case_of(leaver())
    user = sign_in(client, "staff")
    for _each in range(2):
        assert client.get(f"/recovery/{case.id}").status_code == 200
    lines = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "case read")).all()
    assert [(line.user_id, line.subject) for line in lines] == [(user.id, str(case.id))] * 2
    sign_in(app.test_client(), "admin")
    boss = app.test_client()
    sign_in(boss, "admin")
    assert "case read" not in boss.get("/settings/people").text


def test_the_whole_way_through_the_page(client, app):
    case = case_of(leaver(123_400, email="mia@example.org"))
    user = sign_in(client, "leader")
    page = client.get(f"/recovery/{case.id}").text
    assert "Next: take the case on" in page
    assert "Worth €1,234." in page
    assert "Take the case on first" in page  # what is missing for the rest
    assert send(client, case, "triage", owner=str(user.id), code="A2").status_code == 303
    assert "Next: call or write to them" in client.get(f"/recovery/{case.id}").text
    assert send(client, case, "attempt", channel="phone", was_reached="yes", note="Kind.").status_code == 303
    empty = send(client, case, "listen", their_words="Too <b>full</b>.", playback="", code="")
    assert empty.status_code == 422
    assert "how you said it back" in empty.text
    assert "Choose the reason" in empty.text
    assert "Too &lt;b&gt;full&lt;/b&gt;." in empty.text  # nothing typed is lost
    said = {"their_words": "Too <b>full</b>.", "playback": "You waited.", "code": "A2", "code_2": "P1", "may_write": "y",
            "understood": "unknown", "scope": "systemic"}  # fmt: skip
    assert send(client, case, "listen", **said).status_code == 303
    assert [one.purpose for one in db.session.scalars(select(Consent))] == ["reply"]
    page = client.get(f"/recovery/{case.id}").text
    assert "Too &lt;b&gt;full&lt;/b&gt;." in page
    assert "added to it" in page
    assert (
        send(
            client, case, "promise", what="Keep a place.", owner=str(user.id), due_on=tomorrow().isoformat()
        ).status_code
        == 303
    )
    offered = template(name="A month", kind="credit")
    dear = send(client, case, "offer", template=str(offered), value="abc", expires_on=tomorrow().isoformat())
    assert dear.status_code == 422
    assert (
        send(client, case, "offer", template=str(offered), value="15.50", expires_on=tomorrow().isoformat()).status_code
        == 303
    )
    page = client.get(f"/recovery/{case.id}").text
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", page).group()
    assert code not in client.get(f"/recovery/{case.id}").text  # shown once
    assert "€15.50" in page
    offer = db.session.scalar(select(Offer))
    refused = send(client, case, "close", end="lose", why="No.", code="")
    assert refused.status_code == 422
    assert "An offer is open" in refused.text
    assert send(client, case, "declined", item=str(offer.id)).status_code == 303
    assert send(client, case, "close", end="lose", why="Signed elsewhere.", code="").status_code == 303
    assert "Stays away" in client.get("/recovery?show=ended").text


def test_the_second_of_two_is_told_what_happened_and_keeps_what_they_typed(client, app):
    case = case_of(leaver())
    by = taken_on(app, case)
    sign_in(client, "staff")
    before = db.session.get(RecoveryCase, case.id).version
    db.session.rollback()
    write(lambda: actions.add_note(case.id, words="Is on holiday.", doing=did(by)))
    told = send(client, case, "note", version=before, words="Called her & left word.")
    assert told.status_code == 409
    assert "Meanwhile this happened" in told.text
    assert "Called her &amp; left word." in told.text
    again = dict(re.findall(r'name="(note-version)" value="(\d+)"', told.text))
    assert send(client, case, "note", version=int(again["note-version"]), words="Called her.").status_code == 303


def test_not_ours_to_change_is_confirmed_by_another_and_being_left_alone_is_one_button(client, app):
    case = case_of(leaver())
    taken_on(app, case)
    sign_in(client, "staff")
    assert send(client, case, "propose", code="U2", evidence="New address.").status_code == 303
    assert send(client, case, "confirm").status_code == 422
    other = app.test_client()
    sign_in(other, "staff")
    assert "Confirm that it is not ours" in other.get(f"/recovery/{case.id}").text
    assert send(other, case, "confirm").status_code == 303
    assert send(other, case, "alone").status_code == 303
    page = other.get(f"/recovery/{case.id}").text
    assert "Wants to be left alone" in page
    assert "They want to be left alone</summary>" not in page


def test_only_leaders_approve_and_add_offers(client, app):
    case = case_of(leaver())
    by = listened(app, case)
    offered = template(needs_approval=True)
    wanted = {"template_id": offered, "value_minor": 0, "expires_on": tomorrow()}
    offer, _code = write(lambda: actions.make_offer(case.id, **wanted, doing=did(by)))
    sign_in(client, "staff")
    assert send(client, case, "approve", item=str(offer.id)).status_code == 404
    assert "Add an offer" not in client.get("/recovery/offers").text
    boss = app.test_client()
    sign_in(boss, "leader")
    assert "waits for your approval" in boss.get("/recovery").text
    typed = {
        "name": "Two weeks",
        "kind": "pause",
        "words": "A pause.",
        "codes": "N3",
        "lasts_days": "30",
        "cap": "99.50",
    }
    assert submit(boss, "/recovery/offers", typed).status_code == 303
    page = boss.get("/recovery/offers").text
    assert "At most €99.50 to one customer." in page
    assert send(boss, case, "approve", item=str(offer.id)).status_code == 303
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", boss.get(f"/recovery/{case.id}").text).group()
    assert "used up now" in submit(client, "/recovery/redeem", {"code": code}).text
    assert "redeemed already" in submit(client, "/recovery/redeem", {"code": code}).text


def test_figures_say_too_few_and_leaders_choose_how_many_are_left_alone(client, app):
    sign_in(client, "leader")
    assert "As soon as the first case" in client.get("/recovery/works").text
    listened(app, case_of(leaver()), understood="yes")
    assert "1 of 1: too few for a share" in client.get("/recovery/works").text
    assert submit(client, "/recovery/works", {"percent": "51"}).status_code == 422
    assert submit(client, "/recovery/works", {"percent": "10"}).status_code == 303
    staff = app.test_client()
    sign_in(staff, "staff")
    assert submit(staff, "/recovery/works", {"percent": "0"}).status_code == 404


def asked(client, app):
    """A case whose person is asked by letter whether we understood; with the letter as it was taken."""
    somebody = leaver(email="mia@example.org")
    case = case_of(somebody)
    listened(app, case, make_user(app, "staff").id, playback="You waited <too> long.", agreed={"reply": "yes"})
    note = db.session.scalar(select(ListeningNote))
    db.session.expunge(note)
    sign_in(client, "staff")
    assert send(client, case, "ask", item=str(note.id)).status_code == 303
    letter = db.session.scalar(select(Letter))
    return case, note, Taken(letter.id, letter.kind, "mia@example.org", "en", letter.about, {}, somebody.id, None, 0)


def test_the_letter_says_it_back_and_its_links_only_lead_to_a_question(client, app):
    case, note, taken = asked(client, app)
    paper = LETTERS["playback"](taken)
    links = [block.address for block in paper.blocks if hasattr(block, "address")]
    assert "You waited <too> long." in [getattr(block, "words", "") for block in paper.blocks]
    stranger = app.test_client()
    address = links[1].removeprefix("http://127.0.0.1:8000")
    page = stranger.get(address)
    assert "You waited &lt;too&gt; long." in page.text
    assert re.search(r'value="no" checked', page.text)
    assert db.session.get(ListeningNote, note.id).understood == "unknown"
    path = address.partition("?")[0]
    assert stranger.post(path, data={"understood": "yes"}).status_code == 400
    sent = stranger.post(path, data={**hidden(page.text), "understood": "no"})
    assert sent.status_code == 303
    assert "Somebody will come back to you" in stranger.get(unescape(sent.headers["Location"])).text
    assert db.session.get(ListeningNote, note.id).understood == "no"
    assert LETTERS["playback"](taken) == Why.ANSWERED
    assert "did not understand" in client.get(f"/recovery/{case.id}").text
    assert stranger.get("/understood/nothing").status_code == 404


def test_a_person_page_leads_to_their_cases(client, app):
    somebody = leaver()
    case = case_of(somebody)
    sign_in(client, "staff")
    assert f"/recovery/{case.id}" in client.get(f"/people/{somebody.id}").text


def test_a_late_case_is_told_in_words(client, app):
    case = case_of(leaver())
    late = {"promised_until": now(), "opened_at": now() - (tomorrow() - now().date()) * 2}
    write(lambda: db.session.execute(update(RecoveryCase).where(RecoveryCase.id == case.id).values(late)))
    sign_in(client, "staff")
    page = client.get("/recovery").text
    assert "1 person waits longer than we promised" in page
    assert "less than an hour late" in page
