"""How many answered of those who could: response rate, completion rate and coverage, in the terms of AAPOR.

Source: AAPOR Standard Definitions, 10th ed. (2023). RR1 = I / ((I + P) + (R + NC + O) + (UH + UO)); RR2 counts partial ones
as answers too. Only who was invited has a response rate: nobody knows how many saw an open link.
"""

from dataclasses import dataclass

from survey.results.rules.checked import Rate


@dataclass(frozen=True)
class Cases:
    """What became of each invitation: AAPOR’s disposition codes, grouped as its formulas group them.

    `complete` I, `partial` P, `refusal` R with break-offs, `non_contact` NC, `other` O; `unknown` is UH + UO, of whom nobody
    knows whether the invitation reached them.
    """

    complete: int
    partial: int = 0
    refusal: int = 0
    non_contact: int = 0
    other: int = 0
    unknown: int = 0

    @property
    def all(self) -> int:
        """Every case."""
        return self.complete + self.partial + self.refusal + self.non_contact + self.other + self.unknown


def response_rate(cases: Cases) -> Rate:
    """RR1: complete answers among all cases, the least that the rate can be."""
    return Rate(cases.complete, cases.all)


def response_rate_with_partials(cases: Cases) -> Rate:
    """RR2: the same with partial answers counted as answers."""
    return Rate(cases.complete + cases.partial, cases.all)


def completion_rate(finished: int, *, partial: int, broken_off: int) -> Rate:
    """Those who sent their answers among those who began: all that can be told of an open link."""
    return Rate(finished, finished + partial + broken_off)


def coverage(counted: int, invited: int) -> Rate:
    """Answers that count among all who were invited; an answer that was set aside counts no more."""
    return Rate(min(counted, invited), invited)


@dataclass(frozen=True)
class Invited:
    """What is known of the personal links of a survey; `partial` and `broken_off` None where nobody may tell whose they are."""

    made: int
    used: int
    partial: int | None
    broken_off: int | None

    @property
    def cases(self) -> Cases:
        """As AAPOR’s cases: what was begun and not sent is partial or a break-off, of all others nothing was ever heard.

        We cannot tell whether a letter reached anybody, nor who read it and said no: all of them are “unknown”, which is the
        group for “nothing ever returned”. In RR1 and RR2 it makes no difference in which group of the denominator they stand.
        """
        partial, broken_off = self.partial or 0, self.broken_off or 0
        unknown = max(self.made - self.used - partial - broken_off, 0)
        return Cases(self.used, partial, broken_off, unknown=unknown)


@dataclass(frozen=True)
class Rates:
    """All that can be told of how many answered, over all time.

    `on_link`: who sent their answers over an open link; of `invited` None where nobody was. `has_pages`: of a survey
    on one page only those are known who sent it, so that it has no completion rate.
    """

    invited: Invited | None
    counted: int
    on_link: int
    partial: int
    broken_off: int
    has_pages: bool

    @property
    def rr1(self) -> Rate | None:
        """The response rate; None where nobody was invited."""
        return response_rate(self.invited.cases) if self.invited else None

    @property
    def rr2(self) -> Rate | None:
        """The response rate with partial answers; None where it cannot be told."""
        if self.invited is None or self.invited.partial is None:
            return None
        return response_rate_with_partials(self.invited.cases)

    @property
    def coverage(self) -> Rate | None:
        """How many of the invited gave an answer that counts; None where nobody was invited."""
        return coverage(self.counted, self.invited.made) if self.invited else None

    @property
    def completion(self) -> Rate | None:
        """How many sent it of those who began over the open link; None where nobody did, or nobody can tell."""
        found = completion_rate(self.on_link, partial=self.partial, broken_off=self.broken_off)
        return found if found.n and self.has_pages else None

    @property
    def named(self) -> dict[str, Rate]:
        """Those that can be told, by name."""
        every = {"rr1": self.rr1, "rr2": self.rr2, "completion": self.completion, "coverage": self.coverage}
        return {name: rate for name, rate in every.items() if rate is not None}

    def told(self, least: int) -> dict[str, Rate]:
        """Those that a reader may see: where groups are promised none from which fewer than `least` people could be told."""
        if least <= 1:
            return self.named
        return {
            name: self.named[name] for name in FOR_GROUPS if name in self.named and _is_whole(self.named[name], least)
        }


FOR_GROUPS = ("rr1", "completion")  # the others differ from these by a few people


def _is_whole(rate: Rate, least: int) -> bool:
    """Whether neither side is a small group."""
    return all(side == 0 or side >= least for side in (rate.hits, rate.n - rate.hits))
