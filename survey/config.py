"""Configuration: one frozen dataclass, read once from the environment and the instance folder."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from survey.foundation.mailboxes import Inbox
from survey.foundation.message import Sender, Unfit, address_spec
from survey.foundation.smtp import Relay, WrongUrl, tls_context

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDERS = {
    "secret",
    "secret_key",
    "secretkey",
    "changeme",
    "change-me",
    "change me",
    "dev",
    "development",
    "password",
    "test",
    "hearback",
}
SECRET_LENGTH = 32
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - recognised, not bound


def tell_libraries(name: str, value: str) -> bool:
    """Set a variable of the environment for a library that listens to nothing else; returns False where it is set already."""
    if os.environ.get(name):
        return False
    os.environ[name] = value
    return True


class ConfigError(SystemExit):
    """A setting that cannot work; the message says which and what to do."""


@dataclass(frozen=True)
class Config:
    """Everything that can be set from outside; each value has a default that works on one machine."""

    instance_path: Path
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    base_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    redis_url: str | None = field(default=None, repr=False)
    trusted_proxies: int = 0
    development: bool = False
    web_processes: int = 1
    relay: Relay | None = None
    mail_from: Sender | None = None
    mail_bounces: str | None = None
    inbox: Inbox | None = None

    @property
    def is_https(self) -> bool:
        """Whether people reach this installation over https: then cookies are Secure and HSTS is sent."""
        return self.base_url.startswith("https://")

    @property
    def sender(self) -> Sender:
        """Who letters are from: what was set, else an address at the host that people know us by."""
        return self.mail_from or Sender("", f"hearback@{_mail_domain(self.base_url)}")

    @property
    def bounce_address(self) -> str:
        """Where servers report letters that they could not deliver; the letter's token is added before the at sign."""
        return self.mail_bounces or self.sender.address

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Return the configuration of this process; makes the instance folder and its secret on first use."""
        instance = Path(environ.get("INSTANCE_PATH") or ROOT / "instance").resolve()
        instance.mkdir(parents=True, exist_ok=True)
        host = environ.get("HOST") or "127.0.0.1"
        port = _whole_number(environ, "PORT", 8000)
        return cls(
            instance_path=instance,
            database_url=_database_url(environ.get("DATABASE_URL") or f"sqlite:///{instance / 'hearback.sqlite3'}"),
            secret_key=_secret_key(environ.get("SECRET_KEY"), instance / "secret_key"),
            base_url=_base_url(environ.get("BASE_URL"), host=host, port=port),
            host=host,
            port=port,
            redis_url=environ.get("REDIS_URL") or None,
            trusted_proxies=_whole_number(environ, "TRUSTED_PROXIES", 0),
            development=environ.get("FLASK_DEBUG") == "1",
            web_processes=_whole_number(environ, "WEB_CONCURRENCY", 1),
            relay=_relay(environ),
            mail_from=_mail_from(environ.get("MAIL_FROM")),
            mail_bounces=_mail_bounces(environ.get("MAIL_BOUNCES")),
            inbox=_inbox(environ),
        )


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit()):
        raise ConfigError(f"{name} is “{value}”, but it must be a whole number.")
    return int(value)


def _database_url(url: str) -> str:
    """SQLAlchemy and most hosts disagree on how PostgreSQL is spelled; psycopg 3 is the driver that we install."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _base_url(url: str | None, *, host: str, port: int) -> str:
    if url is None or not url.strip():
        return f"http://{'localhost' if host in EVERYWHERE else host}:{port}"
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ConfigError(f"BASE_URL is “{url}”, but it must look like https://feedback.example.org.")
    return url.strip().rstrip("/")


def _mail_domain(base_url: str) -> str:
    """The host of an address as the domain of a mailbox: a bare number is none."""
    host = urlsplit(base_url).hostname or "localhost"
    try:
        ip_address(host)
    except ValueError:
        return host
    return "localhost"


def _relay(environ: Mapping[str, str]) -> Relay | None:
    url, ca_file = environ.get("SMTP_URL"), _ca_file(environ.get("SMTP_CA_FILE"))
    if not url:
        return None
    try:
        return Relay.read(url, ca_file)
    except WrongUrl as wrong:
        raise ConfigError(
            f"SMTP_URL must look like smtp://user:password@mail.example.org, smtps://… or smtp://relay?tls=none: {wrong}."
        ) from None


def _inbox(environ: Mapping[str, str]) -> Inbox | None:
    url, ca_file = environ.get("BOUNCES_URL"), _ca_file(environ.get("SMTP_CA_FILE"))
    if not url:
        return None
    try:
        return Inbox.read(url, ca_file)
    except WrongUrl as wrong:
        raise ConfigError(
            f"BOUNCES_URL must look like imaps://user:password@mail.example.org/INBOX: {wrong}."
        ) from None


def _ca_file(path: str | None) -> Path | None:
    if not path:
        return None
    try:
        tls_context(Path(path))
    except (OSError, ValueError):
        raise ConfigError(f"SMTP_CA_FILE is “{path}”, but no certificates in PEM form can be read there.") from None
    return Path(path)


def _mail_from(words: str | None) -> Sender | None:
    try:
        return Sender.read(words) if words and words.strip() else None
    except Unfit:
        raise ConfigError(f"MAIL_FROM is “{words}”, but it must look like Café Nord <hello@example.org>.") from None


def _mail_bounces(words: str | None) -> str | None:
    try:
        return address_spec(words) if words and words.strip() else None
    except Unfit:
        raise ConfigError(f"MAIL_BOUNCES is “{words}”, but it must be one address: bounces@example.org.") from None


def _secret_key(given: str | None, path: Path) -> str:
    """The secret that signs sessions and forms: given, or made once and kept in the instance folder (0600)."""
    if given:
        if given.strip().casefold() in PLACEHOLDERS or len(given) < SECRET_LENGTH:
            raise ConfigError(
                f"SECRET_KEY must be at least {SECRET_LENGTH} random characters. "
                'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        return given
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
