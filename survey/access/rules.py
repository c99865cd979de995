"""Decisions about people who work here: roles, links and how long they hold, addresses, passwords, where to go after signing in."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Literal
from urllib.parse import unquote

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, marked

Purpose = Literal["claim", "join", "password"]

ROLES: Mapping[str, str] = {
    "admin": lazy_gettext("Everything, with settings and people"),
    "leader": lazy_gettext("All results, comments and lost customers"),
    "staff": lazy_gettext("Surveys, comments, lost customers and improvements"),
    "viewer": lazy_gettext("Results of groups, never a single answer"),
}

ROLE_NAMES: Mapping[str, str] = {
    "admin": lazy_gettext("Admin"),
    "leader": lazy_gettext("Leader"),
    "staff": lazy_gettext("Staff"),
    "viewer": lazy_gettext("Viewer"),
}

# As the audit keeps it; pages say it in their own language.
ROLE_WORDS: Mapping[str, str] = {
    "admin": marked("an admin"),
    "leader": marked("a leader"),
    "staff": marked("a member of staff"),
    "viewer": marked("a viewer"),
}

LIFETIMES: Mapping[Purpose, timedelta] = {
    "claim": timedelta(hours=48),
    "join": timedelta(hours=48),
    "password": timedelta(hours=24),
}

PATHS: Mapping[Purpose, str] = {"claim": "setup", "join": "join", "password": "password"}

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
FEWEST_CHARACTERS = 5  # different ones

RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "q1w2e3r4t5y6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p")  # fmt: skip

# What stolen lists are full of, once digits, signs and disguises such as “p4ssw0rd” are taken off.
# fmt: off
WORST = frozenset((
    "access", "admin", "administrator", "autumn", "azerty", "baseball", "basketball", "batman", "bonjour",
    "changeme", "charlie", "chocolate", "computer", "contrasena", "corvette", "cowboys", "default", "donald",
    "dragon", "eagles", "football", "freedom", "geheim", "google", "hearback", "hello", "hockey", "hunter",
    "iloveyou", "internet", "jennifer", "jordan", "killer", "letmein", "liverpool", "login", "lovely", "manager",
    "master", "matrix", "mercedes", "michael", "michelle", "microsoft", "monkey", "motdepasse", "mustang",
    "nothing", "passphrase", "passw0rd", "password", "passwort", "pokemon", "princess", "qazwsx", "qwerty",
    "qwertz", "rockyou", "root", "secret", "server", "service", "shadow", "spring", "summer", "sunshine",
    "superman", "survey", "system", "temporary", "test", "testing", "thomas", "thunder", "trustno", "trustnoone",
    "unknown", "user", "welcome", "whatever", "willkommen", "winter",
))
# fmt: on
DISGUISES = str.maketrans("@4301!5$7", "aaeoiisst")


def link_url(base_url: str, purpose: Purpose, token: str) -> str:
    """Return the whole address of a one-time link."""
    return f"{base_url}/{PATHS[purpose]}/{token}"


def email_address(text: str) -> str | None:
    """Return an e-mail address in lower case without outer blanks, or None where it cannot be one."""
    address = text.strip().lower()
    fits = (
        len(address) <= 255
        and address.isprintable()
        and re.fullmatch(r"[^\s@,;:<>\"()\\]+@[^\s@,;:<>\"()\\]+", address)
    )
    return address if fits else None


def password_problem(password: str, *, email: str = "", organisation: str = "") -> str | None:
    """Say in a sentence why a password cannot be taken, or None when it can."""
    if len(password) < SHORTEST_PASSWORD:
        return _("Use at least %(number)s characters. Three or four words that only you would put together are good.",
                 number=SHORTEST_PASSWORD)  # fmt: skip
    if len(password) > LONGEST_PASSWORD:
        return _("Use at most %(number)s characters.", number=LONGEST_PASSWORD)
    folded = password.casefold()
    if len(set(folded)) < FEWEST_CHARACTERS or _is_run(folded):
        return _("That is a pattern which is tried first. Choose another.")
    if _is_made_of(
        folded, set(re.split(r"@|\.", email.casefold())) | {email.casefold(), email.casefold().partition("@")[0]}
    ):
        return _("That is your e-mail address, or nearly. Choose something that nobody can look up.")
    if _is_made_of(folded, {organisation.casefold(), *organisation.casefold().split()}):
        return _("That is the name of the organisation, or nearly. Choose something that nobody can look up.")
    if _is_made_of(folded, WORST):
        return _("That is one of the passwords which are tried first. Choose another.")
    return None


def _is_run(folded: str) -> bool:
    return any(folded in row * 2 or folded in row[::-1] * 2 for row in RUNS)


def _is_made_of(folded: str, words: frozenset[str] | set[str]) -> bool:
    """Whether nothing but digits, signs and one of the words (perhaps twice, perhaps disguised) is in the password."""
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    bare = {_letters(folded), _letters(core.translate(DISGUISES)), _letters(folded.translate(DISGUISES))}
    known = {_letters(word) for word in words if len(word) > 3}
    return any(word and part in (word, word * 2) for word in known for part in bare)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def local_path(target: str | None) -> str | None:
    """Return an address within this site to go on to, or None for anything a browser could read as another site.

    Browsers drop TAB, CR and LF from addresses and read a backslash as a slash, so none of them may be there.
    """
    if not target or not target.startswith("/") or len(target) > 2000:
        return None
    path = unquote(target.partition("?")[0])
    is_plain = target.isprintable() and path.isprintable() and not {"\\", " "} & {*target, *path}
    return target if is_plain and "//" not in path else None


def role_name(role: str) -> str:
    """Return what a role is called."""
    return str(ROLE_NAMES.get(role, role))


# ---- the audit: what it keeps are English keys; these are the sentences that pages make of them ---------------------

AUDITED: Mapping[str, str] = {
    "changed the settings:": marked("%(who)s changed the settings: %(subject)s"),
    "added an admin:": marked("%(who)s added an admin: %(subject)s"),
    "added a leader:": marked("%(who)s added a leader: %(subject)s"),
    "added a member of staff:": marked("%(who)s added a member of staff: %(subject)s"),
    "added a viewer:": marked("%(who)s added a viewer: %(subject)s"),
    "made an admin of": marked("%(who)s made an admin of %(subject)s"),
    "made a leader of": marked("%(who)s made a leader of %(subject)s"),
    "made a member of staff of": marked("%(who)s made a member of staff of %(subject)s"),
    "made a viewer of": marked("%(who)s made a viewer of %(subject)s"),
    "closed the account of": marked("%(who)s closed the account of %(subject)s"),
    "opened again the account of": marked("%(who)s opened again the account of %(subject)s"),
    "changed the own password": marked("%(who)s changed the own password"),
    "made a password link for": marked("%(who)s made a password link for %(subject)s"),
    "claimed this installation": marked("%(who)s claimed this installation"),
    "joined": marked("%(who)s joined"),
    "asked for a new password": marked("Somebody asked for a link to a new password for %(subject)s"),
    "set a new password by a link": marked("%(who)s set a new password by a link"),
    "personal link made": marked("%(who)s made a personal link for the survey %(subject)s"),
    "campaign planned": marked("%(who)s planned the campaign %(subject)s"),
    "campaign started": marked("%(who)s started the campaign %(subject)s"),
    "campaign stopped": marked("%(who)s stopped the campaign %(subject)s for now"),
    "campaign went on": marked("%(who)s let the campaign %(subject)s go on"),
    "campaign ended": marked("%(who)s ended the campaign %(subject)s"),
    "links of a campaign downloaded": marked("%(who)s downloaded the personal links of the campaign %(subject)s"),
    "trigger made": marked("%(who)s let the survey %(subject)s be sent after an event"),
    "trigger switched on": marked("%(who)s switched a trigger of the survey %(subject)s on"),
    "trigger switched off": marked("%(who)s switched a trigger of the survey %(subject)s off"),
    "responses exported": marked("%(who)s exported the answers of the survey %(subject)s"),
    "answers read in from a file": marked("%(who)s read answers in from a file, into the survey %(subject)s"),
    "reading answers in stopped": marked("%(who)s stopped reading answers in, into the survey %(subject)s"),
    "people read in from a file": marked("%(who)s read people in from a file"),
    "reading people in stopped": marked("%(who)s stopped reading people in"),
    "response counted again": marked("%(who)s counted an answer again: %(subject)s"),
    "response vouched for": marked("%(who)s vouched for an answer: %(subject)s"),
    "response set aside: test": marked("%(who)s set an answer aside as a test: %(subject)s"),
    "response set aside: spam": marked("%(who)s set an answer aside as spam: %(subject)s"),
    "survey made": marked("%(who)s made the survey %(subject)s"),
    "survey edited": marked("%(who)s edited the survey %(subject)s"),
    "survey published": marked("%(who)s published the survey %(subject)s"),
    "survey closed": marked("%(who)s closed the survey %(subject)s"),
    "survey reopened": marked("%(who)s reopened the survey %(subject)s"),
    "survey archived": marked("%(who)s archived the survey %(subject)s"),
    "survey taken out of the archive": marked("%(who)s took the survey %(subject)s out of the archive"),
    "survey duplicated": marked("%(who)s copied another survey as %(subject)s"),
    "survey deleted": marked("%(who)s deleted the survey %(subject)s"),
    "survey window set": marked("%(who)s set when the survey %(subject)s is open"),
    "survey frame set": marked("%(who)s set where the survey %(subject)s may be shown"),
    "survey robots set": marked("%(who)s set how the survey %(subject)s keeps robots out"),
    "survey options set": marked("%(who)s set the options of the survey %(subject)s"),
    "person left alone": marked("%(who)s noted that somebody wants no more letters: %(subject)s"),
    "death noted": marked("%(who)s noted that somebody has died: %(subject)s"),
    "letter written": marked("%(who)s wrote a letter by hand, to %(subject)s"),
    "letter taken back": marked("%(who)s took a letter back: %(subject)s"),
    "letter tried again": marked("%(who)s let a letter be tried again: %(subject)s"),
    "address written to again": marked(
        "%(who)s let an address be written to again from which letters had come back: %(subject)s"
    ),
    "address suppressed": marked("%(who)s noted that an address is not to be written to: %(subject)s"),
    "addresses suppressed": marked("%(who)s read in a list of addresses that are not to be written to: %(subject)s"),
    "survey read from a file": marked("%(who)s read the survey %(subject)s from a file"),
}

# The settings that the audit names.
SETTINGS: Mapping[str, str] = {
    "name": marked("name"),
    "accent": marked("accent"),
    "time zone": marked("time zone"),
    "language": marked("language"),
    "languages": marked("languages"),
    "currency": marked("currency"),
    "postal address": marked("postal address"),
    "minimum scores": marked("minimum scores"),
    "minimum comments": marked("minimum comments"),
    "promised hours": marked("promised hours"),
    "letter limit": marked("most letters to one person"),
    "letter days": marked("days of the most letters"),
    "mark": marked("mark"),
    "mark type": marked("mark type"),
    "mark version": marked("mark version"),
}


def audit_words(who: str, what: str, subject: str) -> str:
    """Return a line of the audit as a sentence."""
    if what == "changed the settings:":
        subject = ", ".join(_(SETTINGS[name]) if name in SETTINGS else name for name in subject.split(", "))
    if what in AUDITED:
        return _(AUDITED[what], who=who, subject=subject)
    return " ".join(part for part in (who, what, subject) if part)
