"""What moved since the time before: every number of a survey and every reason read, judged together.

Who compares twenty numbers finds one that moved by chance. So each verdict is corrected for how many were compared
(`comparisons.holm`), and it is said how many that were.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext, number_words, signed_words, upper_first
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.reasons.rules import REASONS
from survey.results.rules.comparisons import CHANCE, Change, holm, share_change
from survey.results.rules.findings import SHORT, moved
from survey.results.rules.measures import metrics_of, offers_reasons
from survey.results.rules.metrics import Metric, enough, share
from survey.results.rules.tally import REASONS_READ, WROTE, Counts, answered_in
from survey.results.rules.words import value_words

FEWEST_SPOKE = 10  # of both times together: of a reason that fewer people speak of nothing could be told

About = Literal["question", "read", "named"]
# A sentence for each thing that can move, up or down.
SENTENCES: Mapping[tuple[About, bool], Callable[[dict[str, str]], str]] = {
    ("question", True): lambda said: _("%(number)s of “%(name)s” rose from %(before)s to %(now)s.", **said),
    ("question", False): lambda said: _("%(number)s of “%(name)s” fell from %(before)s to %(now)s.", **said),
    ("read", True): lambda said: _(
        "“%(name)s” was spoken of more: by %(now)s of those who wrote, up from %(before)s.", **said
    ),
    ("read", False): lambda said: _(
        "“%(name)s” was spoken of less: by %(now)s of those who wrote, down from %(before)s.", **said
    ),
    ("named", True): lambda said: _(
        "“%(name)s” was named more: by %(now)s of those who named a reason, up from %(before)s.", **said
    ),
    ("named", False): lambda said: _(
        "“%(name)s” was named less: by %(now)s of those who named a reason, down from %(before)s.", **said
    ),
}


@dataclass(frozen=True)
class Move:
    """One number now and before; `p` is the chance of such a difference, corrected for how many were compared."""

    key: str  # of the question, or the reason’s code
    name: str
    now: Metric
    before: Metric
    change: Change
    p: float
    about: About = "question"

    @property
    def is_reason(self) -> bool:
        """Whether it is a reason: how many people named it, or spoke of it."""
        return self.about != "question"

    @property
    def is_clear(self) -> bool:
        """Whether it moved more than chance would."""
        return self.p < CHANCE

    @property
    def is_clear_alone(self) -> bool:
        """Whether it would seem to have moved, had nothing else been compared."""
        return not self.is_clear and self.change.p is not None and self.change.p < CHANCE

    @property
    def words(self) -> str:
        """The move as a sentence."""
        said = {
            "name": self.name,
            "number": upper_first(str(SHORT[self.now.name])),
            "now": value_words(self.now),
            "before": value_words(self.before),
        }
        return SENTENCES[self.about, (self.change.difference or 0) > 0](said)

    @property
    def difference_words(self) -> str:
        """“+12 points, between +4 and +20”."""
        change, say = self.change, _signed_mean if self.now.name == "mean" else signed_words
        if change.difference is None or change.low is None or change.high is None:
            return ""
        said = {"low": say(change.low), "high": say(change.high), "difference": say(change.difference)}
        if self.now.name == "mean":
            return _("%(difference)s, between %(low)s and %(high)s", **said)
        return _("%(difference)s points, between %(low)s and %(high)s", **said)

    @property
    def verdict_words(self) -> str:
        """Whether that is more than chance."""
        if self.is_clear:
            return _("clear")
        return _("not clear among so many") if self.is_clear_alone else _("no clear change")


@dataclass(frozen=True)
class Moves:
    """Everything that could be compared, the most sure first."""

    every: tuple[Move, ...]

    @property
    def clear(self) -> tuple[Move, ...]:
        """What moved more than chance would."""
        return tuple(move for move in self.every if move.is_clear)

    @property
    def compared(self) -> int:
        """How many numbers were compared."""
        return len(self.every)

    @property
    def words(self) -> str:
        """The finding in a sentence, for nothing, one and several."""
        if not self.every:
            return _("There are too few answers, now or before, to compare anything.")
        if not self.clear:
            return ngettext(
                "Nothing moved more than chance would: one number was compared.",
                "Nothing moved more than chance would: %(num)s numbers were compared.",
                self.compared,
            )
        return ngettext(
            "One of %(compared)s numbers moved more than chance would.",
            "%(num)s of %(compared)s numbers moved more than chance would.",
            len(self.clear),
            compared=self.compared,
        )


def moves_between(questions: Iterable[Question], now: Counts, before: Counts, *, minimum: int, least: int) -> Moves:
    """Compare two times. A number needs `minimum` answers on both sides; where groups of `least` are promised only scores are
    compared, and people are told in whole groups.
    """
    pair, asked = Pair(now, before, minimum), tuple(questions)
    found = [*_of_questions(asked, pair)]
    if least <= 1:  # shares of reasons would tell of few people, to whoever looks at two times
        found += _of_reasons("read", REASONS_READ, WROTE, pair)
        for question in filter(offers_reasons, asked):
            found += _of_reasons("named", question.key, question.key, pair)
    raised = holm([move.p for move in found])
    judged = [_in_groups(replace(move, p=p), least) for move, p in zip(found, raised, strict=True)]
    return Moves(tuple(sorted(judged, key=_most_sure_first)))


def _most_sure_first(move: Move) -> tuple[float, float, str]:
    return move.p, 1.0 if move.change.p is None else move.change.p, move.name


@dataclass(frozen=True)
class Pair:
    """Two times, and how many answers a number needs."""

    now: Counts
    before: Counts
    minimum: int


def _in_groups(move: Move, group: int) -> Move:
    now, before = (replace(metric, n=metric.n - metric.n % group) for metric in (move.now, move.before))
    return replace(move, now=now, before=before)


def _of_questions(questions: Iterable[Question], pair: Pair) -> Iterator[Move]:
    for question in questions:
        given, earlier = pair.now.get(question.key, {}), pair.before.get(question.key, {})
        if not KINDS[question.kind].metrics:
            continue
        metric, metric_before = metrics_of(question, given)[0], metrics_of(question, earlier)[0]
        if not enough(min(metric.n, metric_before.n), pair.minimum):
            continue
        change = moved(given, earlier, metric, metric_before)
        if change.p is not None:
            yield Move(question.key, question.words, metric, metric_before, change, change.p)


def _of_reasons(about: About, key: str, n_key: str, pair: Pair) -> Iterator[Move]:
    """Reasons as shares of the people who wrote, or who named any; who gave two is in both."""
    n, n_before = answered_in(pair.now, n_key), answered_in(pair.before, n_key)
    hits, hits_before = pair.now.get(key, {}), pair.before.get(key, {})
    if not enough(min(n, n_before), pair.minimum):
        return
    for code in (code for code in REASONS if hits.get(code, 0) + hits_before.get(code, 0) >= FEWEST_SPOKE):
        here, there = hits.get(code, 0), hits_before.get(code, 0)
        change, told = share_change(here, n, there, n_before), (share(here, n), share(there, n_before))
        yield Move(code, str(REASONS[code].label), *told, change, 1.0 if change.p is None else change.p, about)


def _signed_mean(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number_words(value, places=1)}"
