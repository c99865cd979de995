"""A letter as bytes: one recipient, headers that nobody can add to, plain text and HTML of the same words.

Our own headers are written here, one line each, and not by `email`: it would decode what looks encoded in a subject and break
long unsubscribe addresses into words that no mail program reads (RFC 8058 wants the address as it is).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

LINE_LIMIT = 998  # RFC 5322: bytes in a line without its end
URL_LIMIT = 900
NAME_LIMIT = 120
SUBJECT_LIMIT = 300
BODY = SMTP.clone(max_line_length=LINE_LIMIT, cte_type="7bit")
LOCAL = re.compile(r"[^\s\x00-\x20\x7f()<>\[\]:;@\\,\"]{1,64}")
DOMAIN = re.compile(r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*", re.I)
MESSAGE_ID = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
URL = re.compile(r"https?://[!#-;=?-~]+")  # printable ASCII without a quote, < and >
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
AUTO_SUBMITTED = {"auto-generated", "auto-replied", "no"}


class Unfit(ValueError):
    """Something in a letter cannot be sent as it is; the message says what, in words."""


@dataclass(frozen=True)
class Sender:
    """Who a letter is from: a name that may be empty, and one address."""

    name: str
    address: str

    @classmethod
    def read(cls, words: str) -> "Sender":
        """Return the sender written as `Name <a@b>` or as an address alone; raise Unfit for anything else."""
        stated = words.strip()
        name, address = parseaddr(stated) if stated.endswith(">") else ("", stated)
        if stated.count("<") > 1 or any(unicodedata.category(letter) == "Cc" for letter in stated):
            raise Unfit("This is not one name and one address.")
        return cls(name, address_spec(address))

    @property
    def domain(self) -> str:
        """What stands after the at sign."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class Message:
    """One letter to one recipient; `bounce_to` is where the servers on its way report that it could not be delivered."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    sender_name: str = ""
    reply_to: str | None = None
    bounce_to: str | None = None
    list_unsubscribe: str | None = None
    language: str = "en"
    auto_submitted: str = "auto-generated"

    def written(self, sender: Sender, at: datetime) -> bytes:
        """Return the letter as servers pass it on, with lines of at most 998 bytes; raise Unfit where it cannot be."""
        lines = [f"{name}: {value}" for name, value in self._headers(sender, at).items()]
        if any(len(part.encode()) > LINE_LIMIT for line in lines for part in line.split("\r\n")):
            raise Unfit("A header of the letter is too long.")
        return "\r\n".join([*lines, ""]).encode() + self._body()

    def _headers(self, sender: Sender, at: datetime) -> dict[str, str]:
        name = _one_line("sender’s name", self.sender_name or sender.name, NAME_LIMIT)
        headers = {
            "From": _mailbox(name, sender.address),
            "To": address_spec(self.to),
            "Subject": _encoded("Subject", _one_line("subject", self.subject, SUBJECT_LIMIT)),
            "Date": format_datetime(at),
            "Message-ID": f"<{_matching(MESSAGE_ID, self.message_id.strip('<>'), 'Message-ID')}>",
            "Auto-Submitted": self.auto_submitted,
            "Content-Language": _matching(LANGUAGE, self.language, "language"),
        }
        if self.auto_submitted not in AUTO_SUBMITTED:
            raise Unfit("The letter’s “Auto-Submitted” is none that exists.")
        if self.reply_to is not None:
            headers["Reply-To"] = address_spec(self.reply_to)
        if self.list_unsubscribe is not None:
            headers["List-Unsubscribe"] = f"<{_url(self.list_unsubscribe)}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return headers

    def _body(self) -> bytes:
        """Its two forms, with the headers that say so; in letters of seven bits, which every server takes."""
        body = EmailMessage(policy=BODY)
        body.set_content(_text(self.text))
        body.add_alternative(_text(self.html), subtype="html")
        return body.as_bytes()


def address_spec(address: str) -> str:
    """Return the one address that this is, its domain in ASCII; raise Unfit where it is none, or more than one."""
    local, at, domain = address.strip(" ").rpartition("@")
    if not at or not LOCAL.fullmatch(local) or _is_no_text(local):
        raise Unfit("This is not one e-mail address.")
    try:
        plain = domain if domain.isascii() else domain.encode("idna").decode()
    except UnicodeError:
        raise Unfit("This is not one e-mail address.") from None
    if not DOMAIN.fullmatch(plain):
        raise Unfit("This is not one e-mail address.")
    return f"{local}@{plain}"


def _is_no_text(words: str) -> bool:
    return any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs") for letter in words)


def _one_line(what: str, words: str, limit: int) -> str:
    """Words for a header: NUL and ends of lines are an attempt to write another one, other controls only noise."""
    if re.search(r"[\x00\r\n]", words):
        raise Unfit(f"The {what} holds an end of line or a NUL character.")
    visible = (" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in _text(words))
    line = " ".join("".join(visible).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _text(words: str) -> str:
    """What can be written in UTF-8: half characters become the sign for one that is missing, NUL nothing."""
    return re.sub("[\ud800-\udfff]", "\ufffd", words.replace("\x00", ""))


def _mailbox(name: str, address: str) -> str:
    if not name:
        return address
    if name.isascii() and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{_encoded('From', name)} <{address}>"


def _encoded(header: str, words: str) -> str:
    """Words as they are where they are plain ASCII; else in encoded words (RFC 2047), which may take several lines."""
    if words.isascii() and "=?" not in words:
        return words
    return Header(words, "utf-8", header_name=header).encode(linesep="\r\n")


def _matching(pattern: re.Pattern[str], words: str, what: str) -> str:
    if not pattern.fullmatch(words):
        raise Unfit(f"The letter’s {what} cannot be written in a header.")
    return words


def _url(url: str) -> str:
    if len(url) > URL_LIMIT:
        raise Unfit("The letter’s address for unsubscribing is too long.")
    return _matching(URL, url, "address for unsubscribing")
