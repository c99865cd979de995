"""What narrows the inbox beside survey, period and reading: words, keywords, and what the team did with a comment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.foundation.text import LINE_LIMIT
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import all_surveys, newest_versions, survey_by_slug
from survey.responses.rules import sees_single_answers
from survey.text.models import Comment
from survey.text.queries import comment
from survey.text.rules.searching import Search, search

Choices = Mapping[str, Any]
ANSWERED: Choices = {"": lazy_gettext("Any"), "no": lazy_gettext("Not answered"), "yes": lazy_gettext("Answered")}
ASSIGNED: Choices = {
    "": lazy_gettext("Anybody"), "me": lazy_gettext("Me"), "somebody": lazy_gettext("Somebody"), "nobody": lazy_gettext("Nobody"),
}  # fmt: skip
READ: Choices = {"": lazy_gettext("Any"), "no": lazy_gettext("Unread"), "yes": lazy_gettext("Read")}
PINNED: Choices = {"": lazy_gettext("Any"), "yes": lazy_gettext("Pinned")}
CHOICES: Mapping[str, Choices] = {"answered": ANSWERED, "assigned": ASSIGNED, "read": READ, "pinned": PINNED}
WORK = tuple(CHOICES)
NARROWS = ("q", "keyword", "like", *WORK)


@dataclass(frozen=True)
class Narrowing:
    """What an address asks for of these."""

    search: Search | None
    keyword: str
    like: Comment | None
    work: Mapping[str, str]
    user_id: UUID

    @property
    def filters(self) -> dict[str, Any]:
        """The same for queries."""
        me, work = self.user_id, self.work
        return {
            "search": self.search, "keyword": self.keyword or None, "like": self.like,
            "is_pinned": work["pinned"] == "yes",
            "is_answered": {"yes": True, "no": False}.get(work["answered"]),
            "assigned": me if work["assigned"] == "me" else work["assigned"] or None,
            "read_by": me if work["read"] == "yes" else None,
            "unread_by": me if work["read"] == "no" else None,
        }  # fmt: skip

    @property
    def address(self) -> dict[str, str | None]:
        """The same as parts of an address; what is not asked for is None."""
        return {
            "q": self.search.typed if self.search else None,
            "keyword": self.keyword or None,
            "like": str(self.like.id) if self.like else None,
            **{name: value or None for name, value in self.work.items()},
        }

    @property
    def typed(self) -> str:
        """What is searched for, as it was typed."""
        return self.search.typed if self.search else ""

    @property
    def is_more(self) -> bool:
        """Whether something is asked for that stands behind “More choices”."""
        return any(self.work.values())

    @property
    def work_options(self) -> list[tuple[str, str, list[tuple[str, str]], str]]:
        """What the team did, to choose from: name, label, choices, what is chosen."""
        labels = {
            "answered": _("Answered?"),
            "assigned": _("Whose task"),
            "read": _("Read by me"),
            "pinned": _("Pinned"),
        }
        return [(name, labels[name], list(choices.items()), self.work[name]) for name, choices in CHOICES.items()]


def narrowing(args: Mapping[str, str], user_id: UUID) -> Narrowing:
    """What an address asks for; raises Refused where it asks for what is not there."""
    keyword = args.get("keyword", "")
    if len(keyword) > LINE_LIMIT or "\x00" in keyword:
        raise Refused(_("There is no such keyword. Choose one that stands below a comment."))
    return Narrowing(
        search=search(args.get("q", "").replace("\x00", " ")),
        keyword=keyword,
        like=_like(args.get("like", "")),
        work={name: _chosen(name, args.get(name, "")) for name in WORK},
        user_id=user_id,
    )


def _chosen(name: str, value: str) -> str:
    if value not in CHOICES[name]:
        raise Refused(_("There is no such choice. Choose one from the list."))
    return value


def _like(typed: str) -> Comment | None:
    if not typed:
        return None
    try:
        found = comment(UUID(typed))
    except ValueError:
        found = None
    if found is None or not sees_single_answers(found.response.survey.privacy):
        raise Refused(_("There is no such comment, or it is not for anybody’s eyes."))
    return found


def survey_in(slug: str) -> Survey | None:
    """The survey that an address names; raises Refused where there is none."""
    if not slug:
        return None
    survey = survey_by_slug(slug)
    if survey is None:
        raise Refused(_("There is no such survey. Choose one from the list."))
    return survey


def survey_options() -> list[tuple[str, str]]:
    """Surveys that were ever published, to choose from."""
    newest = newest_versions()
    found = [(survey.slug, str(newest[survey.id].document["title"])) for survey in all_surveys() if survey.id in newest]
    return [("", _("All surveys")), *found]
