"""The respond page: drawn once for each version, then only the form token is put in.

Drawing a page costs more than everything else that a visit does. What is drawn is therefore kept in memory, with a hole
where the token goes; a page that shows errors or what was typed is drawn anew. Options that are offered in an order of
their own for each visitor come in a few orders, chosen by the form id, so that one visitor always sees the same.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import current_app, render_template
from werkzeug.datastructures import MultiDict

from survey.foundation.tokens import FormTokens
from survey.questionnaires.kinds.fields import QuestionForm, form_for
from survey.questionnaires.rules import Questionnaire
from survey.responses.queries import asked_in, version_id
from survey.responses.rules import Opening, effort_words, kept_words

ORDERS = 8
SHEETS_LIMIT = 512
HOLE = "the form token goes here"
TOKEN, VERSION = "form.token", "form.version"  # noqa: S105 - names of inputs; no question key holds a dot

STALE = "This page was open for too long, or it came from somewhere else. Your answers are still here: please send them again."
BUSY = "We could not store your answers just now. They are still here: please send them again in a moment."
EMPTY = "Answer at least one question before you send."


@dataclass(frozen=True)
class Asked:
    """What is asked, and in which mode: by the open link, by a personal link, or as a preview."""

    opening: Opening
    questionnaire: Questionnaire
    invitation_id: UUID | None = None
    is_preview: bool = False

    @property
    def is_personal(self) -> bool:
        """Whether it is somebody's own link."""
        return self.invitation_id is not None

    @property
    def purpose(self) -> str:
        """What a form token of this page is good for: this survey, this version, this mode or personal link."""
        mode = "preview" if self.is_preview else self.invitation_id.hex if self.invitation_id else "open"
        return f"{mode}/{self.opening.survey_id.hex}/{self.opening.number}"

    def form(self, typed: MultiDict[str, str] | None = None) -> QuestionForm:
        """Return the form, filled with what was typed."""
        return form_for(self.questionnaire)(typed)


def tokens() -> FormTokens:
    """Return what signs form tokens."""
    signer: FormTokens = current_app.extensions["hearback.form_tokens"]
    return signer


def newest(opening: Opening, invitation_id: UUID | None = None) -> Asked:
    """Return what is asked now."""
    return Asked(opening, asked_in(opening.version_id), invitation_id)


def sent_version(opening: Opening, number: str, invitation_id: UUID | None = None) -> Asked:
    """Return what was asked on the page that was sent, which may be older; the newest where no page can say so."""
    is_known = number.isascii() and number.isdigit() and 0 < int(number[:9]) < opening.number
    older = version_id(opening.survey_id, int(number[:9])) if is_known else None
    if older is not None:
        opening = replace(opening, version_id=older, number=int(number[:9]))
    return newest(opening, invitation_id)


def fresh(asked: Asked) -> str:
    """Return the page as a visitor sees it first."""
    token = tokens().issue(asked.purpose)
    before, after = _sheet(asked, _order(token))
    return f"{before}{token}{after}"


def again(asked: Asked, form: QuestionForm, *, token: str, notice: str = "") -> str:
    """Return the page with what was typed, what is wrong with it, and the same form id."""
    return _draw(asked, form, token=token, notice=notice, has_errors=True)


def is_blank(form: QuestionForm) -> bool:
    """Whether nothing at all was answered."""
    return not form.answers() and form.contact() is None


def preview(asked: Asked, form: QuestionForm, *, token: str, is_sent: bool) -> str:
    """Return the page as a preview; is_sent says that it was filled in well a moment ago."""
    return _draw(asked, form, token=token, is_sent=is_sent)


def _sheet(asked: Asked, order: int) -> tuple[str, str]:
    """Return the page before and after its token; everything that it shows is in the key."""
    sheets: dict[Any, tuple[str, str]] = current_app.extensions.setdefault("hearback.respond_pages", {})
    key = (asked.opening, asked.is_personal, order)
    sheet = sheets.get(key)
    if sheet is None or current_app.debug:
        before, _hole, after = _draw(asked, asked.form(), token=HOLE, seed=order).partition(HOLE)
        if len(sheets) >= SHEETS_LIMIT:
            sheets.clear()
        sheet = sheets[key] = before, after
    return sheet


def _draw(
    asked: Asked,
    form: QuestionForm,
    *,
    token: str,
    notice: str = "",
    has_errors: bool = False,
    is_sent: bool = False,
    seed: int | None = None,
) -> str:
    return render_template(
        "responses/survey.html",
        asked=asked,
        questionnaire=asked.questionnaire,
        form=form,
        token=token,
        notice_words=notice,
        has_errors=has_errors,
        is_sent=is_sent,
        seed=_order(token) if seed is None else seed,
        effort=effort_words(asked.questionnaire.questions),
        kept=kept_words(asked.opening, is_personal=asked.is_personal),
        page_lang=asked.questionnaire.language,
    )


def _order(token: str) -> int:
    """Return which order of shuffled options the visitor with this form token sees."""
    return int(token[:2], 16) % ORDERS
