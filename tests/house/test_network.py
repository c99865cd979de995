"""The app works where there is no network, and asks for none."""

import socket
import sys
import urllib.request
from functools import lru_cache

import pytest

from survey.text.queries import newest_comments
from tests.factories.people import sign_in
from tests.factories.surveys import send


class NoNetwork(OSError):
    """Something asked for the network."""


@pytest.fixture
def asked(monkeypatch):
    """Block everything but unix sockets; what was asked for in vain is noted, as a library may swallow the error."""
    attempts = []

    def refuse(*args, **kwargs):
        attempts.append(args[-1])
        raise NoNetwork(f"the network is blocked: {args[1:]}")

    def guarded(real):
        return lambda self, *args: real(self, *args) if self.family == socket.AF_UNIX else refuse(self, *args)

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    for name in ("create_connection", "getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        monkeypatch.setattr(socket, name, refuse)
    return attempts


@pytest.fixture
def forgetful(monkeypatch):
    """A reader that has loaded nothing yet, and finds no data of NLTK on this machine."""
    import nltk

    monkeypatch.setattr(nltk.data, "path", [])
    for name, module in list(sys.modules.items()):
        if name.startswith("survey.text."):
            for value in vars(module).values():
                if isinstance(value, type(lru_cache()(print))):
                    value.cache_clear()


def test_the_block_blocks(asked):
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        for reach in (
            lambda: urllib.request.urlopen("http://192.0.2.1/"),
            lambda: socket.create_connection(("127.0.0.1", 80)),
            lambda: socket.getaddrinfo("example.org", 443),
            lambda: stream.connect(("192.0.2.1", 443)),
            lambda: datagrams.sendto(b"hello", ("192.0.2.1", 53)),
        ):
            with pytest.raises(OSError, match="the network is blocked"):
                reach()
    assert len(asked) == 5


@pytest.mark.usefixtures("forgetful")
def test_an_answer_makes_its_whole_way_without_a_network(sqlite_app, asked):
    made = sqlite_app.test_cli_runner().invoke(
        args=["surveys", "create", "satisfaction", "--slug", "spring", "--publish"]
    )
    assert made.exit_code == 0, made.output

    respondent = sqlite_app.test_client()
    words = "The waiting time was terrible and nobody answered the phone."
    sent = send(respondent, "/s/spring", {"nps": "3", "reason": words, "rating": "2"})
    assert sent.status_code == 303, sent.text
    assert respondent.get(sent.location).status_code == 200

    sqlite_app.extensions["hearback.work_off"]()
    (comment,) = newest_comments(5)
    assert (comment.text, comment.sentiment) == (words, "negative")
    assert "A2" in [reason.code for reason in comment.reasons]

    leader = sqlite_app.test_client()
    sign_in(leader, "leader")
    for address in ("/today", "/surveys/spring/results", "/surveys/spring/responses", "/improving"):
        assert leader.get(address).status_code == 200, address
    assert asked == []
