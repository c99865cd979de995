"""What the edit page shows, gathered for its template; and what its form says about the page that it was sent from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import request
from flask_login import current_user

from survey.access.actions import audit
from survey.access.queries import last_audit
from survey.foundation.clock import now
from survey.foundation.language import gettext as _
from survey.organisation.queries import organisation
from survey.organisation.rules import LANGUAGES
from survey.questionnaires.actions import Saved
from survey.questionnaires.kinds.base import Kind
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.models import Survey
from survey.questionnaires.pages import Standing, standing
from survey.questionnaires.rules import Question, Questionnaire
from survey.questionnaires.rules.arranging import undo_words
from survey.questionnaires.rules.differences import Difference, differences
from survey.questionnaires.rules.editing import place_of
from survey.questionnaires.rules.effort import seconds_of
from survey.questionnaires.rules.merging import BOTH, MINE, THEIRS, Clash, changed_places, name_of, packed, unpacked
from survey.questionnaires.rules.outline import Outline, outline
from survey.questionnaires.rules.values import BY_SECTION, ENDING, ONE_PAGE, ONE_QUESTION
from survey.questionnaires.rules.wording import test_words

EDITED = "survey edited"
WHOSE, WAITING = "whose-", "waiting-"  # no question's key holds a hyphen


@dataclass(frozen=True)
class MadeFrom:
    """What a page was made from: what the draft was then, and what its inputs showed (more, where somebody had to choose)."""

    seen: Questionnaire
    shown: Questionnaire


def made_from(draft: Questionnaire) -> MadeFrom:
    """Return what the page was made from that this form was sent from; the draft where the form does not say."""
    seen = unpacked(request.form.get("seen", "")) or draft
    shown = unpacked(request.form.get("shown", "")) or seen
    return MadeFrom(*(replace(one, translations=draft.translations) for one in (seen, shown)))


@dataclass(frozen=True)
class ChoicesSent:
    """Whose side was chosen, by the place of what clashed; and who changed it too, where the page asks."""

    made: Mapping[str, str]
    waiting: Mapping[str, str]


def choices_sent() -> ChoicesSent:
    """Return what the form says about what clashed."""
    return ChoicesSent(_sent_with(WHOSE), _sent_with(WAITING))


def _sent_with(prefix: str) -> Mapping[str, str]:
    return {name.removeprefix(prefix): value for name, value in request.form.items() if name.startswith(prefix)}


@dataclass(frozen=True)
class Clashed:
    """One thing that two people changed, as the page asks about it."""

    clash: Clash
    differences: Sequence[Difference]
    who: str  # changed it too, and when

    @property
    def words(self) -> str:
        """What it is about."""
        named = {".title": _("Title"), ".intro": _("Before the questions"), ".thanks": _("Thank-you words"),
                 ".layout": _("Pages"), ".language": _("The language that you write it in")}  # fmt: skip
        sides = name_of(self.clash.mine), name_of(self.clash.theirs)
        return named.get(self.clash.place) or next(filter(None, sides), _("No words yet"))

    @property
    def ways(self) -> Sequence[tuple[str, str]]:
        """What can be done about it: value and words."""
        if self.clash.theirs is None:
            return [(MINE, _("Put it back as I have it")), (THEIRS, _("Leave it out"))]
        found = [(MINE, _("Keep mine")), (THEIRS, _("Keep theirs"))]
        return [*found, (BOTH, _("Keep both, one after the other"))] if isinstance(self.clash.mine, Question) else found


@dataclass(frozen=True)
class Sheet:
    """The edit page."""

    survey: Survey
    draft: Questionnaire
    outline: Outline
    standing: Standing
    seen: str
    shown: str  # "" where it is the same
    errors: Mapping[str, str] = field(default_factory=dict)
    clashes: Mapping[str, Clashed] = field(default_factory=dict)
    refusal: str = ""
    open_key: str = ""
    adding: str | None = None  # the question behind which a new one is wanted
    redrawn: Sequence[str] = ()  # places whose inputs may be others now
    saved_at: str = ""
    is_rearranged: bool = False  # there are other questions now than on the page that was sent, or in another order

    @property
    def status(self) -> int:
        """The status that the page is sent with."""
        return 422 if self.errors or self.refusal else 409 if self.clashes else 200

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Every kind of question."""
        return KINDS

    @property
    def tests(self) -> Mapping[str, str]:
        """Every test of a condition, in words."""
        return test_words()

    @property
    def taken_out(self) -> str | None:
        """The words of what was taken out last, while it can be put back."""
        return (undo_words(self.survey.undo) or _("without words")) if self.survey.undo else None

    @property
    def minutes(self) -> int:
        """How long it takes to answer all of it."""
        return max(1, round(seconds_of(self.draft.questions) / 60))

    @property
    def layouts(self) -> Sequence[tuple[str, str, str]]:
        """How the questions can be spread over pages: value, label, what it is good for."""
        return (
            (ONE_PAGE, _("All on one page"), _("The quickest for up to about ten questions.")),
            (BY_SECTION, _("A page for each section"), _("A page begins with each section text.")),
            (ONE_QUESTION, _("A page for each question"), _("For kiosks, and for questions that need thought.")),
        )

    @property
    def languages(self) -> Sequence[tuple[str, str]]:
        """The languages that a survey can be written in: code and name."""
        return [*LANGUAGES.items(), *([] if self.draft.language in LANGUAGES else [(self.draft.language,) * 2])]

    def typed(self, name: str, kept: Any = "") -> Any:
        """Return what stands in an input: what was typed where that is wrong, else what is kept."""
        is_wrong = any(name == wrong or name.startswith(f"{wrong}.") for wrong in self.errors)
        return request.form.get(name, "") if is_wrong else kept

    def is_open(self, key: str) -> bool:
        """Whether a question is shown with all its inputs: it is wanted, or something is wrong in it."""
        return self.open_key == key or key in self.clashes or key in map(place_of, self.errors)


def sheet(
    survey: Survey,
    draft: Questionnaire,
    *,
    saved: Saved | None = None,
    errors: Mapping[str, str] | None = None,
    refusal: str = "",
    who: str = "",
    open_key: str = "",
    adding: str | None = None,
) -> Sheet:
    """Return the edit page of a draft: as it is opened, or as it comes back after it was saved.

    `who` changed it last before that.
    """
    clashes = saved.merge.clashes if saved else ()
    shown = replace(saved.merge.shown, translations=draft.translations) if saved and clashes else draft
    return Sheet(
        survey,
        shown,
        outline(shown, privacy=survey.privacy),
        standing(survey),
        packed(draft),
        packed(shown) if clashes else "",
        errors or {},
        {clash.place: _clashed(clash, shown, who) for clash in clashes},
        refusal,
        open_key or (draft.questions[0].key if len(draft.questions) == 1 else ""),
        adding,
        _redrawn(saved, errors or {}),
        clock_words(now()) if saved else "",
        saved is not None and _order_of(made_from(draft).shown) != _order_of(shown),
    )


def _order_of(questionnaire: Questionnaire) -> Sequence[str]:
    """Return what stands on the page of a draft, in order."""
    return [one.key for one in questionnaire.questions] + [f"{ENDING}{one.key}" for one in questionnaire.endings]


def _redrawn(saved: Saved | None, errors: Mapping[str, str]) -> Sequence[str]:
    """The places that were changed or are wrong: their inputs may be others than those that were sent."""
    if saved is None:
        return ()
    changed = changed_places(made_from(saved.made.questionnaire).shown, saved.made.questionnaire)
    wrong, clashing = [place_of(name) for name in errors], [clash.place for clash in saved.merge.clashes]
    return list(dict.fromkeys([*changed, *wrong, *clashing]))


def _clashed(clash: Clash, shown: Questionnaire, who: str) -> Clashed:
    return Clashed(clash, differences(clash, shown), choices_sent().waiting.get(clash.place) or who)


def who_and_when(survey: Survey) -> str:
    """Return who changed a survey last, and when: “Ada, at 14:03”."""
    found = last_audit(EDITED, survey.slug)
    name = _("Somebody") if found is None else found[1] or _("Somebody")
    if found is not None and found[0].user_id == current_user.id:
        name = _("You, in another window")
    return _("%(name)s, at %(time)s", name=name, time=clock_words(survey.changed_at))


def note_editor(slug: str, user_id: UUID) -> None:
    """Write down who edits a survey, within the write that changes it: one line each time that it is somebody else."""
    last = last_audit(EDITED, slug)
    if last is None or last[0].user_id != user_id:
        audit(EDITED, subject=slug, user_id=user_id)


def clock_words(moment: datetime) -> str:
    """Return the time of a moment where the organisation is: 14:03."""
    return f"{moment.astimezone(ZoneInfo(organisation().time_zone)):%H:%M}"
