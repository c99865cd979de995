"""What staff see of notices: the list, the bell on every page, their choices, and both letters as they read."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from html import unescape

import pytest
from sqlalchemy import event
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from survey.access.models import User
from survey.customers.actions import add_person, end_stay
from survey.customers.rules import PersonEntry
from survey.foundation.clock import now
from survey.foundation.db import db, new_id, write
from survey.foundation.language import speaking
from survey.improvements.actions import post_update, start
from survey.letters.envelopes import printed_for
from survey.letters.jobs import send_letters
from survey.letters.models import Letter
from survey.letters.rules.states import State, Why
from survey.notices import actions
from survey.notices.emails import weekly_paper
from survey.notices.emails.bundle import notices_paper
from survey.notices.jobs import post_notices, post_weekly
from survey.notices.models import NoticeChoice
from survey.notices.rules.kinds import How
from survey.organisation.models import Organisation
from survey.responses.actions import set_aside
from survey.responses.models import Response
from survey.text.actions import assign
from survey.text.queries import comments_of
from tests.factories.counted import NOW, TODAY, answer, make_survey, read
from tests.factories.notices import MINUTE, letters_of, notices_of, tell, work
from tests.factories.people import csrf_token, make_user, sign_in

HOSTILE = 'Rude</style><script>alert(1)</script>\r\nBcc: x@example.org\u202e "quoted" ' + "W" * 400


@pytest.fixture
def app(sqlite_app):
    return sqlite_app


@pytest.fixture
def leader(client):
    return sign_in(client, "leader")


class AsText(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    @classmethod
    def get_snapshot_name(cls, *, test_location, index=0):
        return str(index)


def text_of(answer):
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(answer.text)))


def bell(page):
    return re.search(r'class="news"[^>]*aria-label="([^"]+)"', page.text).group(1)


def post(client, path, **data):
    return client.post(path, data={"csrf_token": csrf_token(client, "/notices"), **data})


# ---- the list ------------------------------------------------------------------------------------------------------


def test_the_list_says_what_is_new_and_reading_it_changes_nothing(client, leader):
    assert "What happens while you are away will stand here" in text_of(client.get("/notices"))
    tell("low_score", many=3)
    for _each in range(2):
        page = client.get("/notices")
        assert "3 low scores in “The autumn survey” on 20 October" in text_of(page)
        assert "New" in text_of(page)
        assert bell(page) == bell(client.get("/today")) == "1 new notice"
    answer = post(client, f"/notices/{notices_of(leader)[0].id}")
    assert (answer.status_code, answer.location) == (303, "/lost")
    assert bell(client.get("/notices")) == "No new notices"
    assert "Mark all as seen" not in client.get("/notices").text


def test_all_that_was_shown_is_marked_as_seen_and_what_came_since_is_not(client, leader, clock):
    tell("low_score")
    until = re.search(r'name="until" value="([^"]+)"', client.get("/notices").text).group(1)
    clock.shift(MINUTE)
    tell("low_score")
    assert post(client, "/notices/read", until=until).status_code == 303
    assert [one.is_unread for one in notices_of(leader)] == [True, False]
    assert post(client, "/notices/read", until="yesterday").status_code == 400


def test_nobody_opens_what_somebody_else_was_told(client, leader):
    other = make_user(client.application, "admin")
    tell("assigned", only=other)
    assert post(client, f"/notices/{notices_of(other)[0].id}").status_code == 404
    assert notices_of(other)[0].is_unread
    assert "gave you" not in client.get("/notices").text


def test_public_pages_ask_for_no_bell(client, leader):
    said = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    client.get("/")
    assert not any("notice" in one for one in said)
    client.get("/today")
    assert len([one for one in said if "FROM notice" in one]) == 1


# ---- choices -------------------------------------------------------------------------------------------------------


def test_everybody_chooses_for_their_role(client, leader):
    page = client.get("/notices/settings")
    assert re.findall(r'<select class="input" id="(\w+)"', page.text) == [
        "low_score", "new_case", "assigned", "campaign_finished", "import_finished", "weekly",
    ]  # fmt: skip
    assert 'href="/notices/weekly"' in page.text
    chosen = dict.fromkeys(("new_case", "assigned", "campaign_finished", "import_finished", "weekly"), "never")
    assert post(client, "/notices/settings", low_score="at_once", **chosen).status_code == 303
    kept = {row.kind: row.how for row in db.session.query(NoticeChoice)}
    assert kept == {"low_score": "at_once", **chosen}
    assert post(client, "/notices/settings", low_score="weekly", **chosen).status_code == 422


@pytest.mark.parametrize(("role", "boxes"), [("staff", 5), ("viewer", 0)])
def test_a_role_is_offered_what_it_may_hear_of(client, role, boxes):
    sign_in(client, role)
    page = client.get("/notices/settings")
    assert page.text.count("<select") == boxes
    assert ("sees groups of answers" in page.text) is (boxes == 0)
    assert client.get("/notices/weekly").status_code == 403


# ---- letters -------------------------------------------------------------------------------------------------------


def arrived(app):
    folder = app.extensions["hearback.config"].instance_path / "mail"
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]


def given(leader, words):
    (id,) = [one.id for one in comments_of([answer(make_survey(), {"nps": 9, "why": words})])]
    write(lambda: assign(id, leader.id, by=None, now=now()))


def test_customers_words_are_cut_and_escaped_and_stand_in_no_header(app, leader, clock):
    given(leader, HOSTILE)
    clock.shift(10 * MINUTE)
    post_notices()
    assert send_letters() == 1
    (message,) = arrived(app)
    assert message["Subject"] == "One new notice"
    assert message["To"] == leader.email
    assert message["Bcc"] is None
    html, text = (message.get_body([kind]).get_content() for kind in ("html", "plain"))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "\u202e" not in html + text
    assert 150 < text.count("W") < 300
    assert f"/comments/{comments_of_all()[0].id}" in text
    assert "Rude" not in html.split("</title>")[0]


def comments_of_all():
    db.session.rollback()
    return comments_of([row.id for row in db.session.query(Response)])


def test_nothing_goes_that_was_seen_meanwhile_or_to_whom_works_here_no_more(app, leader, clock):
    other = make_user(app, "leader")
    tell("assigned", only=leader)
    tell("assigned", only=other)
    clock.shift(10 * MINUTE)
    assert post_notices() == 2
    write(lambda: actions.mark_all_read(leader.id, until=now(), now=now()))
    write(lambda: setattr(db.session.get_one(User, other.id), "active", False))
    assert send_letters() == 0
    assert [letters_of(one)[0].why for one in (leader, other)] == [Why.GONE, Why.GONE]


def test_a_comment_that_was_set_aside_meanwhile_is_quoted_no_more(app, leader):
    given(leader, "Nobody said hello")
    found = notices_of(leader)
    assert "Nobody said hello" in str(notices_paper(found).blocks)
    write(lambda: set_aside(db.session.query(Response).one(), "spam"))
    db.session.rollback()
    assert "Nobody said hello" not in str(notices_paper(notices_of(leader)).blocks)


def test_a_letter_about_very_much_stays_short(app, leader):
    for number in range(30):
        tell("assigned", only=leader, once=f"assigned:{number}")
    paper = notices_paper(notices_of(leader))
    assert paper.subject == "30 new notices"
    assert len(paper.blocks) < 20
    assert "And 18 more notices." in str(paper.blocks)


# ---- the week ------------------------------------------------------------------------------------------------------

MONDAY = TODAY - timedelta(days=8)  # of the last full week: today is a Tuesday


def fill(leader):
    """A week in which a number fell, somebody wrote, a comment waits, and something was finished."""
    survey = make_survey()
    for number in range(8):
        words = (
            "I had to wait for an hour at the desk",
            "The showers were cold on every day",
            "My class was full again",
            "Nobody answered the phone at all",
        )
        id = answer(survey, {"nps": 2, "why": f"{words[number % 4]}, {number}"}, on=MONDAY + timedelta(days=number % 7))
        read(id, "negative", reasons=(("A2", 0.9),))
    for number in range(40):
        answer(survey, {"nps": 10}, on=MONDAY - timedelta(days=1 + number % 28))
    make_survey("quiet", privacy="confidential")
    answer(make_survey("secret", privacy="anonymous"), {"nps": 0, "why": "Nobody may read this"}, on=MONDAY)
    answer(make_survey("gone", keys=("reasons", "nps"), purpose="exit"), {"nps": 3}, on=MONDAY)

    def leave():
        gone = add_person(
            PersonEntry(external_id="C-1", name="Mia", started_on=MONDAY - timedelta(days=400)), now=now()
        )
        end_stay(gone.id, on=MONDAY, source="staff", reason="Too crowded")

    write(leave)

    def improve():
        made = start("Two more desks", you_said="You wait too long.", codes=["A2"], by=leader.id, now=now())
        post_update(made, words="They are open.", stage="shipped", by=leader.id, on=TODAY, now=now())
        made.stage_since = MONDAY
        start("Warmer showers", you_said="", codes=[], by=leader.id, now=now())

    write(improve)
    db.session.rollback()


def test_the_weekly_letter_says_what_moved_what_waits_what_was_said_and_what_was_done(client, leader):
    fill(leader)
    page = text_of(client.get("/notices/weekly"))
    for words in (
        "Your week: 12 – 18 Oct", "One person left in the week of 12 – 18 Oct. 1 of them told us why.", "8 people answered “The autumn survey”. NPS is −100", "NPS of “Would you recommend us?” fell",
        "8 answers now, 40 before", "8 comments say something bad and are not answered; 7 of them for longer than the 48 hours",
        "1 improvement that nobody was told of", "Two more desks: ", "wait for an hour at the desk",
        "1 answer says why somebody left, but not who",
    ):  # fmt: skip
        assert words in page, words
    assert "Nobody may read this" not in page
    assert "secret" not in page
    assert len(re.findall("“The autumn survey”", page)) >= 2


def test_every_link_of_the_weekly_letter_leads_to_a_page(app, client, leader):
    fill(leader)
    tell("assigned", only=leader)
    given_to_me = comments_of_all()[0].id
    write(lambda: assign(given_to_me, leader.id, by=None, now=now()))
    letter = printed_for("weekly", new_id(), weekly_paper(leader))
    links = {unescape(one) for one in re.findall(r'href="http://127.0.0.1:8000([^"]+)"', letter.html)}
    assert len(links) >= 9
    for link in links:
        assert client.get(link).status_code == 200, link
    assert "2 of" not in letter.text
    assert "8 of" not in text_of(client.get("/comments?assigned=me&answered=no"))
    assert "1 comment was given to you and is not answered" in letter.text


def test_a_week_in_which_nothing_happened_is_calm(client, leader):
    page = text_of(client.get("/notices/weekly"))
    assert "Nobody whom we know left in the week of 12 – 18 Oct." in page
    assert "Nothing moved beyond chance this week." in page
    for heading in ("What waits", "In their own words", "What was improved"):
        assert heading not in page


def test_a_month_of_a_survey_that_shows_groups_is_told_once_when_it_is_over(app, leader, clock):
    survey = make_survey("staff", privacy="confidential")
    for number in range(30):
        answer(
            survey,
            {"nps": number % 11, "why": f"What I think of it, number {number}"},
            on=NOW.date().replace(month=9, day=1 + number % 25),
        )
    for day, is_told in (((2026, 9, 28), False), ((2026, 10, 5), True), ((2026, 10, 12), False)):
        clock.move_to(NOW.replace(year=day[0], month=day[1], day=day[2], hour=8))
        db.session.rollback()
        blocks = str(weekly_paper(leader).blocks)
        assert ("The month of" in blocks) is is_told, day


def test_a_weekly_letter_that_comes_too_late_or_to_whom_leads_no_more_does_not_go(app, clock):
    early = NOW - timedelta(days=60)
    late, gone, refused, gets = (make_user(app, "leader") for _each in range(4))
    write(
        lambda: [setattr(db.session.get_one(User, one.id), "created_at", early) for one in (late, gone, refused, gets)]
    )
    clock.move_to(NOW - timedelta(days=1))
    assert post_weekly() == 4
    write(lambda: setattr(db.session.get_one(User, gone.id), "role", "staff"))
    write(lambda: actions.choose(refused.id, refused.role, {"weekly": How.NEVER}))
    write(lambda: setattr(letter_row(late), "due_at", NOW + timedelta(days=6)))
    assert send_letters() == 1
    clock.move_to(NOW + timedelta(days=7))
    assert send_letters() == 0
    whys = [letters_of(one, "weekly")[0].why for one in (late, gone, refused, gets)]
    assert whys == [Why.GONE, Why.GONE, Why.OWN_WISH, None]
    (message,) = arrived(app)
    assert message["Subject"] == "Your week: 12 – 18 Oct"
    assert message["List-Unsubscribe"] is None
    assert letters_of(gets, "weekly")[0].state == State.SENT


def letter_row(user):
    return db.session.query(Letter).filter(Letter.user_id == user.id).one()


@pytest.mark.parametrize("language", ["en", "de"])
def test_both_letters_read_as_they_did(app, leader, snapshot, language):
    write(lambda: db.session.merge(Organisation(id=1, name="Green Studio", postal_address="Market 3\nLeipzig")))
    fill(leader)
    work()
    given = comments_of_all()[0].id
    write(lambda: assign(given, leader.id, by=leader.id, now=now()))
    tell("import_finished", only=leader, file="may.csv", is_whole=True, rejected=2, many=120)
    db.session.rollback()
    with speaking(language):
        bundle = printed_for("notices", new_id(), notices_paper(notices_of(leader)))
        week = printed_for("weekly", new_id(), weekly_paper(leader))
        told = "\n".join(f"# {one.subject}\n\n{_without_foot_and_ids(one.text)}" for one in (bundle, week))
    assert told == snapshot(extension_class=AsText, name=language)


def _without_foot_and_ids(text):
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", text.split("\n-- \n")[0])
