"""Recognising a reason in a short string that another system has stored."""

import re
import unicodedata
from collections.abc import Iterator

from survey.reasons.rules.taxonomy import REASONS

# What other systems call it. For import only: nobody is ever shown these words.
ALIASES: dict[str, tuple[str, ...]] = {
    "P1": ("price", "pricing", "too expensive", "expensive", "cost", "cost too high", "high price", "too costly"),
    "P2": ("price increase", "increase in price", "price went up", "price hike"),
    "P3": ("extra data charges", "long distance charges", "extra charges", "hidden fees", "hidden charges", "fees"),
    "P4": ("new customers pay less", "loyalty not rewarded"),
    "P5": (
        "lack of affordable download/upload speed",
        "lack of affordable speed",
        "poor value",
        "value for money",
        "not using it",
        "not using it enough",
        "low usage",
    ),
    "S1": (
        "network reliability",
        "reliability",
        "unreliable",
        "outages",
        "technical problems",
        "technical issues",
        "bugs",
        "product fault",
        "faulty",
    ),
    "S2": (
        "product dissatisfaction",
        "service dissatisfaction",
        "dissatisfaction",
        "dissatisfied",
        "poor quality",
        "poor service",
        "quality issues",
        "low quality",
    ),
    "S3": (
        "limited range of services",
        "limited range",
        "missing feature",
        "missing features",
        "lack of features",
        "out of stock",
        "not offered",
    ),
    "S4": ("product discontinued", "discontinued", "redesign"),
    "S5": ("billing error", "billing problem", "billing issue", "wrong bill", "incorrect bill"),
    "E1": (
        "attitude",
        "attitude of support person",
        "attitude of service provider",
        "attitude of staff",
        "rude staff",
        "customer service",
    ),
    "E2": ("unresponsive", "no response", "not listened to", "no show"),
    "E3": (
        "poor expertise of online support",
        "poor expertise of phone support",
        "poor expertise",
        "lack of expertise",
        "lack of knowledge",
    ),
    "E4": ("too small", "small account"),
    "R1": ("unresolved complaint", "not fixed", "complaint not resolved", "unresolved issue"),
    "R2": ("slow resolution", "fixed too late"),
    "R3": ("refund refused", "no refund", "broken promise", "warranty"),
    "A1": ("location", "opening hours", "too far", "distance", "inconvenient location", "parking"),
    "A2": ("waiting time", "waiting times", "wait time", "long wait", "late delivery", "slow delivery", "delays"),
    "A3": (
        "lack of self-service on website",
        "lack of self service",
        "difficult to use",
        "too complicated",
        "usability",
        "hard to set up",
    ),
    "X1": (
        "competitor made better offer",
        "competitor offered more data",
        "better offer",
        "better deal",
        "better price elsewhere",
        "cheaper elsewhere",
        "competitor price",
    ),
    "X2": (
        "competitor had better devices",
        "competitor offered higher download speeds",
        "better product",
        "competitor product",
        "competitor had better product",
    ),
    "X3": ("recommendation", "recommended competitor", "friend recommended competitor"),
    "X4": ("in-house", "in-house solution", "built own", "doing it myself"),
    "T1": ("trust", "privacy", "felt misled", "data breach", "security concerns"),
    "T2": ("policy", "company policy", "rules"),
    "T3": ("values", "ethics", "boycott", "politics"),
    "N1": ("project finished", "project completed", "one-off", "completed", "no longer needed"),
    "N2": (
        "change of circumstances",
        "changed circumstances",
        "personal reasons",
        "no longer need it",
        "new job",
        "health",
    ),
    "N3": ("seasonal", "pause", "temporary", "taking a break"),
    "U1": ("deceased", "death", "bereavement", "passed away", "dead"),
    "U2": ("moved", "moved house", "relocated", "relocation", "moving", "emigrated", "left the area"),
    "U3": (
        "redundancy",
        "lost job",
        "lost my job",
        "insolvency",
        "financial hardship",
        "bankruptcy",
        "hardship",
        "could not afford it",
        "can't afford it",
    ),
    "U4": ("business closed", "ceased trading", "acquired", "merger", "closed down", "acquisition"),
    "U5": ("branch closed", "force majeure", "regulation", "change of law", "flood"),
    "B": ("card expired", "card declined", "payment declined", "failed payment", "involuntary payment"),
    "F": ("terminated by us", "terminated", "non-payment", "account closed by us", "service withdrawn", "abuse"),
    "Z1": ("no reason given", "not stated", "declined to answer", "blank"),
    "Z2": (
        "don't know",
        "do not know",
        "unknown",
        "not sure",
        "no reason",
        "prefer not to say",
        "rather not say",
        "i don't know",
        "no particular reason",
    ),
    "Z3": ("not asked yet",),
}


def recognise(text: str) -> str | None:
    """The code whose label, wording, alias or plain phrase the text is, whatever its case and punctuation, or None."""
    return CODE_BY_KEY.get(words_key(text))


def words_key(text: str) -> str:
    """The text as it is compared: without case, accents of writing and punctuation."""
    bare = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    return " ".join(re.findall(r"[^\W_]+", bare))


def _names() -> Iterator[tuple[str, str]]:
    for code, reason in REASONS.items():
        for name in (code, reason.name, reason.wording, *ALIASES.get(code, ())):
            yield words_key(name), code
    for code, reason in REASONS.items():
        yield from ((words_key(phrase), code) for phrase in reason.phrases if not re.search(r"[*|#]|\.\.", phrase))


def _code_by_key() -> dict[str, str]:
    codes: dict[str, str] = {}
    for key, code in _names():
        codes.setdefault(key, code)
    return codes


CODE_BY_KEY = _code_by_key()
