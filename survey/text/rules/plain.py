"""From whatever was typed to clean text, clauses and words."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

LONGEST_READ = 10_000
LONGEST_NON_ANSWER = 60

TYPED_ALIKE = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "´": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "…": "...", "–": " - ", "—": " - ", "‐": "-", "‑": "-", "\u00a0": " ", "\r": "\n",
    "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "", "\u00ad": "", "\ufe0f": "",
})  # fmt: skip

CONTRAST = "but|however|although|though|except|yet|whereas|nevertheless|otherwise"
CLAUSE_END = re.compile(
    rf"[.!?;]+(?=\s|$)|\n+| - |(?<=[a-z])[.!?;]+(?=[A-Za-z])|(?<=[a-z])/(?=[a-z])|(?<!nothing)(?<!anything)(?<!\bhelp)[\s,](?=(?:{CONTRAST})\b)",
    re.IGNORECASE,
)
WORD = re.compile(
    r"\d+(?:[./,:]\d+)+%?"  # 5/5, 9.30
    r"|[^\W_]+(?:['-][^\W_]+)*"
    r"|[:;=]-?[)(DP](?!\w)|<3"
    r"|,"
    r"|[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]"
)
SEPARATE_NOT = re.compile(
    r"\b(do|does|did|is|was|were|are|has|have|had|ca|can|could|would|should|wo|will)(?: not\b|not\b| n't\b)",
    re.IGNORECASE,
)
JOINED = {"can not": "can't", "cannot": "can't", "will not": "won't"}
NON_ANSWERS = frozenset({
    "", "n a", "na", "nan", "none", "nothing", "no", "nope", "nil", "null", "x", "xx", "xxx", "not applicable",
    "no comment", "no comments", "nothing to add", "nothing to say", "nothing else", "nothing else to add",
    "nothing really", "nothing comes to mind", "nothing in particular", "nothing specific", "not really", "none really",
    "no not really", "no answer", "no reply", "no response", "no opinion", "idk", "dont know", "i dont know",
    "do not know", "i do not know", "not sure", "unsure", "dunno", "no idea", "ok", "okay", "yes",
    "see above", "as above", "same", "same as above",
    "ditto", "test", "asdf", "qwerty", "no further comment", "no further comments", "none at all",
    "nothing at all", "absolutely nothing", "nothing whatsoever", "i have no idea", "nowt", "none so far", "nothing at the moment", "nothing to report", "no nothing", "cant think of anything",
    "cannot think of anything", "i cant think of anything", "rather not say", "prefer not to say", "not at all",
    "none at this time", "nothing i can think of", "none that i can think of",
})  # fmt: skip


BLANKS = re.compile(r"(?:[^\S\n]|[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff])+")
HELD_DOWN = re.compile(r"([^\W\d_])\1{3,}")


@lru_cache(maxsize=64)  # the steps of the reader ask for the same text one after the other
def normalise(text: str) -> str:
    """The text as one would have typed it: composed, plain quotes, no invisible characters, at most 10,000 long."""
    plain = unicodedata.normalize("NFC", text[:LONGEST_READ].translate(TYPED_ALIKE))
    return HELD_DOWN.sub(r"\1\1", BLANKS.sub(" ", plain)).strip()[:LONGEST_READ]


def offsets(text: str) -> list[int]:
    """For each character of the normalised text, the place in the original that it came from."""
    plain, places = _composed(text[:LONGEST_READ])
    for pattern, kept in ((BLANKS, 1), (HELD_DOWN, 2)):
        plain, places = _collapsed(plain, places, pattern, kept)
    start = len(plain) - len(plain.lstrip())
    return places[start : start + len(normalise(text))]


def _composed(text: str) -> tuple[str, list[int]]:
    """Typed alike and composed, cluster by cluster: a letter and the marks and parts that join it."""
    parts, places, cluster, began = [], [], "", 0
    for at, char in enumerate(text):
        for plain in TYPED_ALIKE.get(ord(char), char):  # type: ignore[call-overload]
            if cluster and not _joins(cluster, plain):
                whole = unicodedata.normalize("NFC", cluster)
                parts.append(whole)
                places += [began] * len(whole)
                cluster = ""
            began = began if cluster else at
            cluster += plain
    whole = unicodedata.normalize("NFC", cluster)
    return "".join([*parts, whole]), [*places, *[began] * len(whole)]


def _joins(cluster: str, char: str) -> bool:
    """Whether a character composes with what stands before it, or is a mark upon it."""
    if cluster.isascii() and char.isascii():
        return False
    if unicodedata.combining(char):
        return True
    last = cluster[-1]
    return len(unicodedata.normalize("NFC", last + char)) < len(unicodedata.normalize("NFC", last)) + len(
        unicodedata.normalize("NFC", char)
    )


def _collapsed(text: str, places: list[int], pattern: re.Pattern[str], kept: int) -> tuple[str, list[int]]:
    """The text with each find cut to its first characters (blanks become one blank), and its places."""
    parts, left, at = [], [], 0
    for found in pattern.finditer(text):
        parts += [text[at : found.start()], " " if kept == 1 else found[0][:kept]]
        left += [*places[at : found.start()], *places[found.start() : found.start() + kept]]
        at = found.end()
    return "".join([*parts, text[at:]]), [*left, *places[at:]]


@lru_cache(maxsize=64)
def clauses(text: str) -> tuple[str, ...]:
    """The parts of a text that may each say something else: parted at sentence ends, lines and words like “but”."""
    return tuple(part for piece in CLAUSE_END.split(text) if (part := piece.strip(" ,\n")))


@lru_cache(maxsize=256)
def words(text: str) -> tuple[str, ...]:
    """The words of normalised text, with numbers, emoticons, emoji and commas; “did not” counts as “didn’t”."""
    may_deny = "not" in text or "NOT" in text or "n't" in text
    return tuple(WORD.findall(SEPARATE_NOT.sub(_joined_not, text) if may_deny else text))


class Clause(NamedTuple):
    """One clause: its words as typed, and as they are looked up."""

    words: tuple[str, ...]
    keys: tuple[str, ...]


@lru_cache(maxsize=64)
def taken_apart(text: str) -> tuple[Clause, ...]:
    """The clauses of normalised text, in words."""
    found = (words(clause) for clause in clauses(text))
    return tuple(Clause(typed, _keys(typed)) for typed in found if typed)


def _keys(typed: tuple[str, ...]) -> tuple[str, ...]:
    """The `word_key` of each word."""
    lowered = tuple(map(str.casefold, typed))
    return tuple(key.replace("'", "") for key in lowered) if any("'" in key for key in lowered) else lowered


def _joined_not(found: re.Match[str]) -> str:
    return JOINED.get(found[0].casefold(), f"{found[1]}n't")


def word_set(listed: str) -> frozenset[str]:
    """The words of a list that is written as a sentence."""
    return frozenset(listed.split())


def word_key(word: str) -> str:
    """How a word is looked up: lower case, without apostrophes."""
    return word.casefold().replace("'", "")


def is_non_answer(text: str) -> bool:
    """Whether the text declines to say anything: “n/a”, “nothing”, “-”, a key held down."""
    if len(text) > LONGEST_NON_ANSWER:
        return False
    bare = " ".join(re.findall(r"[^\W_]+", word_key(normalise(text))))
    if bare in NON_ANSWERS:
        return not _has_face(text)
    return _is_keyboard_noise(bare)


def opens_with_nothing(text: str) -> bool:
    """Whether the answer begins by saying that there is nothing to say: “None. Satisfied.”"""
    return bool(re.match(r"(?:nothing|none|nope|nil|n/a|no(?=\s*[,.;!-]))\b", text.casefold()))


def _has_face(text: str) -> bool:
    return bool(re.search(r"[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]|[:;=]-?[)(D]|<3|\d", text))


def _is_keyboard_noise(bare: str) -> bool:
    """One run of Latin letters without a vowel, or one letter again and again."""
    if not re.fullmatch(r"[a-z]{2,40}", bare):
        return False
    return len(set(bare)) == 1 or (len(bare) > 4 and not re.search(r"[aeiouy]", bare))
