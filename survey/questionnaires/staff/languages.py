"""The pages on which a survey is translated: its languages, and each of them beside the original."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import organisation
from survey.organisation.rules import LANGUAGES
from survey.questionnaires import actions, queries
from survey.questionnaires.models import Survey
from survey.questionnaires.pages import standing
from survey.questionnaires.rules import Questionnaire
from survey.questionnaires.rules.arranging import undo_words
from survey.questionnaires.rules.merging import Clash, packed_value, unpacked_value
from survey.questionnaires.rules.translating import Group, Progress, Translated, groups, progress, texts_in, translated
from survey.questionnaires.staff.door import AUTOSAVE, bp, find, find_to_change, sent
from survey.questionnaires.staff.sheet import choices_sent, clock_words, note_editor, who_and_when

# ---- which languages there are --------------------------------------------------------------------------------------


@bp.get("/surveys/<slug>/languages")
@admits(TEAM)
def languages(slug: str) -> str:
    """List the languages of a survey, and how far each translation is."""
    return _list(find(slug))


@bp.post("/surveys/<slug>/languages")
@admits(TEAM)
def add_language(slug: str) -> Any:
    """Begin a translation, or put the one back that was taken away."""
    chosen, is_undone = request.form.get("language", ""), request.form.get("do") == "undo"
    try:
        if is_undone:
            _change(slug, lambda survey: actions.put_back_language(survey, now=now()))
            return redirect(url_for("questionnaires.languages", slug=slug), 303)
        _change(slug, lambda survey: actions.add_language(survey, chosen, now=now()))
    except Refused as refused:
        return _list(find(slug), str(refused)), 422
    return redirect(url_for("questionnaires.language", slug=slug, code=chosen), 303)


@bp.post("/surveys/<slug>/languages/<code>/remove")
@admits(TEAM)
def remove_language(slug: str, code: str) -> Any:
    """Take a translation away; the page offers to put it back."""
    _change(slug, lambda survey: actions.remove_language(survey, code, now=now()))
    return redirect(url_for("questionnaires.languages", slug=slug), 303)


def _change(slug: str, act: Callable[[Survey], None]) -> None:
    user_id = current_user.id

    def work() -> None:
        act(find_to_change(slug))
        note_editor(slug, user_id)

    write(work)


def _list(survey: Survey, error: str = "") -> str:
    draft, published = queries.draft_of(survey), _published(survey)
    known = {code: progress(draft, code, published) for code in draft.translations}
    offered = [*organisation().languages, *(code for code in LANGUAGES if code not in organisation().languages)]
    left = [(code, name_of(code)) for code in offered if code not in draft.languages]
    gone = undo_words(survey.undo) if survey.undo and "language" in survey.undo else ""
    return render_template("questionnaires/languages.html", survey=survey, standing=standing(survey), draft=draft,
                           known=known, left=left, name_of=name_of, gone=gone, error=error, has_errors=bool(error))  # fmt: skip


def name_of(code: str) -> str:
    """Return the name of a language as its speakers say it."""
    return LANGUAGES.get(code, code)


def _published(survey: Survey) -> Questionnaire | None:
    newest = queries.newest_version(survey.id)
    return queries.questionnaire_of(newest) if newest else None


# ---- one language beside the original -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """The page of one language."""

    survey: Survey
    draft: Questionnaire
    code: str
    groups: Sequence[Group]
    progress: Progress
    seen: str
    is_missing_only: bool
    errors: Mapping[str, str] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    who: str = ""
    saved_at: str = ""

    @property
    def name(self) -> str:
        """The name of the language."""
        return name_of(self.code)

    @property
    def own_name(self) -> str:
        """The name of the language that the survey is written in."""
        return name_of(self.draft.language)

    @property
    def status(self) -> int:
        """The status that the page is sent with."""
        return 422 if self.errors else 409 if self.clashes else 200

    def typed(self, name: str, kept: str) -> str:
        """Return what stands in an input: what was typed where it could not be kept, else what is kept."""
        return request.form.get(name, "") if name in self.errors or name in self.clashes else kept

    def who_of(self, name: str) -> str:
        """Return who translated a text too that clashes."""
        return choices_sent().waiting.get(name) or self.who


@bp.route("/surveys/<slug>/languages/<code>", methods=["GET", "POST"])
@admits(TEAM)
def language(slug: str, code: str) -> Any:
    """Translate into one language: every text beside its translation."""
    survey = find(slug)
    if code not in queries.draft_of(survey).translations:
        raise NotFound(_("The survey is not translated into this language."))
    if request.method == "GET":
        return _drawn(_page(survey, code))
    who = who_and_when(survey)
    made, clashes = _saved(slug, code)
    page = _page(find(slug), code, errors=made.errors, clashes=clashes, who=who, saved_at=clock_words(now()))
    if made.errors or clashes or AUTOSAVE in request.headers:
        return _drawn(page)
    flash(_("Saved."), "good")
    return redirect(url_for("questionnaires.language", slug=slug, code=code, missing=request.args.get("missing")), 303)


def _saved(slug: str, code: str) -> tuple[Translated, Sequence[Clash]]:
    seen = unpacked_value(request.form.get("seen", ""))
    seen = {str(name): str(words) for name, words in seen.items()} if isinstance(seen, dict) else {}
    made, chosen, user_id = translated(seen, sent(), list(request.form)), choices_sent(), current_user.id

    def work() -> Sequence[Clash]:
        survey = find_to_change(slug)
        before = survey.changed_at
        clashes = actions.translate(
            survey, code, seen=seen, mine=made.texts, now=now(), choices=chosen.made, waiting=chosen.waiting
        )
        if survey.changed_at != before:
            note_editor(slug, user_id)
        return clashes

    return made, write(work)


def _page(
    survey: Survey,
    code: str,
    *,
    errors: Mapping[str, str] | None = None,
    clashes: Sequence[Clash] = (),
    who: str = "",
    saved_at: str = "",
) -> Page:
    draft, published = queries.draft_of(survey), _published(survey)
    return Page(
        survey, draft, code, groups(draft, code, published), progress(draft, code, published),
        packed_value(texts_in(draft, code)), "missing" in request.args, errors or {},
        {clash.place: clash for clash in clashes}, who, saved_at,
    )  # fmt: skip


def _drawn(page: Page) -> tuple[str, int]:
    name = "questionnaires/_translated.html" if AUTOSAVE in request.headers else "questionnaires/language.html"
    drawn = render_template(name, page=page, standing=standing(page.survey), has_errors=page.status == 422)
    return drawn, page.status
