"""How well the machine reads here, what it learned, and which of its versions is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from survey.foundation.language import gettext as _
from survey.foundation.language import moment_words, ngettext, number_words, percent_words
from survey.organisation.queries import organisation
from survey.reasons.rules import REASONS
from survey.results.pages.correcting import value_words
from survey.results.rules.checked import Checked, Rate, checked
from survey.text import queries
from survey.text.models import Comment, ReaderVersion
from survey.text.rules.corrections import LEARN_EVERY, by_person
from survey.text.rules.judging import FEWEST_SHARED, agreement
from survey.text.rules.trials import Trial

WELL, MOSTLY = 0.8, 0.667


@dataclass(frozen=True)
class Row:
    """One line of a table of accuracy, in words."""

    label: str
    agreed: str
    found: str


class ReadingPage:
    """Everything on the page; each part is asked for when it is shown."""

    @cached_property
    def reasons(self) -> Checked:
        """How well reasons are read."""
        return checked(queries.judgements("reason"))

    @cached_property
    def sentiments(self) -> Checked:
        """How well sentiments are read."""
        return checked(queries.judgements("sentiment"))

    @property
    def headline(self) -> str:
        """The finding in a sentence."""
        if not self.reasons.right.n and not self.sentiments.right.n:
            return _("Nobody has checked yet how well it reads.")
        if self.reasons.right.n:
            return _("It found the right reason in %(hits)s of %(n)s comments that people checked.",
                     hits=self.reasons.right.hits, n=self.reasons.right.n)  # fmt: skip
        return _("It read the mood right in %(hits)s of %(n)s comments that people checked.",
                 hits=self.sentiments.right.hits, n=self.sentiments.right.n)  # fmt: skip

    def rows(self, kind: str) -> list[Row]:
        """The lines of the table of a kind."""
        found = self.reasons if kind == "reason" else self.sentiments
        return [
            Row(value_words(kind, line.value), rate_words(line.agreed), rate_words(line.found)) for line in found.lines
        ]

    @property
    def agreement(self) -> str:
        """How far two people agree, in words."""
        return agreement_words("reason")

    @cached_property
    def unsure(self) -> int:
        """How many comments it is unsure of and nobody has decided."""
        return queries.count_comments(unsure=True)

    @property
    def to_learn(self) -> int:
        """How many corrections are missing until it learns again."""
        return LEARN_EVERY - queries.count_corrections("reason") % LEARN_EVERY

    @cached_property
    def versions(self) -> Sequence[ReaderVersion]:
        """Every version, newest first."""
        return queries.reader_versions()

    @property
    def waiting(self) -> ReaderVersion | None:
        """The version that was tried and waits for a decision."""
        return next((version for version in self.versions if version.state in ("trying", "tried")), None)

    @property
    def going_on(self) -> ReaderVersion | None:
        """The version with which everything is being read again."""
        return next((version for version in self.versions if version.state == "applying"), None)


def rate_words(rate: Rate) -> str:
    """“18 of 21, between 65% and 95%”; of few only how many."""
    if not rate.n:
        return "–"
    said = _("%(hits)s of %(n)s", hits=rate.hits, n=rate.n)
    if not rate.is_enough:
        return said
    low, high = rate.interval
    return _("%(said)s, between %(low)s and %(high)s", said=said, low=percent_words(low), high=percent_words(high))


def agreement_words(kind: str) -> str:
    """How far two people agree on the same comments, or that too few comments were judged by two."""
    triples = by_person(queries.said_by_several(kind), kind)
    n, found = len({comment for _person, comment, _label in triples}), agreement(triples)
    if not n:
        return _("No comment was judged by two people yet: how far people agree is not known.")
    if n < FEWEST_SHARED:
        few = ngettext("%(num)s comment was judged by two people", "%(num)s comments were judged by two people", n)
        return _("%(few)s: too few to say how far people agree. It takes %(enough)s.", few=few, enough=FEWEST_SHARED)
    if found is None:
        return _("Two people judged %(n)s comments and said the same of all.", n=n)
    verdict = (
        _("they agree well")
        if found.alpha >= WELL
        else _("they agree mostly")
        if found.alpha >= MOSTLY
        else _("they often disagree: talk about what the reasons mean")
    )
    return _(
        "Two people judged %(n)s comments: %(verdict)s (Krippendorff’s alpha %(alpha)s; 1 is full agreement).",
        n=n,
        verdict=verdict,
        alpha=f"{found.alpha:.2f}",
    )


# ---- versions -------------------------------------------------------------------------------------------------------


def why_words(version: ReaderVersion) -> str:
    """What a version has that the one before had not."""
    return {
        "first": _("as it came"),
        "corrections": _("learned from corrections"),
        "taxonomy": _("the reasons were changed"),
        "reader": _("a new release reads otherwise"),
    }[version.why]


def state_words(version: ReaderVersion) -> str:
    """How far a version is."""
    share = percent_words(version.done / version.total) if version.total else percent_words(0)
    when = moment_words(version.applied_at, organisation().time_zone) if version.applied_at else ""
    return {
        "trying": _("being tried, %(share)s", share=share),
        "tried": _("waits for a decision"),
        "applying": _("reading everything again, %(share)s", share=share),
        "applied": _("in use since %(when)s", when=when),
        "replaced": _("was in use until another took its place"),
        "left": _("not used"),
    }[version.state]


@dataclass(frozen=True)
class Example:
    """A comment that would be read otherwise: its text, its tags and moods before and after."""

    comment: Comment
    was: Sequence[str]
    now: Sequence[str]
    moods: Sequence[str]


class VersionPage:
    """One version: what it would change, or has changed."""

    def __init__(self, version: ReaderVersion, used: ReaderVersion | None) -> None:
        self.version, self.used = version, used
        self.trial = Trial.of(version.found) if version.found else Trial()

    @property
    def headline(self) -> str:
        """What would change, in a sentence."""
        trial = self.trial
        if self.version.state == "trying":
            return _("Version %(number)s is being tried.", number=self.version.number)
        if not trial.compared:
            return _("Version %(number)s", number=self.version.number)
        if not trial.change:
            return _("Nothing would change.")
        change = ngettext("%(num)s comment changes", "%(num)s comments change", trial.change)
        lose = ngettext("%(num)s loses its reason", "%(num)s lose their reason", trial.lose) if trial.lose else ""
        gain = ngettext("%(num)s gets a first reason", "%(num)s get a first reason", trial.gain) if trial.gain else ""
        return f"{', '.join(part for part in (change, lose, gain) if part)}."

    @property
    def is_used(self) -> bool:
        """Whether it reads new comments."""
        return self.used is not None and self.used.id == self.version.id

    @property
    def may_be_used(self) -> bool:
        """Whether somebody may decide for it."""
        return not self.is_used and self.version.state in ("tried", "replaced", "left")

    @property
    def codes(self) -> list[tuple[str, str, str, str]]:
        """Reasons whose number changes: label, before, after, difference."""
        return [
            (_named(code), number_words(before), number_words(after), f"{after - before:+d}".replace("-", "−"))
            for code, before, after in self.trial.codes
            if before != after
        ]

    @property
    def examples(self) -> list[Example]:
        """Comments that change, as they may be shown."""
        told = {str(one["comment"]): one for one in self.trial.examples}
        found = queries.comments_by_id([UUID(id) for id in told])
        return [
            Example(comment, [_named(code) for code in told[str(comment.id)]["was"]],
                    [_named(code) for code in told[str(comment.id)]["now"]], told[str(comment.id)]["moods"])
            for comment in found
        ]  # fmt: skip


def _named(code: str) -> str:
    return REASONS[code].label if code in REASONS else code
