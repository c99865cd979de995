"""Letters to a real server: what it is checked for, what its answers mean, and the folder where there is none."""

import os
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from survey.foundation.message import Sender
from survey.foundation.smtp import Bounced, Folder, Later, Mailer, Message, Relay, Unreachable, make_post
from tests.factories.mail_server import DROP, HANG, Sink, mail_server, make_certificates

CAFE = Sender("Café Nord", "hello@example.org")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def sink():
    return Sink()


@pytest.fixture
def relay(sink):
    with mail_server(sink) as port:
        yield Mailer(Relay("127.0.0.1", port, "none"), CAFE, "bounces@example.org")


def letter(number=1, **changes):
    facts = {
        "to": f"person{number}@example.net",
        "subject": "How was it?",
        "text": "Two questions.",
        "html": "<p>Two questions.</p>",
        "message_id": f"letter-{number}@example.org",
    }
    return Message(**{**facts, **changes})


def send(mailer, **changes):
    with mailer.open() as post:
        return post.send(letter(**changes))


def test_a_batch_goes_over_one_connection_each_letter_to_one_recipient(sink, relay):
    with relay.open() as post:
        words = [post.send(letter(number, bounce_to=f"bounces+t{number}@example.org")) for number in range(20)]
    assert words == ["250 taken as 4711"] * 20
    assert sink.connections == 1
    assert [(sender, to) for sender, to, _content in sink.received] == [
        (f"bounces+t{number}@example.org", [f"person{number}@example.net"]) for number in range(20)
    ]


@pytest.mark.parametrize("kind", ["starttls", "tls"])
def test_a_certificate_of_an_authority_of_ones_own_is_accepted(sink, certificates, kind):
    with mail_server(sink, **{kind: certificates.context("localhost")}) as port:
        mailer = Mailer(Relay("localhost", port, kind, ca_file=certificates.ca_file), CAFE, "bounces@example.org")
        assert send(mailer) == "250 taken as 4711"
        seen = mailer.look()
    assert seen.tls in ("TLSv1.2", "TLSv1.3")
    assert seen.certificate_names == ("localhost",)


@pytest.mark.parametrize("kind", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("name", "is_trusted", "words"), [("other.example", True, "mismatch"), ("localhost", False, "self.signed|issuer")]
)
def test_a_certificate_of_another_host_or_of_nobody_is_refused(sink, certificates, kind, name, is_trusted, words):
    ca_file = certificates.ca_file if is_trusted else None
    refused = pytest.raises(Unreachable, match=f"not accepted.*({words})")
    with mail_server(sink, **{kind: certificates.context(name)}) as port, refused:
        send(Mailer(Relay("localhost", port, kind, ca_file=ca_file), CAFE, "bounces@example.org"))
    assert sink.asked_for == []


def test_a_server_without_encryption_gets_nothing_where_it_is_demanded(sink):
    with mail_server(sink) as port:
        demanding = Mailer(Relay("127.0.0.1", port, "starttls", "hear", "p:a/s@s"), CAFE, "bounces@example.org")
        with pytest.raises(Unreachable, match="STARTTLS"):
            send(demanding)
    assert sink.asked_for == []


def test_user_and_password_let_us_in_and_wrong_ones_decide_nothing(sink, certificates):
    with mail_server(sink, starttls=certificates.context("localhost"), wants_password=True) as port:
        address = f"localhost:{port}"
        right, wrong, none = (
            Mailer(Relay.read(url, certificates.ca_file), CAFE, "bounces@example.org")
            for url in (f"smtp://hear:p%3Aa%2Fs%40s@{address}", f"smtp://hear:no@{address}", f"smtp://{address}")
        )
        assert send(right).startswith("250")
        with pytest.raises(Unreachable, match="refuses user or password: 535"):
            send(wrong)
        with pytest.raises(Unreachable, match="530"):
            send(none)
    assert len(sink.received) == 1


@pytest.mark.parametrize(
    ("stage", "answer", "outcome", "words"),
    [
        ("RCPT", "550 5.1.1 nobody here", Bounced, "550 5.1.1 nobody here"),
        ("RCPT", "550 5.1.1 User unknown in relay recipient table", Bounced, "unknown"),
        ("RCPT", "450 4.2.0 greylisted", Later, "450 4.2.0 greylisted"),
        ("RCPT", "554 5.7.1 Relay access denied", Unreachable, "Relay access denied"),
        ("RCPT", "421 too many for this one", Later, "421"),
        ("DATA", "550 5.7.1 looks like spam", Bounced, "spam"),
        ("DATA", "451 4.3.0 try again", Later, "451"),
        ("DATA", DROP, Unreachable, "went away"),
        ("DATA", HANG, Unreachable, "went away"),
        ("MAIL", "550 5.7.1 not you", Unreachable, "does not take letters from bounces@example.org: 550"),
        ("MAIL", "451 4.3.0 busy", Later, "451"),
        ("MAIL", "421 closing", Unreachable, "421"),
        ("MAIL", HANG, Unreachable, "timed out"),
        ("MAIL", DROP, Unreachable, "closed"),
    ],
)
def test_what_a_server_says_decides_about_the_letter(sink, relay, stage, answer, outcome, words):
    sink.answers = {stage: [answer]}
    impatient = replace(relay, timeout_s=0.2) if answer == HANG else relay
    with impatient.open() as post:
        with pytest.raises(outcome, match=words):
            post.send(letter(1))
        post.mailer = relay
        assert post.send(letter(2)).startswith("250"), "the next letter goes on"
    assert [to for _sender, to, _content in sink.received] == [["person2@example.net"]]


def test_only_a_refused_recipient_tells_of_the_address(sink, relay):
    sink.answers = {"RCPT": ["550 nobody here"]}
    with pytest.raises(Bounced) as nobody:
        send(relay)
    sink.answers = {"DATA": ["554 too big"]}
    with pytest.raises(Bounced) as too_big:
        send(relay)
    assert (nobody.value.is_of_address, too_big.value.is_of_address) == (True, False)


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_ends_the_connection_between_letters_is_asked_once_more(sink, relay, stage):
    with relay.open() as post:
        post.send(letter(1))
        sink.answers = {stage: ["421 enough for one connection"]}
        assert post.send(letter(2)).startswith("250")
    assert sink.connections == 2
    assert [to for _sender, to, _content in sink.received] == [["person1@example.net"], ["person2@example.net"]]


def test_where_nobody_listens_nothing_is_decided(sink):
    with mail_server(sink) as port:
        pass
    with pytest.raises(Unreachable, match="cannot be reached: Connection refused"):
        send(Mailer(Relay("127.0.0.1", port, "none"), CAFE, "bounces@example.org"))


def test_an_address_beyond_ascii_is_asked_for_where_the_server_takes_it(sink, relay):
    assert send(relay, to="jürgen@bücher.example").startswith("250")
    assert sink.asked_for == ["jürgen@xn--bcher-kva.example"]


ADDRESSES = (
    "a@example.org, evil@example.net", "a@example.org evil@example.net", "a@example.org;evil@example.net",
    "a@example.org\r\nRCPT TO:<evil@example.net>", "a@example.org\nBcc: evil@example.net", "a@example.org\x00",
    "<a@example.org>", "A <a@example.org>", "<a@example.org>, <evil@example.net>", "group: a@example.org;",
    "a@example.org>\r\nDATA", '"a\r\nBcc: evil@example.net"@example.org', "a@b@example.org", "a", "", "@example.org", "a@",
    "a@example.org(comment)", "a@example.org\u2028Bcc: evil@example.net", "a\ud800@example.org", "a@exa mple.org",
    "a@example.org,", "a@-", "@evil.example:a@example.org", "a\u200b@example.org", "a@ex\x0bample.org", "a%0d%0a@example..org",
)  # fmt: skip
LINES = (
    "Hello\r\nBcc: evil@example.net", "Hello\nBcc: evil@example.net", "Hello\rBcc: evil@example.net", "Hello\x00", "\r\n\r\nbody",
    "Hello\r\n\tfolded", "Hello\n\n<script>", "\n",
)  # fmt: skip
ODD_LINES = (
    "=?utf-8?q?a=0D=0ABcc:_evil@example.net?=", "Hello\u2028Bcc: evil@example.net", "Hello\x85Bcc: evil@example.net",
    "Hello\x0b\x0cBcc: evil@example.net", "half \ud83d of a sign", "x" * 5000, "ü" * 5000, 'quote " and \\ back', "a <evil@example.net>,",
    "Grüße aus Köln – 日本語 🎉", "%0d%0aBcc: evil@example.net", "\u202eevil",
)  # fmt: skip


def test_no_address_words_or_url_make_a_second_recipient_or_another_header(sink, relay):
    hostile = (
        [{"to": address} for address in ADDRESSES]
        + [{"reply_to": address} for address in ADDRESSES]
        + [{"bounce_to": address} for address in ADDRESSES if address]
        + [{name: line} for line in LINES for name in ("subject", "sender_name", "language", "message_id", "list_unsubscribe")]
        + [{"list_unsubscribe": url} for url in ("https://a/>, <mailto:x@y>", "javascript:1", "https://a/" + "x" * 1000)]
    )  # fmt: skip
    kept = {
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "auto-submitted",
        "content-language",
        "content-type",
        "mime-version",
    }
    with relay.open() as post:
        for changes in hostile:
            with pytest.raises(Bounced):
                post.send(letter(**changes))
        assert sink.asked_for == []
        for line in ODD_LINES:
            post.send(letter(subject=line, sender_name=line, text=line, html=line))
    assert len(sink.received) == len(ODD_LINES)
    for _sender, to, content in sink.received:
        assert to == ["person1@example.net"]
        head = content.split(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
        assert {one.partition(b":")[0].decode().lower() for one in head.split(b"\r\n")} == kept
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert b"\r" not in content.replace(b"\r\n", b"")


def test_without_a_server_letters_lie_in_a_folder_for_its_owner_alone(sqlite_app, tmp_path):
    post = make_post(sqlite_app.extensions["hearback.config"])
    assert isinstance(post, Folder)
    assert send(post, message_id="<../../a/b-1@example.org>") == "kept as _.._a_b-1@example.org.eml"
    (path,) = (tmp_path / "mail").iterdir()
    assert b"person1@example.net" in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with pytest.raises(Bounced):
        send(post, to="a@example.org, b@example.org")

    send(post, number=2)
    old = path.stat().st_mtime - timedelta(days=31).total_seconds()
    os.utime(path, (old, old))
    assert post.purge() == 1
    assert [one.name for one in Path(post.path).iterdir()] == ["letter-2@example.org.eml"]
