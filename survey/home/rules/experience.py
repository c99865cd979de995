"""Is it our service? The people who left, by whether service is their main reason, one of several, or none."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.departures.rules import (
    CONTACT_FIRST,
    CONTROLLABLE,
    NO_SERVICE,
    SERVICE_FIRST,
    SERVICE_TOO,
    SERVICE_UNCLEAR,
    SEVERAL,
    TOLD_AT_EXIT,
)
from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.home.rules.why import FEWEST
from survey.results.rules.metrics import Metric, enough, share

SERVICE_KEYS = (
    SERVICE_FIRST,
    SERVICE_TOO,
    NO_SERVICE,
    SERVICE_UNCLEAR,
    CONTACT_FIRST,
    CONTROLLABLE,
    SEVERAL,
    TOLD_AT_EXIT,
)


@dataclass(frozen=True)
class Service:
    """People who left: with service as their main reason, as one of several, without it, and those of whom we cannot tell."""

    first: int
    too: int
    none: int
    unclear: int
    contact: int
    controllable: int
    several: int
    told_at_exit: int

    @property
    def n(self) -> int:
        """Of how many we can tell."""
        return self.first + self.too + self.none

    @property
    def people(self) -> int:
        """Everybody who left."""
        return self.n + self.unclear

    @property
    def as_first(self) -> Metric:
        """The share with service as the main reason."""
        return share(self.first, self.n)

    @property
    def as_any(self) -> Metric:
        """The share with service among their reasons."""
        return share(self.first + self.too, self.n)

    @property
    def as_none(self) -> Metric:
        """The share who name no service at all."""
        return share(self.none, self.n)

    @property
    def of_contact(self) -> Metric:
        """The share with people, or how a problem was answered, as the main reason."""
        return share(self.contact, self.n)

    @property
    def of_controllable(self) -> Metric:
        """The share of service among the main reasons that we control."""
        return share(self.first, self.controllable)

    @property
    def with_several(self) -> Metric:
        """The share who gave two reasons or more, of those whom an exit survey let do so."""
        return share(self.several, self.told_at_exit)


def service_of(counted: Mapping[str, int]) -> Service:
    """The parts from counts by key, in the order of SERVICE_KEYS."""
    return Service(*(counted[key] for key in SERVICE_KEYS))


def is_told(metric: Metric) -> bool:
    """Whether a share is of enough people to be told."""
    return enough(metric.n, FEWEST)


def verdict(service: Service) -> str:
    """Whether it is service, in a sentence; as sure as the intervals are."""
    if not is_told(service.as_first):
        return ngettext(
            "We can tell of one person: too few for a share.", "We can tell of %(num)s people: too few for a share.", service.n
        ) if service.n else _("Of nobody can we tell yet.")  # fmt: skip
    first, any_ = service.as_first, service.as_any
    if first.low is not None and first.low > 0.5:
        return _("Yes, mostly: more than half left over service first of all.")
    if any_.high is not None and any_.high < 0.5:
        return _("Mostly not: fewer than half name service at all.")
    if any_.low is not None and any_.low > 0.5:
        return _("In part: more than half name service, not all of them first.")
    return _("In part: whether it is more than half is not sure.")
