"""Personal data in what people wrote: found, and taken out where a text is shown to many.

Found are e-mail addresses, links, IP addresses, bank accounts and cards (with their check digits), telephone numbers
and names. Dates, times, prices, years and flight numbers are left alone.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from ipaddress import ip_address
from typing import NamedTuple

from survey.text.rules.given_names import ALSO_WORDS, GIVEN_NAMES
from survey.text.rules.plain import normalise, offsets


class Kind(StrEnum):
    """What personal data there is; the value stands in its place."""

    EMAIL = "e-mail"
    LINK = "link"
    IP = "IP address"
    IBAN = "bank account"
    CARD = "card"
    PHONE = "phone"
    NAME = "name"


class Personal(NamedTuple):
    """Personal data at text[start:end]."""

    kind: Kind
    start: int
    end: int


AT = r"(?:@|\s?[(\[]\s?at\s?[)\]]\s?)"
DOT = r"(?:\.|\s?[(\[]\s?(?:dot|punkt)\s?[)\]]\s?)"
EMAIL = re.compile(rf"[\w.+%-]{{1,64}}{AT}[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{1,5}}", re.IGNORECASE)
LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"]{2,2000}[\w/]"
    r"|(?<![\w@.-])(?:[a-z0-9-]{2,63}\.){1,4}(?:com|net|org|info|biz|io|de|eu|co\.uk)\b(?:/[^\s<>\"]{0,2000}[\w/])?",
    re.IGNORECASE,
)
IP = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\w)|(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?![\w:])", re.IGNORECASE
)
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)", re.IGNORECASE)
DIGITS = re.compile(r"(?<![\w.,/€$£#-])(?:\+|\(\+?)?\d(?:[ \-./()]{0,3}\d){5,24}(?![\w%€$£])")
DATE = re.compile(
    r"(?<!\d)(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})|\d{1,2} \d{1,2} (?:19|20)\d{2})(?!\d)"
    r"|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
)
ASKED_TO_CALL = re.compile(
    r"\b(?:tel\w*|phone|mobile|cell|call|ring|handy|whatsapp|\w*nummer|number|fax|reach me|text)\W{0,3}"
    r"(?:(?:me|us|back|is|ist|on|at|under|unter|no)\W{1,3}){0,3}$",
    re.IGNORECASE,
)
SEPARATORS = re.compile(r"[ \-./()+]+")
NAME = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
INTRODUCES = re.compile(
    r"(?:\b(?:mr|mrs|ms|miss|mx|dr|prof|sir|herrn?|frau|mister|doctor|professor)\b\.?"
    r"|\b(?:my name is|named|called|ich heiße|mein name ist|name:|gez\.|nurse|sister))\s$",
    re.IGNORECASE,
)
LONGEST_INTRODUCTION = 16
BEGINNINGS = frozenset({"will", "may", "april", "june", "august", "hope", "chase"})  # “Will Amazon …”


def personal_data(text: str, names: Collection[str] = ()) -> tuple[Personal, ...]:
    """Personal data in a text as it was typed, in order, without overlaps; `names` are those of people we know."""
    plain = normalise(text)
    found = _apart([*_written(plain), *_names(plain, frozenset(name.casefold() for name in names))])
    if not found or plain == text:
        return found
    places = offsets(text)
    return tuple(Personal(kind, places[start], places[end - 1] + 1) for kind, start, end in found)


def redacted(text: str, found: Sequence[Personal]) -> str:
    """The text with personal data replaced by what it was: “call [name] at [phone]”."""
    parts, at = [], 0
    for kind, start, end in found:
        parts += [text[at:start], f"[{kind}]"]
        at = end
    return "".join([*parts, text[at:]])


def _apart(found: Sequence[Personal]) -> tuple[Personal, ...]:
    """What was found in order; of two that overlap the one that begins first, and then the longer one."""
    kept: list[Personal] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _written(text: str) -> Iterator[Personal]:
    """What is told by its shape; most texts have none of it, and a look at its signs is cheap."""
    if "@" in text or "(" in text or "[" in text:
        yield from _all(Kind.EMAIL, EMAIL, text)
    if "." in text:
        yield from _all(Kind.LINK, LINK, text)
    if sum(map(text.count, "0123456789")) >= 4 or text.count(":") > 1:
        yield from (one for one in _all(Kind.IP, IP, text) if is_address(text[one.start : one.end]))
        yield from _accounts(text)
        yield from _numbers(text)


def _all(kind: Kind, pattern: re.Pattern[str], text: str) -> Iterator[Personal]:
    return (Personal(kind, *found.span()) for found in pattern.finditer(text))


def _accounts(text: str) -> Iterator[Personal]:
    """Bank accounts, without the words after them that look like more of the number."""
    for found in IBAN.finditer(text):
        typed = found[0]
        while typed and not is_iban(typed):
            typed = typed.rpartition(" ")[0]
        if typed:
            yield Personal(Kind.IBAN, found.start(), found.start() + len(typed))


def _numbers(text: str) -> Iterator[Personal]:
    undated = DATE.sub(lambda found: "x" * len(found[0]), text)
    for found in DIGITS.finditer(undated):
        kind = _kind_of(found[0], undated[max(0, found.start() - 30) : found.start()])
        if kind:
            yield Personal(kind, *found.span())


def _kind_of(number: str, before: str) -> Kind | None:
    digits = re.sub(r"\D", "", number)
    if 13 <= len(digits) <= 19 and is_card(digits):
        return Kind.CARD
    groups = [group for group in SEPARATORS.split(number) if group]
    if len(digits) > 15 or all(re.fullmatch(r"(?:19|20)\d\d", group) for group in groups):
        return None
    asked = bool(ASKED_TO_CALL.search(before))
    dialled = len(digits) >= 8 and number[0] in "+(0"
    grouped = len(digits) >= 10 and all(len(group) >= 3 for group in groups)
    return Kind.PHONE if asked or dialled or grouped else None


def is_address(typed: str) -> bool:
    """Whether this is an IP address."""
    try:
        return bool(ip_address(typed))
    except ValueError:
        return False


def is_card(digits: str) -> bool:
    """Whether digits pass the check of payment cards (Luhn)."""
    plain = sum(int(digit) for digit in digits[-1::-2])
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (plain + doubled) % 10 == 0 and len(set(digits)) > 1


def is_iban(typed: str) -> bool:
    """Whether this is an international bank account number whose check digits are right (ISO 13616)."""
    bare = typed.replace(" ", "").upper()
    if not (15 <= len(bare) <= 34 and bare.isascii() and bare.isalnum()):
        return False
    return int("".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])) % 97 == 1


def _names(text: str, known: frozenset[str]) -> Iterator[Personal]:
    """Capitalised words that are names: by our lists, or because of what introduces them; with the surname after them."""
    typed = [word for word in NAME.finditer(text) if word[0][0].isupper()]
    for at, word in enumerate(typed):
        bare = word[0].casefold().removesuffix("'s")
        surname = _surname(text, typed, at)
        is_listed = bare in known or bare in GIVEN_NAMES or set(bare.split("-")) <= GIVEN_NAMES
        if (
            is_listed
            or _is_introduced(text, word)
            or (surname and bare in ALSO_WORDS - (BEGINNINGS if not word.start() else set()))
        ):
            yield Personal(Kind.NAME, word.start(), surname or word.start() + len(bare))


def _surname(text: str, typed: Sequence[re.Match[str]], at: int) -> int:
    """Where the capitalised word just after a name ends; 0 where there is none."""
    if at + 1 == len(typed) or text[typed[at].end() : typed[at + 1].start()] not in (
        " ",
        " de ",
        " von ",
        " van ",
        " der ",
    ):
        return 0
    following = typed[at + 1]
    is_word = following[0].isupper()  # “I”, and whatever is shouted
    return 0 if is_word else following.start() + len(following[0].removesuffix("'s"))


def _is_introduced(text: str, word: re.Match[str]) -> bool:
    return bool(INTRODUCES.search(text[max(0, word.start() - LONGEST_INTRODUCTION) : word.start()]))
