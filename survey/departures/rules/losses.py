"""Decisions about departures: reasons as they were given, what counts as known, the sentence above the lost page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from survey.customers.rules.stays import Stay
from survey.departures.rules.windows import COUNTED
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, month_words, ngettext, ordinal_words, within_sentence
from survey.foundation.text import fold
from survey.reasons.rules import REASONS, Control, recognise
from survey.results.rules.comparisons import Usual, ranked_with_ties
from survey.results.rules.lost import Piece, lost_sentence, opened, put_together, told_words
from survey.results.rules.periods import Period

SHORT = 60  # a text up to this length is shown as a reason of its own, a longer one is read with the others
NOT_KNOWN, TOLD, AT_LENGTH, OWN, SAID = "not-known", "told", "at-length", "own:", "said:"
# First levels of the taxonomy: what people meet of us (the thing itself, the people, how a problem was answered), and contact alone.
SERVICE, CONTACT = ("S", "E", "R"), ("E", "R")
SERVICE_FIRST, SERVICE_TOO, NO_SERVICE, SERVICE_UNCLEAR = (
    "service-first",
    "service-too",
    "no-service",
    "service-unclear",
)
CONTACT_FIRST, CONTROLLABLE, SEVERAL, TOLD_AT_EXIT = "contact-first", "controllable", "several", "told-at-exit"
SERVICE_ANY = "service"
# Whose decision it was, whether it could have been prevented, and how we know why: each parts everybody who left.
VOLUNTARY, LIFE, PAYMENT, ENDED_BY_US, DECISION_UNKNOWN = (
    "voluntary",
    "life-event",
    "payment",
    "ended-by-us",
    "decision-unknown",
)
PARTLY, UNCONTROLLABLE, CONTROL_UNKNOWN = "partly", "uncontrollable", "control-unknown"
ANSWERED, CALLED, TOLD_OTHERWISE, ASKED, NEVER_ASKED = "answered", "called", "told-otherwise", "asked", "never-asked"
WORTH_MOST, ANSWERED_BEFORE = "worth-most", "answered-before"
LABELS: Mapping[str, str] = {
    NOT_KNOWN: lazy_gettext("Not known"),
    TOLD: lazy_gettext("Told us why"),
    AT_LENGTH: lazy_gettext("In words of their own"),
    SERVICE_FIRST: lazy_gettext("Left over service first of all"),
    SERVICE_TOO: lazy_gettext("Left over service among other reasons"),
    SERVICE_ANY: lazy_gettext("Left over service, first of all or among other reasons"),
    NO_SERVICE: lazy_gettext("Left for reasons without service"),
    SERVICE_UNCLEAR: lazy_gettext("Left, and we cannot tell whether over service"),
    CONTACT_FIRST: lazy_gettext("Left over people or how a problem was answered"),
    CONTROLLABLE: lazy_gettext("Left for reasons that we control"),
    SEVERAL: lazy_gettext("Gave two reasons or more"),
    TOLD_AT_EXIT: lazy_gettext("Told us why in an exit survey"),
    VOLUNTARY: lazy_gettext("Chose to leave"),
    LIFE: lazy_gettext("Life decided: they moved, fell on hard times or died"),
    PAYMENT: lazy_gettext("A payment failed"),
    ENDED_BY_US: lazy_gettext("We ended it"),
    DECISION_UNKNOWN: lazy_gettext("Left, and we do not know whose decision it was"),
    PARTLY: lazy_gettext("Left for reasons that are partly in our hands"),
    UNCONTROLLABLE: lazy_gettext("Left for reasons that nobody here could prevent"),
    CONTROL_UNKNOWN: lazy_gettext("Left, and we do not know whether it could have been prevented"),
    ANSWERED: lazy_gettext("Answered the exit survey"),
    CALLED: lazy_gettext("Were spoken with"),
    TOLD_OTHERWISE: lazy_gettext("Told us why in another way"),
    ASKED: lazy_gettext("Were asked and did not answer"),
    NEVER_ASKED: lazy_gettext("Were not asked, and we do not know why they left"),
    WORTH_MOST: lazy_gettext("Those who were worth most: half of the value that was lost"),
    ANSWERED_BEFORE: lazy_gettext("Had said before how satisfied they were"),
}
AnyStay = TypeVar("AnyStay", bound=Stay)


@dataclass(frozen=True)
class Given:
    """A reason as it was given: a code where it fits one, and the words."""

    code: str | None
    words: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it tells anything: “I don’t know” was said, but is not known."""
        return is_known(self.code)


class InLayer(Protocol):
    """A reason in its layer."""

    layer: Any
    code: Any
    words: Any


def tags(reasons: Sequence[InLayer]) -> list[tuple[str, bool]]:
    """Return the reasons by label, and whether only the machine read it: what was stated first."""
    stated = [reason.code for reason in reasons if reason.layer == "stated" and reason.code]
    read = [reason.code for reason in reasons if reason.layer == "suggested" and reason.code not in stated]
    return [*((label_of(code), False) for code in stated), *((label_of(code), True) for code in read)]


def own_words(reasons: Sequence[InLayer]) -> list[str]:
    """Return what was stated in other words than ours."""
    said = [reason for reason in reasons if reason.layer == "stated" and reason.words]
    return [reason.words for reason in said if not is_label(reason.words, reason.code)]


def is_label(words: str, code: str | None) -> bool:
    """Whether words only repeat what we call the reason."""
    names = {label_of(code), REASONS[code].name} if code and code in REASONS else {label_of(code)}
    return fold(words) in {fold(name) for name in names}


@dataclass(frozen=True)
class ReasonCount:
    """How many people gave a reason first, and what they were worth by currency. `key` opens the list of them."""

    key: str
    code: str | None
    label: str
    people: int
    values: Mapping[str, int]
    is_ours: bool = True
    is_known: bool = True

    @property
    def value_minor(self) -> int:
        """What they were worth in the currency that most of it is in."""
        return max(self.values.values(), key=abs, default=0)


def is_known(code: str | None) -> bool:
    """Whether a reason with this code says why; words without a code do."""
    return code is None or not code.startswith("Z")


def is_ours(code: str | None) -> bool:
    """Whether we could have prevented it, at least in part; what has no code may be."""
    return not code or code not in REASONS or REASONS[code].control in (Control.CONTROLLABLE, Control.PARTLY)


def label_of(code: str | None, words: str = "") -> str:
    """What a leader reads: the code's label, else the words as they were said."""
    return REASONS[code].label if code and code in REASONS else words or code or str(LABELS[NOT_KNOWN])


def heard(
    words: str | None, code: str | None = None, *, meant: Callable[[str], str | None] = recognise
) -> tuple[Given, ...]:
    """Return the reason in a short text, with the code that was chosen or that its words are known by; none for nothing.

    `meant` knows codes by words: by default as everybody calls them, in an organisation as it chose (reasons.queries).
    """
    said = (words or "").strip()
    return (Given(code or meant(said), said),) if said or code else ()


def given_in_answer(
    codes: Sequence[str], answers: Mapping[str, Any], *, meant: Callable[[str], str | None] = recognise
) -> tuple[Given, ...]:
    """Return the reasons in an exit answer, the first one first: ticked codes, then what was written beside them."""
    written = (answer.get("other") for answer in answers.values() if isinstance(answer, Mapping) and "codes" in answer)
    given = [*(Given(code) for code in codes), *(one for words in written for one in heard(words, meant=meant))]
    return tuple({one.code or one.words: one for one in reversed(given)}.values())[::-1]


def primary_of(given: Sequence[Given]) -> int | None:
    """Return the index of the reason that counts: the first that tells anything, else the first."""
    return next((index for index, one in enumerate(given) if one.is_known), 0 if given else None)


def stay_meant(stays: Sequence[AnyStay], on: date) -> AnyStay | None:
    """Return the stay that somebody speaks of who says on a day why they left: the last that had begun by then."""
    begun = [stay for stay in stays if stay.started_on is None or stay.started_on <= on]
    return max(begun, key=lambda stay: stay.ended_on or date.max, default=None)


# ---- counting -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReasonRow:
    """What the database counts: people with one first reason and one currency."""

    code: str | None
    words: str | None
    currency: str | None
    people: int
    value_minor: int | None
    valued: int = 0  # of how many of them the value is known


def reason_counts(rows: Sequence[ReasonRow]) -> list[ReasonCount]:
    """Return the reasons with the most people first; after them those that are not ours to mend, and not known last."""
    together: dict[str, list[ReasonRow]] = {}
    for row in rows:
        together.setdefault(key_of(row.code, row.words), []).append(row)
    counts = [_count(key, same) for key, same in together.items()]
    return sorted(counts, key=lambda row: (not row.is_known, not row.is_ours, -row.people, row.label))


def key_of(code: str | None, words: str | None) -> str:
    """Return the key under which a first reason is counted."""
    if code is not None:
        return code if is_known(code) else NOT_KNOWN
    if not words:
        return NOT_KNOWN
    return OWN + words if len(words) <= SHORT else AT_LENGTH


def values_of(rows: Sequence[ReasonRow]) -> dict[str, int]:
    """Return what people were worth together, in minor units by currency."""
    values: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: row.currency or ""):
        if row.value_minor is not None:
            values[row.currency or ""] = values.get(row.currency or "", 0) + row.value_minor
    return values


def _count(key: str, rows: Sequence[ReasonRow]) -> ReasonCount:
    values = values_of(rows)
    code = key if key in REASONS or not key.startswith((OWN, NOT_KNOWN, AT_LENGTH)) else None
    return ReasonCount(
        key=key,
        code=code,
        label=reason_label(key),
        people=sum(row.people for row in rows),
        values=values,
        is_ours=key != NOT_KNOWN and is_ours(code),
        is_known=key != NOT_KNOWN,
    )


def reason_label(key: str) -> str:
    """Return what the key of a reason is called."""
    if key.startswith(COUNTED):
        return label_of(key.removeprefix(COUNTED))
    if key.startswith((OWN, SAID)):
        return _("“%(words)s”", words=key.partition(":")[2])
    return str(LABELS[key]) if key in LABELS else label_of(key)


def named_most(counts: Sequence[ReasonCount], known: int | None = None) -> str:
    """Say which reason of ours most people gave first, of `known` people where that may be told; never more than is sure."""
    ours = {count.label: count.people for count in counts if count.is_ours and count.is_known}
    ranking = ranked_with_ties(ours)
    most = ranking.rows[0][1] if ranking.rows else 0
    if most < 2:
        return ""
    first = [label for label, people in ranking.rows if people == most]
    if len(first) > 2:
        return _("No reason of ours stands out.")
    others = max((count.people for count in counts if count.is_known and not count.is_ours), default=0)
    said = _named(first, most, known) if others < most else _named_of_ours(first, most, known)
    unsure = _("Too few to be sure.") if ranking.too_close and len(first) == 1 else ""
    return f"{said} {unsure}".rstrip()


def _named(first: Sequence[str], most: int, known: int | None) -> str:
    if len(first) == 2:
        second = within_sentence(first[1])
        return _("%(first)s and %(second)s are named most, equally often.", first=first[0], second=second)
    if known:
        return _("%(first)s is named most: %(most)s of %(known)s.", first=first[0], most=most, known=known)
    return _("%(first)s is named most.", first=first[0])


def _named_of_ours(first: Sequence[str], most: int, known: int | None) -> str:
    """The same where more people gave a reason that nobody here can mend."""
    names = [within_sentence(label) for label in first]
    if len(names) == 2:
        said = _("Of what is ours to fix, %(first)s and %(second)s are named most, equally often.")
        return said % {"first": names[0], "second": names[1]}
    if known:
        return _("Of what is ours to fix, %(first)s is named most: %(most)s of %(known)s.",
                 first=names[0], most=most, known=known)  # fmt: skip
    return _("Of what is ours to fix, %(first)s is named most.", first=names[0])


def usual_words(about: int | None, by: date | None) -> str:
    """Return how many people would have left as usual, by a day of this month or in a whole one."""
    if about is None:
        return ""
    if by is None:
        return _("Usual in a month: about %(about)s.", about=about) if about else _("Usual in a month: hardly anybody.")
    day = ordinal_words(by.day)
    if about:
        return _("Usual by the %(day)s: about %(about)s.", day=day, about=about)
    return _("Usual by the %(day)s: hardly anybody.", day=day)


# ---- the sentence -------------------------------------------------------------------------------------------------


def lost_words(period: Period, people: int, *, told: int, usual: Usual, today: date) -> tuple[Piece, ...]:
    """Return the first sentence of the lost page for any period; a single month is compared with the months before."""
    if period.months == 1 and period.since and period.until:
        so_far = period.since <= today <= period.until
        month = month_words(period.since, today)
        return lost_sentence(month, people, told_why=told, usual_verdict=usual, so_far=so_far)
    left = LEFT.get(period.name, _left_ever)(people)
    if not people:
        return (Piece(left),)
    return put_together("%(left)s, %(told)s", left=opened(left, "lost", people), told=told_words(people, told))


def _left_in_3_months(people: int) -> str:
    if not people:
        return _("Nobody left in the last 3 months.")
    return ngettext("[One person] left in the last 3 months", "[%(num)s people] left in the last 3 months", people)


def _left_in_12_months(people: int) -> str:
    if not people:
        return _("Nobody left in the last 12 months.")
    return ngettext("[One person] left in the last 12 months", "[%(num)s people] left in the last 12 months", people)


def _left_ever(people: int) -> str:
    return ngettext("[One person] has left", "[%(num)s people] have left", people) if people else _("Nobody has left.")


LEFT: Mapping[str, Callable[[int], str]] = {"3-months": _left_in_3_months, "12-months": _left_in_12_months}
