"""The public door of home: the front page, and the page that answers back after a survey."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from survey.access.rules import email_address
from survey.customers.actions import agree
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking
from survey.foundation.limits import limiter
from survey.foundation.web import EVERYONE, admits, cookie, csrf, let_frame, page_language
from survey.home.forms import UpdatesForm
from survey.home.pages import public_result
from survey.home.queries import front as queries
from survey.home.rules import CHANGES_SHOWN, EXPLAINED, UPDATES, WORDS_AGREED, WORDS_ASKED, says_thanks
from survey.improvements.queries import headlines, people_by_reason
from survey.organisation.queries import organisation, today
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import newest_version, survey_by_slug
from survey.responses.actions import withdraw
from survey.responses.queries import is_withdrawn, thanks_marked, thanks_of, with_receipt
from survey.responses.rules import ENDING, TEST, Privacy, Thanks

bp = Blueprint("home_public", __name__)


@bp.get("/")
@admits(EVERYONE)
def front() -> str:
    """The organisation's public front page: what it asks, and what it did about the answers."""
    improvements = headlines(CHANGES_SHOWN)
    return render_template(
        "home/front.html", surveys=queries.open_surveys(now()), improvements=improvements, today=today()
    )


@bp.get("/s/<slug>/thanks/<uuid:receipt>")
@admits(EVERYONE)
def thanks(slug: str, receipt: UUID) -> Any:
    """Thank somebody for an answer and say what earlier ones changed; shows no answer, so any receipt may be asked for."""
    survey = _survey(slug)
    return let_frame(_thanks_page(survey, receipt, UpdatesForm()), survey.embed_origins)


@bp.post("/s/<slug>/thanks/<uuid:receipt>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]  # no session here: the signed form token takes its place
@limiter.limit("30 per hour")
def tell_me(slug: str, receipt: UUID) -> Any:
    """Keep that somebody wants to hear what is done; apart from any answer, and twice is once."""
    survey = _survey(slug)
    if not _may_ask(survey) or _tokens().form_id(request.form.get("form", ""), UPDATES) is None:
        raise Refused(_("This form was open for too long. Go back, reload the page and send it again."))
    form = UpdatesForm(request.form)
    if not form.validate():
        return let_frame((_thanks_page(survey, receipt, form), 422), survey.embed_origins)
    email = email_address(form.email.data or "") or ""
    with speaking(_thanks_of(survey, receipt).language):
        purposes = {UPDATES: f"{WORDS_ASKED} {WORDS_AGREED}"}  # as they read it
    write(lambda: agree(email=email, name="", purposes=purposes, now=now()))
    return redirect(url_for("home_public.thanks", slug=slug, receipt=receipt, told="yes", _anchor="told"), 303)


@bp.get("/s/<slug>/thanks/<uuid:receipt>/take-back")
@admits(EVERYONE)
def ask_to_take_back(slug: str, receipt: UUID) -> Any:
    """Ask somebody whether they want their answer back; shows no answer."""
    survey = _survey(slug)
    return let_frame(_take_back_page(survey, receipt), survey.embed_origins)


@bp.post("/s/<slug>/thanks/<uuid:receipt>/take-back")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]  # no session here: the signed form token takes its place
@limiter.limit("30 per hour")
def take_back(slug: str, receipt: UUID) -> Any:
    """Take an answer back for whoever holds its receipt; twice is once."""
    survey_id = _survey(slug).id
    if _tokens().form_id(request.form.get("form", ""), f"take-back/{receipt}") is None:
        raise Refused(_("This form was open for too long. Go back, reload the page and send it again."))

    no_answer = _("There is no answer with this receipt.")

    def work() -> None:
        found = with_receipt(survey_id, receipt)
        if found is None:
            raise NotFound(no_answer)
        withdraw(found, now=now())

    write(work)
    return redirect(url_for("home_public.ask_to_take_back", slug=slug, receipt=receipt), 303)


def _take_back_page(survey: Survey, receipt: UUID) -> str:
    found = with_receipt(survey.id, receipt)
    if found is None or survey.privacy != Privacy.IDENTIFIED:
        raise NotFound(_("There is no answer with this receipt."))
    with speaking(found.language):
        return render_template("home/take_back.html", survey=survey, receipt=receipt, is_done=is_withdrawn(found),
                               form_token=_tokens().issue(f"take-back/{receipt}"))  # fmt: skip


def _thanks_page(survey: Survey, receipt: UUID, form: UpdatesForm) -> str:
    found = with_receipt(survey.id, receipt)
    if found is not None and is_withdrawn(found):
        return _take_back_page(survey, receipt)
    marked = thanks_marked(survey.id, cookie(ENDING)) if survey.privacy == Privacy.ANONYMOUS else None
    thanks = marked or _thanks_of(survey, receipt)
    is_test = found is not None and found.channel == TEST
    with speaking(thanks.language):
        return _draw_thanks(survey, receipt, form, thanks, is_test=is_test)


def _thanks_of(survey: Survey, receipt: UUID) -> Thanks:
    """The words that an answer is thanked for with, in the language that it was given in."""
    return thanks_of(survey.id, receipt) or Thanks("", page_language(usual=lambda: organisation().language))


def _draw_thanks(survey: Survey, receipt: UUID, form: UpdatesForm, thanks: Thanks, *, is_test: bool) -> str:
    codes = queries.reasons_given(survey.id, receipt)
    return render_template(
        "home/thanks.html",
        survey=survey,
        thanks=thanks.words,
        has_thanked=says_thanks(thanks.words),
        receipt=receipt,
        can_take_back=survey.privacy == Privacy.IDENTIFIED,
        page_lang=thanks.language,
        changes=queries.changes_to_tell(codes),
        result=public_result(survey),
        explained=EXPLAINED,
        form=form if _may_ask(survey) and not is_test else None,
        is_test=is_test,
        form_token=_tokens().issue(UPDATES),
        asked=WORDS_ASKED,
        was_kept=request.args.get("kept", ""),
        is_told="told" in request.args,
        has_errors=bool(form.errors),
        people=people_by_reason(),
        today=today(),
    )


def _survey(slug: str) -> Survey:
    survey = survey_by_slug(slug)
    if survey is None or newest_version(survey.id) is None:
        raise NotFound(_("There is no survey at this address. It may have been mistyped."))
    return survey


def _may_ask(survey: Survey) -> bool:
    """On an anonymous survey even the moment of leaving an address could tell which answer came with it."""
    return survey.privacy != Privacy.ANONYMOUS


def _tokens() -> Any:
    return current_app.extensions["hearback.form_tokens"]
