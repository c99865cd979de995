"""Comments that share a phrase, to correct them all at once: shown before anything is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.reasons.queries import taxonomy
from survey.reasons.rules.edits import phrases_in
from survey.text.models import Comment
from survey.text.queries import comments_by_id, newest_texts
from survey.text.rules.tagging import has_phrase

LOOKED_THROUGH = 20_000
AT_ONCE = 1000
SHOWN = 25


@dataclass(frozen=True)
class Phrase:
    """A phrase, what it is to stand for, and the comments that say it; `kept` of them a person has decided already."""

    words: str
    code: str
    ids: Sequence[UUID]
    kept: int
    shown: Sequence[Comment]
    options: Sequence[tuple[str, str]]

    @property
    def label(self) -> str:
        """The reason in words; empty before one is chosen."""
        return dict(self.options).get(self.code, "") if self.code else ""


def phrase(args: Mapping[str, str]) -> Phrase:
    """The comments that an address asks for; raises Refused where it holds no phrase or no reason of ours."""
    words, code = _phrase(args.get("words", "")), args.get("reason", "")
    active = {key: reason.label for key, reason in taxonomy().active.items() if reason.level1 != "Z"}
    if code and code not in active:
        raise Refused(_("There is no such reason. Choose one from the list."))
    found = _saying(words) if words else []
    ids = [id for id, is_own in found if not is_own][:AT_ONCE]
    options = [("", _("Choose a reason")), *active.items()]
    return Phrase(words, code, ids, sum(is_own for _id, is_own in found), comments_by_id(ids[:SHOWN]), options)


def _phrase(typed: str) -> str:
    found = phrases_in(typed)
    if len(found) > 1:
        raise Refused(_("One phrase at a time."))
    return found[0] if found else ""


def _saying(words: str) -> list[tuple[UUID, bool]]:
    """The newest comments that say it: id, and whether a person has decided what it is about."""
    return [(id, is_own) for id, text, is_own in newest_texts(LOOKED_THROUGH) if has_phrase(text, (words,))]
