"""How many answered, in words: each rate with its interval and with the people it is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, percent_words
from survey.invitations.queries import count_invited, count_used
from survey.organisation.queries import organisation
from survey.questionnaires.models import Survey
from survey.responses.queries import unfinished
from survey.responses.rules import Privacy, sees_single_answers
from survey.results.rules.checked import Rate
from survey.results.rules.rates import Invited, Rates

LABELS: Mapping[str, str] = {
    "rr1": lazy_gettext("Response rate"),
    "rr2": lazy_gettext("With partial answers"),
    "coverage": lazy_gettext("Counted"),
    "completion": lazy_gettext("Completion rate"),
}
PEOPLE: Mapping[str, Callable[[Rate], str]] = {
    "rr1": lambda rate: _("%(hits)s of %(n)s invited people sent their answers (AAPOR RR1).", hits=rate.hits, n=rate.n),
    "rr2": lambda rate: _("%(hits)s of %(n)s answered at least half (AAPOR RR2).", hits=rate.hits, n=rate.n),
    "coverage": lambda rate: _("of %(n)s invited people the answers of %(hits)s count.", hits=rate.hits, n=rate.n),
    "completion": lambda rate: _(
        "%(hits)s of %(n)s who sent a first page sent the last one.", hits=rate.hits, n=rate.n
    ),
}


@dataclass(frozen=True)
class HowMany:
    """The section: rows of (name, words), and what cannot be told."""

    rows: tuple[tuple[str, str], ...]
    cautions: tuple[str, ...]


def how_many(rates: Rates, *, least: int) -> HowMany:
    """What may be said of how many answered; `least` as for every number of the page."""
    told = rates.told(least)
    rows = tuple((str(LABELS[name]), f"{_share(rate)} {PEOPLE[name](rate)}") for name, rate in told.items() if not _says_the_same(name, told))  # fmt: skip
    return HowMany(rows, tuple(part for part in (_of_invited(rates, told), _of_link(rates)) if part))


@dataclass(frozen=True)
class OfCampaign:
    """How many of a campaign answered, as rows; and how many began, None where nobody may tell."""

    how_many: HowMany
    started: int | None


def of_campaign(survey: Survey, campaign_id: UUID) -> OfCampaign:
    """What may be said of how many of a campaign's invited answered: of those whose letter left the house."""
    is_seen, made, used = sees_single_answers(survey.privacy), count_invited(campaign_id), count_used(campaign_id)
    begun = unfinished(survey.id, campaign_id=campaign_id) if survey.privacy != Privacy.ANONYMOUS else None
    invited = Invited(made, used, begun.partial if begun else None, begun.broken_off if begun else None)
    rates = Rates(invited if made else None, used, 0, 0, 0, has_pages=False)
    least = 1 if is_seen else organisation().minimum_scores
    return OfCampaign(how_many(rates, least=least), used + begun.total if begun and is_seen else None)


def _says_the_same(name: str, told: Mapping[str, Rate]) -> bool:
    """Whether a rate only says again what the response rate says."""
    return name in ("rr2", "coverage") and told[name] == told.get("rr1")


def _share(rate: Rate) -> str:
    low, high = rate.interval
    if not rate.is_enough:
        return ""
    said = {"share": percent_words(rate.share), "low": percent_words(low), "high": percent_words(high)}
    return _("%(share)s, between %(low)s and %(high)s:", **said)


def _of_invited(rates: Rates, told: Mapping[str, Rate]) -> str:
    if rates.invited is None:
        return ""
    if "rr1" not in told:
        return _("The response rate is not shown while so few people answered, or did not, that they could be told.")
    return _("An invitation that was not used counts as unknown: nobody can tell whether it arrived.")


def _of_link(rates: Rates) -> str:
    if not rates.on_link:
        return ""
    if not rates.has_pages:
        return _("Who opened the open link and sent nothing is not known, so it has neither a response rate nor a completion rate.")  # fmt: skip
    return _("An open link has no response rate: nobody knows how many saw it.")
