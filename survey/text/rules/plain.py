"""From whatever was typed to clean text, clauses and words."""

import re
import unicodedata

LONGEST_READ = 10_000

TYPED_ALIKE = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "´": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "…": "...", "–": " - ", "—": " - ", "‐": "-", "‑": "-", "\u00a0": " ", "\r": "\n",
    "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "", "\u00ad": "", "\ufe0f": "",
})  # fmt: skip

CONTRAST = "but|however|although|though|except|yet|whereas|nevertheless|otherwise"
CLAUSE_END = re.compile(
    rf"[.!?;]+(?=\s|$)|\n+|(?<=[a-z])[.!?;]+(?=[A-Za-z])|(?<=[a-z])/(?=[a-z])|[\s,](?=(?:{CONTRAST})\b)", re.IGNORECASE
)
WORD = re.compile(
    r"\d+(?:[./,:]\d+)+%?"  # 5/5, 9.30
    r"|[^\W_]+(?:['-][^\W_]+)*"
    r"|[:;=]-?[)(DP](?!\w)|<3"
    r"|,"
    r"|[\u2600-\u27bf\U0001f300-\U0001faff]"
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
    "nothing at all", "nothing at the moment", "nothing to report", "no nothing", "cant think of anything",
    "cannot think of anything", "i cant think of anything", "rather not say", "prefer not to say", "not at all",
    "none at this time", "nothing i can think of", "none that i can think of",
})  # fmt: skip


def normalise(text: str) -> str:
    """The text as one would have typed it: composed, plain quotes, no invisible characters, at most 10,000 long."""
    plain = unicodedata.normalize("NFC", text[:LONGEST_READ].translate(TYPED_ALIKE))
    plain = re.sub(r"(?:[^\S\n]|[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff])+", " ", plain)
    return re.sub(r"([^\W\d_])\1{3,}", r"\1\1", plain).strip()[:LONGEST_READ]


def clauses(text: str) -> tuple[str, ...]:
    """The parts of a text that may each say something else: parted at sentence ends, lines and words like “but”."""
    return tuple(part for piece in CLAUSE_END.split(text) if (part := piece.strip(" ,\n")))


def words(text: str) -> list[str]:
    """The words of normalised text, with numbers, emoticons, emoji and commas; “did not” counts as “didn’t”."""
    return WORD.findall(SEPARATE_NOT.sub(_joined_not, text))


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
    bare = " ".join(re.findall(r"[^\W_]+", word_key(normalise(text))))
    if bare in NON_ANSWERS:
        return not _has_face(text)
    return _is_keyboard_noise(bare)


def opens_with_nothing(text: str) -> bool:
    """Whether the answer begins by saying that there is nothing to say: “None. Satisfied.”"""
    return bool(re.match(r"(?:nothing|none|nope|nil|n/a|no(?=\s*[,.;!-]))\b", text.casefold()))


def _has_face(text: str) -> bool:
    return bool(re.search(r"[\u2600-\u27bf\U0001f300-\U0001faff]|[:;=]-?[)(D]|<3|\d", text))


def _is_keyboard_noise(bare: str) -> bool:
    """One run of Latin letters without a vowel, or one letter again and again."""
    if not re.fullmatch(r"[a-z]{2,40}", bare):
        return False
    return len(set(bare)) == 1 or (len(bare) > 4 and not re.search(r"[aeiouy]", bare))
