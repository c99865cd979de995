"""What a list of answers and its numbers can be narrowed to, besides whose and when: the names that addresses use."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import language_words, lazy_gettext, upper_first

CHANNEL, LANGUAGE, VERSION, SCORE = "channel", "language", "version", "score"
OWN = "segment."  # what stands before the name of a segment that the organisation brings along
SAID = "said"  # what all comments of a response say together; lists of comments alone are narrowed to it
NAMES = (CHANNEL, LANGUAGE, VERSION, SCORE, SAID)

Narrowed = tuple[tuple[str, str], ...]
"""Names with the value that is wanted of each, in order of their names: (("channel", "personal"), ("segment.site", "North"))."""

Known = Mapping[str, Mapping[str, int]]
"""What there is to choose from: name -> value -> how many responses."""


def is_narrowing(name: str) -> bool:
    """Whether a part of an address narrows answers in this way."""
    return name in NAMES or name.startswith(OWN)


def chosen_segments(args: Mapping[str, str], known: Mapping[str, Collection[str]]) -> Narrowed:
    """What an address narrows answers to; raises Refused where nobody has answered so."""
    wanted = sorted((name, args[name]) for name in args if is_narrowing(name) and args[name])
    for name, value in wanted:
        if value not in known.get(name, ()):
            raise Refused(_("Nobody has answered here who fits that. Choose from the lists."))
    return tuple(wanted)


# ---- in words -------------------------------------------------------------------------------------------------------

CHANNELS: Mapping[str, str] = {
    "link": lazy_gettext("By the open link"),
    "personal": lazy_gettext("By a personal link"),
    "import": lazy_gettext("Read from a file"),
    "test": lazy_gettext("By the link for trying out"),
}
TENURES: Mapping[str, str] = {
    "0-3": lazy_gettext("Up to 3 months"),
    "3-12": lazy_gettext("3 to 12 months"),
    "12-24": lazy_gettext("1 to 2 years"),
    "24+": lazy_gettext("More than 2 years"),
}
READINGS: Mapping[str, str] = {
    "positive": lazy_gettext("Positive"),
    "negative": lazy_gettext("Negative"),
    "mixed": lazy_gettext("Mixed"),
    "none": lazy_gettext("No signal"),
    "not_scored": lazy_gettext("Not scored"),
}
LABELS: Mapping[str, str] = {
    CHANNEL: lazy_gettext("How it came"),
    LANGUAGE: lazy_gettext("Language"),
    VERSION: lazy_gettext("Version"),
    SCORE: lazy_gettext("Score"),
    SAID: lazy_gettext("All their words together"),
    f"{OWN}tier": lazy_gettext("Tier"),
    f"{OWN}tenure": lazy_gettext("Customer for"),
}
VALUES: Mapping[str, Callable[[str], str]] = {
    CHANNEL: lambda value: str(CHANNELS.get(value, value)),
    LANGUAGE: language_words,
    SAID: lambda value: str(READINGS.get(value, value)),
    f"{OWN}tenure": lambda value: str(TENURES.get(value, value)),
}


@dataclass(frozen=True)
class Choice:
    """Something that answers can be narrowed to: its name in addresses, its label, its values with their labels and counts."""

    name: str
    label: str
    values: tuple[tuple[str, str, int], ...]

    @property
    def options(self) -> list[tuple[str, str]]:
        """The values for a select box."""
        return [("", _("Any")), *((value, label) for value, label, _n in self.values)]


def choices(known: Known) -> list[Choice]:
    """What there is to choose from, ours first; what all answers share is no choice."""
    names = [*NAMES, *sorted(name for name in known if name not in NAMES)]
    return [_choice(name, known[name]) for name in names if len(known.get(name, {})) > 1]


def segment_label(name: str) -> str:
    """What a segment is called."""
    return str(LABELS.get(name) or upper_first(name.removeprefix(OWN)))


def value_label(name: str, value: str) -> str:
    """What a value of a segment is called."""
    return VALUES.get(name, str)(value)


def narrowed_words(narrowed: Narrowed) -> str:
    """“Language: German, Site: North”; empty where nothing is narrowed."""
    return ", ".join(f"{segment_label(name)}: {value_label(name, value)}" for name, value in narrowed)


def tenure_band(months: int) -> str:
    """For how long somebody has been a customer, as a value of the segment “tenure”."""
    return "0-3" if months < 3 else "3-12" if months < 12 else "12-24" if months < 24 else "24+"


def _choice(name: str, counts: Mapping[str, int]) -> Choice:
    ordered = sorted(counts, key=lambda value: _place(name, value))
    return Choice(
        name, segment_label(name), tuple((value, value_label(name, value), counts[value]) for value in ordered)
    )


def _place(name: str, value: str) -> tuple[int, str]:
    """Numbers stand in their order, bands of time in theirs, the rest by its letters."""
    if name == f"{OWN}tenure" and value in TENURES:
        return list(TENURES).index(value), ""
    return (int(value), "") if value.isdecimal() and len(value) < 10 else (10**9, value_label(name, value).casefold())
