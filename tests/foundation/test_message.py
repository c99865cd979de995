"""A letter as bytes says what it was given, in lines that every server and mail program takes."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.foundation.message import Message, Sender, Unfit, address_spec

CAFE = Sender("Café Nord", "hello@example.org")
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
LETTER = Message(
    to="ada@example.net",
    subject="How was it?",
    text="Zwei Fragen.\n\nDanke – 日本",
    html="<p>Zwei Fragen.</p><p>Danke – 日本</p>",
    message_id="letter-1@example.org",
    language="de",
)


def read(letter, sender=CAFE):
    return message_from_bytes(letter.written(sender, AT), policy=default)


def test_a_letter_carries_both_forms_and_says_who_wrote_it_and_that_a_machine_sent_it():
    letter = read(replace(LETTER, reply_to="owner@example.org"))
    assert letter["From"].addresses[0].display_name == "Café Nord"
    assert letter["From"].addresses[0].addr_spec == "hello@example.org"
    assert [letter[name] for name in ("To", "Reply-To", "Message-ID", "Auto-Submitted", "Content-Language")] == [
        "ada@example.net", "owner@example.org", "<letter-1@example.org>", "auto-generated", "de",
    ]  # fmt: skip
    assert letter["Date"].datetime == AT
    assert "List-Unsubscribe" not in letter
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert letter.get_body(("plain",)).get_content().splitlines() == LETTER.text.splitlines()
    assert letter.get_body(("html",)).get_content().splitlines() == [LETTER.html]


def test_a_long_address_for_unsubscribing_stays_on_one_line_as_it_is():
    url = "https://feedback.example.org/unsubscribe/" + "Ab9_" * 200
    lines = replace(LETTER, list_unsubscribe=url).written(CAFE, AT).split(b"\r\n")
    assert f"List-Unsubscribe: <{url}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


@given(st.text(min_size=1, max_size=120))
def test_any_subject_and_name_arrive_as_they_were_or_are_refused(words):
    try:
        raw = replace(LETTER, subject=words, sender_name=words).written(CAFE, AT)
    except Unfit:
        assert set(words) & set("\r\n\x00")
        return
    letter = message_from_bytes(raw, policy=default)
    assert all(len(line) <= 998 and line.isascii() for line in raw.split(b"\r\n"))
    assert letter["From"].addresses[0].addr_spec == "hello@example.org"
    assert len(letter["From"].addresses) == 1
    if words.isprintable() and words == " ".join(words.split()):
        assert letter["Subject"] == words


def test_the_senders_name_of_the_house_stands_in_where_the_letter_has_none():
    assert read(LETTER, Sender('Ada "A", B', "a@example.org"))["From"].addresses[0].display_name == 'Ada "A", B'
    assert read(replace(LETTER, sender_name="Bistro"))["From"].addresses[0].display_name == "Bistro"
    assert read(LETTER, Sender("", "a@example.org"))["From"] == "a@example.org"


def test_half_characters_and_nul_in_words_do_not_stop_a_letter():
    letter = read(replace(LETTER, text="a\ud800b\x00c", html="<p>\udfff</p>"))
    assert letter.get_body(("plain",)).get_content().rstrip() == "a\ufffdbc"


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("hello@example.org", Sender("", "hello@example.org")),
        ("Café Nord <hello@example.org>", Sender("Café Nord", "hello@example.org")),
        ('"Nord, Café" <hello@bücher.example>', Sender("Nord, Café", "hello@xn--bcher-kva.example")),
    ],
)
def test_a_sender_is_read_as_people_write_it(written, sender):
    assert Sender.read(written) == sender


@pytest.mark.parametrize(
    "written", ["Café Nord", "a@b.example, c@d.example", "A <a@b.example> <c@d.example>", "A\n<a@b.example>"]
)
def test_what_is_not_one_sender_is_refused(written):
    with pytest.raises(Unfit):
        Sender.read(written)


@pytest.mark.parametrize(
    "address", ["o'brien+tag@example.org", "a..b@docomo.example", "a_b%c@mail.intranet", "x@localhost"]
)
def test_odd_addresses_that_people_really_have_are_addresses(address):
    assert address_spec(address) == address
