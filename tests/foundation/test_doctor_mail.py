"""How mail is set, and `doctor mail`, which tries it."""

import pytest

from survey.config import Config, ConfigError
from survey.foundation.message import Sender
from survey.foundation.smtp import make_post
from tests.factories.mail_server import Sink, mail_server, make_certificates


def configured(tmp_path, **variables):
    return Config.from_environment({"INSTANCE_PATH": str(tmp_path), **variables})


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "starttls", "")),
        ("smtp://hear:p%3Aa%2Fs%40s@mail.example.org:2525/", ("mail.example.org", 2525, "starttls", "p:a/s@s")),
        ("smtps://hear:x@mail.example.org", ("mail.example.org", 465, "tls", "x")),
        ("smtp://relay?tls=none", ("relay", 25, "none", "")),
        ("smtp://[::1]:25?tls=none", ("::1", 25, "none", "")),
    ],
)
def test_a_server_is_one_address(tmp_path, url, place):
    relay = configured(tmp_path, SMTP_URL=url).relay
    assert (relay.host, relay.port, relay.tls, relay.password) == place


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SMTP_URL", "mail.example.org", "smtp://"),
        ("SMTP_URL", "http://mail.example.org", "smtp://"),
        ("SMTP_URL", "smtp://hear@mail.example.org", "password"),
        ("SMTP_URL", "smtp://hear:s3cr3t@mail.example.org?tls=none", "password"),
        ("SMTP_URL", "smtp://hear:s3/cr3t@mail.example.org", "%2F"),
        ("SMTP_URL", "smtps://mail.example.org?tls=maybe", "tls=none"),
        ("SMTP_URL", "smtp://mail.example.org:many", "number"),
        ("SMTP_CA_FILE", "/nowhere.pem", "PEM"),
        ("MAIL_FROM", "Café Nord", "hello@example.org"),
        ("MAIL_BOUNCES", "a@example.org, b@example.org", "one address"),
        ("BOUNCES_URL", "imap://hear:s3cr3t@mail.example.org", "imaps://"),
        ("BOUNCES_URL", "imaps://mail.example.org", "user"),
    ],
)
def test_a_setting_that_cannot_work_says_what_to_write(tmp_path, name, value, words):
    with pytest.raises(ConfigError) as error:
        configured(tmp_path, **{name: value})
    assert str(error.value).startswith(name)
    assert words in str(error.value)
    assert "cr3t" not in str(error.value)


def test_everything_has_a_default_and_no_password_is_printed(tmp_path):
    bare = configured(tmp_path)
    assert (bare.relay, bare.inbox, bare.sender.address) == (None, None, "hearback@localhost")
    assert (
        configured(tmp_path, BASE_URL="https://feedback.example.org").bounce_address == "hearback@feedback.example.org"
    )
    full = configured(
        tmp_path,
        SMTP_URL="smtp://hear:s3cr3t@mail.example.org",
        BOUNCES_URL="imaps://hear:s3cr3t@mail.example.org",
        MAIL_FROM="Café Nord <hello@example.org>",
        DATABASE_URL="postgresql://hear:s3cr3t@127.0.0.1/x",
        SECRET_KEY="s3cr3t" * 8,
        REDIS_URL="redis://:s3cr3t@127.0.0.1",
    )
    assert "s3cr3t" not in repr(full)
    assert (full.sender, full.bounce_address) == (Sender("Café Nord", "hello@example.org"), "hello@example.org")


def ask_doctor(app, config, *words):
    app.extensions["hearback.config"], app.extensions["hearback.post"] = config, make_post(config)
    answer = app.test_cli_runner().invoke(args=["doctor", "mail", *words])
    return answer.exit_code, answer.output


def test_the_doctor_says_where_letters_go_and_sends_one(sqlite_app, tmp_path):
    sink, certificates = Sink(), make_certificates(tmp_path)
    settings = {"MAIL_FROM": "Café Nord <hello@example.org>", "BASE_URL": "https://feedback.example.org"}
    with mail_server(sink, starttls=certificates.context("localhost"), wants_password=True) as port:
        url, ca_file = f"smtp://hear:p%3Aa%2Fs%40s@localhost:{port}", str(certificates.ca_file)
        config = configured(tmp_path, SMTP_URL=url, SMTP_CA_FILE=ca_file, **settings)
        code, said = ask_doctor(sqlite_app, config, "--to", "ada@example.net")
        assert code == 0, said
        for words in ("Café Nord <hello@example.org>", f"localhost:{port}", "TLSv1.", "Certificate localhost", "as hear",
                      "AUTH LOGIN PLAIN", "goes with feedback.example.org", "ada@example.net: 250"):  # fmt: skip
            assert words in said
        assert [to for _sender, to, _content in sink.received] == [["ada@example.net"]]

        untrusted = configured(tmp_path, SMTP_URL=url, **settings)
        code, said = ask_doctor(sqlite_app, untrusted, "--to", "ada@example.net")
        assert (code, len(sink.received)) == (1, 1)
        assert f"The certificate of localhost:{port} is not accepted" in said
        assert "p:a/s@s" not in said


def test_without_a_server_the_doctor_says_where_letters_lie(sqlite_app, tmp_path):
    code, said = ask_doctor(sqlite_app, configured(tmp_path, MAIL_FROM="a@else.example"), "--to", "ada@example.net")
    assert code == 0
    assert f"lie in {tmp_path / 'mail'}" in said
    assert "else.example is not that of 127.0.0.1 in BASE_URL" in said
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1
    assert ask_doctor(sqlite_app, configured(tmp_path), "--to", "ada@example.net, b@example.net")[0] == 1
    assert sqlite_app.test_cli_runner().invoke(args=["doctor", "--to", "a@example.org"]).exit_code == 2
