"""How far an improvement is, and the words for it."""

from datetime import date
from enum import StrEnum

from survey.results.rules.words import date_words


class Stage(StrEnum):
    """What the organisation has publicly said about an improvement."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    SHIPPED = "shipped"
    DECLINED = "declined"


NOT_PUBLISHED = "Not published"
STAGE_WORDS: dict[str, str] = {
    Stage.PLANNED: "Planned",
    Stage.IN_PROGRESS: "In progress",
    Stage.SHIPPED: "Shipped",
    Stage.DECLINED: "Declined",
}
# What stands before an update's words: you said … we did …
TOLD_AS: dict[str, str] = {
    Stage.PLANNED: "We plan",
    Stage.IN_PROGRESS: "We are doing",
    Stage.SHIPPED: "We did",
    Stage.DECLINED: "Why not",
}
ONGOING = frozenset({Stage.PLANNED, Stage.IN_PROGRESS})
FINISHED = frozenset({Stage.SHIPPED, Stage.DECLINED})
WORDS_MISSING: dict[str, str] = {
    Stage.PLANNED: "Say in a sentence or two what you plan to do.",
    Stage.IN_PROGRESS: "Say in a sentence or two what you are doing.",
    Stage.SHIPPED: "Say in a sentence or two what you did.",
    Stage.DECLINED: "Say why not: people who asked for it deserve the reason.",
}


def stage_words(stage: str | None) -> str:
    """The stage as people read it; “Not published” where there is none yet."""
    return STAGE_WORDS.get(stage or "", NOT_PUBLISHED)


def since_words(stage: str | None, since: date | None, today: date) -> str:
    """When the stage was reached: “3 September”, or “since 12 October” where it still lasts; empty without a date."""
    if since is None:
        return ""
    return f"{'since ' if stage in ONGOING else ''}{date_words(since, today)}"


def words_missing(stage: str, words: str) -> str | None:
    """What is wrong with an update that says nothing; None where it says something."""
    return None if words.strip() else WORDS_MISSING.get(stage, "Say in a sentence or two what is happening.")
