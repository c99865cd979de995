"""What comes back: failures for good, failures for now, answers of machines and people, and what strangers make up."""

import imaplib
from io import BytesIO

import pytest

from survey.foundation import mailboxes
from survey.foundation.bounces import Bounce, bounce_address, read_bounce
from survey.foundation.mailboxes import Inbox, fetch, read_messages
from survey.foundation.smtp import Unreachable

BASE = "bounces@example.org"


def report(*, to="bounces+k7f2@example.org", action="failed", status="5.1.1", said="550 5.1.1 nobody here", head=""):
    """A delivery status as Postfix writes it, which calls itself an automatic reply."""
    return f"""From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
{head}Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; Ada@example.net
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--B
Content-Type: message/rfc822

From: hello@example.org
To: ada@example.net
Subject: How was it?

Two questions.
--B--
""".encode()


def plain(subject, words, **headers):
    head = {"From": "ada@example.net", "To": "bounces+k7f2@example.org", "Subject": subject, **headers}
    return ("".join(f"{name.replace('_', '-')}: {value}\n" for name, value in head.items()) + f"\n{words}\n").encode()


@pytest.mark.parametrize(
    ("changes", "is_permanent"),
    [
        ({}, True),
        ({"status": "5.2.2", "said": "552 5.2.2 mailbox full"}, False),
        ({"action": "delayed", "status": "4.4.1", "said": "connection timed out"}, False),
        ({"status": "4.4.7", "said": "gave up after five days"}, False),
    ],
)
def test_a_report_says_which_letter_did_not_arrive_and_whether_for_good(changes, is_permanent):
    said = changes.get("said", "550 5.1.1 nobody here")
    assert read_bounce(report(**changes), BASE) == [Bounce("k7f2", "Ada@example.net", is_permanent, said)]


def test_a_report_without_delivery_status_is_known_by_its_words():
    raw = plain(
        "failure notice",
        "Hi. This is the qmail-send program at mx.example.net.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<ada@example.net>:\nSorry, no mailbox here by that name. (#5.1.1)\n",
        From="MAILER-DAEMON@mx.example.net",
    )
    assert read_bounce(raw, BASE) == [Bounce("k7f2", "ada@example.net", True, "")]


@pytest.mark.parametrize(
    "raw",
    [
        plain("Out of office", "I am away until Monday.", Auto_Submitted="auto-replied"),
        plain("Automatic reply: How was it?", "I am on holiday."),
        plain("Abwesenheitsnotiz", "Ich bin im Urlaub."),
        plain("Re: How was it?", "It was fine."),
        report(to="bounces@example.org"),
        report(to="bounces+k7f2@evil.example"),
        report(to="else+k7f2@example.org"),
        report(to="bounces+k7f2@example.org, bounces+other@example.org"),
        report(to="bounces+@example.org"),
        report(to="bounces+a/b@example.org"),
        report(action="delivered", status="2.0.0"),
        b"", b"\x00\xff" * 500, b"To: bounces+k7f2@example.org\nContent-Type: multipart/report; boundary=\n\n--\n",
    ],
)  # fmt: skip
def test_answers_and_what_belongs_to_no_letter_are_no_bounces(raw):
    assert read_bounce(raw, BASE) == []


def test_the_token_is_found_where_a_server_says_for_whom_a_report_arrived():
    raw = report(to="undisclosed-recipients:;", head="Delivered-To: Bounces+k7f2@Example.org\n")
    assert [bounce.token for bounce in read_bounce(raw, BASE)] == ["k7f2"]
    assert bounce_address(BASE, "k7f2") == "bounces+k7f2@example.org"
    with pytest.raises(ValueError, match="token"):
        bounce_address(BASE, "a@evil.example,b")


def test_messages_are_read_from_a_file_a_stream_an_mbox_and_a_maildir(tmp_path):
    one, two = report(), plain("Re:", ">From the start it was fine.\n\nFrom here on too")
    (tmp_path / "one.eml").write_bytes(one)
    assert list(read_messages(tmp_path / "one.eml")) == [one]
    assert list(read_messages(BytesIO(two))) == [two]

    quoted = two.replace(b"\n>From", b"\n>>From").replace(b"\nFrom here", b"\n>From here")
    mbox = b"From MAILER-DAEMON Mon Mar  2\n" + one + b"\nFrom ada Mon Mar  2\n" + quoted + b"\n"
    first, second = read_messages(BytesIO(mbox))
    assert read_bounce(first, BASE)[0].token == "k7f2"
    assert second.rstrip() == two.replace(b"\n>>From", b"\n>From").rstrip()

    for part in ("new", "cur", "tmp"):
        (tmp_path / "mail" / part).mkdir(parents=True)
    (tmp_path / "mail" / "new" / "1").write_bytes(one)
    (tmp_path / "mail" / "cur" / "2:2,S").write_bytes(two)
    assert list(read_messages(tmp_path / "mail")) == [one, two]


class Mailbox:
    """What `imaplib` speaks to, with three unread messages."""

    def __init__(self, host, port, *, ssl_context, timeout):
        assert ssl_context.check_hostname
        assert timeout
        self.unread = {b"7": report(), b"8": plain("Re:", "fine"), b"9": report(status="4.4.1")}

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.left = True

    def login(self, user, password):
        if password != "right":
            raise imaplib.IMAP4.error("[AUTHENTICATIONFAILED] no")

    def select(self, folder):
        return ("OK", [b"3"]) if folder == '"INBOX"' else ("NO", [b"no such folder"])

    def uid(self, command, *words):
        if command == "SEARCH":
            return "OK", [b" ".join(self.unread)]
        uid = words[0].encode()
        if command == "FETCH":
            return "OK", [(b"1 (BODY[] {3}", self.unread[uid]), b")"]
        del self.unread[uid]
        return "OK", [b""]


def test_a_mailbox_is_read_in_bounded_batches_and_marked_only_when_a_message_is_done(monkeypatch):
    servers = []
    monkeypatch.setattr(
        mailboxes.imaplib, "IMAP4_SSL", lambda *place, **how: servers.append(Mailbox(*place, **how)) or servers[-1]
    )
    inbox = Inbox.read("imaps://hear:right@mail.example.org/INBOX")
    messages = fetch(inbox, limit=2)
    next(messages)
    assert list(servers[0].unread) == [b"7", b"8", b"9"]
    next(messages)
    assert list(servers[0].unread) == [b"8", b"9"]
    assert list(messages) == []
    assert list(servers[0].unread) == [b"9"]

    for url, words in (
        ("imaps://hear:wrong@mail.example.org", "AUTHENTICATIONFAILED"),
        ("imaps://hear:right@mail.example.org/Else", "no such"),
    ):
        with pytest.raises(Unreachable, match=words):
            list(fetch(Inbox.read(url)))
