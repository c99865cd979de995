"""How far an improvement is, and the words for it."""

from datetime import date
from enum import StrEnum

from survey.foundation.language import day_words, lazy_gettext
from survey.foundation.language import gettext as _


class Stage(StrEnum):
    """What the organisation has publicly said about an improvement."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    SHIPPED = "shipped"
    DECLINED = "declined"


NOT_PUBLISHED = lazy_gettext("Not published")
STAGE_WORDS: dict[str, str] = {
    Stage.PLANNED: lazy_gettext("Planned"),
    Stage.IN_PROGRESS: lazy_gettext("In progress"),
    Stage.SHIPPED: lazy_gettext("Shipped"),
    Stage.DECLINED: lazy_gettext("Declined"),
}
# What stands before an update's words: you said … we did …
TOLD_AS: dict[str, str] = {
    Stage.PLANNED: lazy_gettext("We plan"),
    Stage.IN_PROGRESS: lazy_gettext("We are doing"),
    Stage.SHIPPED: lazy_gettext("We did"),
    Stage.DECLINED: lazy_gettext("Why not"),
}
ONGOING = frozenset({Stage.PLANNED, Stage.IN_PROGRESS})
FINISHED = frozenset({Stage.SHIPPED, Stage.DECLINED})
WORDS_MISSING: dict[str, str] = {
    Stage.PLANNED: lazy_gettext("Say in a sentence or two what you plan to do."),
    Stage.IN_PROGRESS: lazy_gettext("Say in a sentence or two what you are doing."),
    Stage.SHIPPED: lazy_gettext("Say in a sentence or two what you did."),
    Stage.DECLINED: lazy_gettext("Say why not: people who asked for it deserve the reason."),
}


def stage_words(stage: str | None) -> str:
    """The stage as people read it; “Not published” where there is none yet."""
    return str(STAGE_WORDS.get(stage or "", NOT_PUBLISHED))


def since_words(stage: str | None, since: date | None, today: date) -> str:
    """When the stage was reached: “3 September”, or “since 12 October” where it still lasts; empty without a date."""
    if since is None:
        return ""
    day = day_words(since, today)
    return _("since %(day)s", day=day) if stage in ONGOING else day


def words_missing(stage: str, words: str) -> str | None:
    """What is wrong with an update that says nothing; None where it says something."""
    return None if words.strip() else WORDS_MISSING.get(stage, _("Say in a sentence or two what is happening."))
