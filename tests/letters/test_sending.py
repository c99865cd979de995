from email import message_from_bytes, policy

import pytest

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.letters.actions import Post, post
from survey.letters.jobs import send_letters
from survey.letters.rules.paper import Paper, Paragraph
from survey.letters.rules.states import State, Why
from tests.factories.letters import make_person, stored
from tests.factories.people import make_user

WORDS = "We read what you wrote."


@pytest.fixture
def letters(sqlite_app):
    """The words of letters by kind, to be set by a test; and the folder that the letters come to lie in."""
    words = {}
    sqlite_app.extensions["hearback.letters"] = words
    words["folder"] = sqlite_app.extensions["hearback.config"].instance_path / "mail"
    return words


def say(taken):
    return Paper("Your words", "", [Paragraph(WORDS)], taken.language, "ltr")


def posted(kind="invitation", **to):
    to = to or {"person": make_person()}
    return write(lambda: post(Post(kind, **to), now=now()))


def arrived(folder):
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]


def test_a_letter_lies_in_the_folder_until_there_is_a_mail_server(letters, sqlite_app):
    letters["invitation"] = say
    id = posted()
    assert send_letters() == 1
    (message,) = arrived(letters["folder"])
    assert message["To"] == "mia@example.org"
    assert message["Message-ID"].startswith(f"<{id.hex}@")
    link = sqlite_app.extensions["hearback.links"].unsubscribe(id)
    assert message["List-Unsubscribe"] == f"<{link}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (message.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert WORDS in text
    assert WORDS in html
    assert link in text
    assert stored(id).state == State.SENT
    assert send_letters() == 0


def test_what_somebody_asked_for_carries_no_way_to_unsubscribe(letters):
    letters["own_link"] = say
    posted("own_link", address="nina@example.org")
    send_letters()
    (message,) = arrived(letters["folder"])
    assert message["List-Unsubscribe"] is None
    assert "/u/" not in message.get_body(["html"]).get_content()


def test_a_letter_that_has_nothing_to_say_any_more_is_held_back_with_the_reason(letters):
    letters["invitation"] = lambda taken: Why.ANSWERED
    id = posted()
    assert send_letters() == 0
    assert (stored(id).state, stored(id).why) == (State.HELD, Why.ANSWERED)


def test_a_letter_that_cannot_be_written_is_tried_again_and_holds_up_no_other(letters, sqlite_app):
    def fail(taken):
        raise RuntimeError("broken words")

    letters["invitation"], letters["trial"] = fail, say
    broken, fine = posted(), posted("trial", user=make_user(sqlite_app))
    assert send_letters() == 1
    assert (stored(broken).state, stored(broken).why, stored(broken).tries) == (State.QUEUED, Why.UNWRITABLE, 1)
    assert stored(fine).state == State.SENT


def test_a_letter_is_written_in_the_language_of_its_recipient(letters):
    letters["invitation"] = say
    posted(person=make_person(language="de"))
    send_letters()
    (message,) = arrived(letters["folder"])
    assert message["Content-Language"] == "de"
    assert 'lang="de"' in message.get_body(["html"]).get_content()


def test_an_address_that_is_none_comes_back_and_is_seen_to(letters):
    letters["invitation"] = say
    id = posted(person=make_person("a@example.org, b@example.org"))
    assert send_letters() == 0
    assert stored(id).state == State.BOUNCED
    assert arrived(letters["folder"]) == []
