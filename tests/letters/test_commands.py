"""The commands of letters: what is in the outbox, lists of those who said no, and what mail servers sent back."""

import mailbox
from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import func, select

from survey.foundation.db import db
from survey.foundation.mailboxes import Inbox
from survey.foundation.smtp import Unreachable
from survey.letters import jobs, queries
from survey.letters.models import Letter, Suppression
from survey.letters.rules.states import State
from tests.factories.letters import NOW, make_letter, make_person, stored, work_off
from tests.foundation.test_bounces import plain, report


@pytest.fixture
def app(sqlite_app):
    with time_machine.travel(NOW, tick=False):
        yield sqlite_app


@pytest.fixture
def run(app):
    return lambda *args, **given: app.test_cli_runner().invoke(args=args, **given)


@pytest.fixture
def sent(app):
    """A letter that was sent, and the address for its bounces."""
    letter = make_letter(make_person("ada@example.net"))
    work_off()
    token = app.extensions["hearback.links"].bounce_token(letter.id)
    name, _at, host = app.extensions["hearback.config"].bounce_address.partition("@")
    return letter.id, f"{name}+{token}@{host}"


def test_a_bounce_is_written_down_once_from_whatever_it_lies_in(run, sent, tmp_path):
    id, to = sent
    (tmp_path / "one").write_bytes(report(to=to))
    done = run("bounces", str(tmp_path / "one"))
    assert done.exit_code == 0, done.output
    assert "1 read: 1 letters came back." in done.output
    assert (stored(id).state, stored(id).server_words) == (State.BOUNCED, "550 5.1.1 nobody here")
    assert list(scopes()) == ["bounced"]
    box = mailbox.Maildir(tmp_path / "box")
    box.add(report(to=to))
    assert "1 known already" in run("bounces", str(tmp_path / "box")).output
    assert "1 known already" in run("bounces", "-", input=report(to=to)).output


def scopes():
    return db.session.scalars(select(Suppression.scope))


def test_what_is_forged_passing_or_an_answer_changes_nothing(app, run, sent, tmp_path):
    id, to = sent
    name, _at, host = to.partition("@")
    other = make_letter(make_person("lea@example.org"), once="other")
    work_off()
    forged = f"{name[:-2]}{'aa' if not name.endswith('aa') else 'bb'}@{host}"
    page = f"{name.split('+')[0]}+{app.extensions['hearback.links'].bounce_token(other.id)}@{host}"
    messages = {
        "not about a letter of ours": [
            report(to=forged),
            report(to=page),
        ],  # a made-up token; a letter to somebody else
        "only late, nothing to do": [report(to=to, action="delayed", status="4.4.1"), report(to=to, status="5.2.2")],
        "no bounces": [
            plain("Out of office", "I am away.", To=to),
            plain("Re: How was it?", "Fine.", To=to),
            b"",
            b"\xff\x00",
        ],
    }
    for words, raws in messages.items():
        for raw in raws:
            (tmp_path / "one").write_bytes(raw)
            assert words in run("bounces", str(tmp_path / "one")).output or raw == b""
    assert {stored(one).state for one in (id, other.id)} == {State.SENT}
    assert list(scopes()) == []


def test_bounces_say_what_they_need(run):
    assert run("bounces").exit_code == 2
    assert "Maildir" in run("bounces", "--help").output
    assert "Set BOUNCES_URL" in run("bounces", "--fetch").output


def test_the_worker_looks_into_the_mailbox_every_few_minutes(app, run, sent, monkeypatch):
    id, to = sent
    looked = []

    def fetch(inbox):
        looked.append(inbox.host)
        if len(looked) == 1:
            raise Unreachable("away")
        yield report(to=to)

    monkeypatch.setattr(jobs, "fetch", fetch)
    inbox = Inbox("mail.example.org", 993, "bounces", "secret")
    app.extensions["hearback.config"] = replace(app.extensions["hearback.config"], inbox=inbox)
    for minutes in (0, 1, 6):
        with time_machine.travel(NOW.replace(minute=minutes), tick=False):
            jobs.fetch_bounces()
    assert len(looked) == 2
    assert stored(id).state == State.BOUNCED


def test_a_list_is_suppressed_and_lines_without_an_address_are_named(run, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("mia@example.org\nnobody\nLea,lea@example.org\n")
    done = run("letters", "suppress", str(file))
    assert done.exit_code == 1
    assert "2 addresses: 2 new, 0 known already." in done.output
    assert "line 2: no address" in done.output
    again = run("letters", "suppress", "-", input="MIA@example.org\n")
    assert again.exit_code == 0, again.output
    assert "1 addresses: 0 new, 1 known already." in again.output
    assert queries.count_suppressed() == {"do_not_contact": 2}


def test_letters_are_listed_with_state_and_reason(run):
    make_letter()
    work_off()
    make_letter(make_person(None), once="none")
    work_off()
    every, held = run("letters", "list").output, run("letters", "list", "--state", "held").output
    assert "mia@example.org" in every
    assert "2 of 2 letters." in every
    assert "There is no e-mail address" in held
    assert "1 of 1 letters." in held
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 2
