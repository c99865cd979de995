"""What customers may see of a survey: composing it, looking at it as they do, links with an end."""

from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import organisation, today
from survey.questionnaires.rules.addresses import public_address
from survey.results import sharing as actions
from survey.results.forms import LinkForm, SharingForm
from survey.results.pages.published import drawn, results_to_show
from survey.results.pages.sharing import SharingPage, sharing_page
from survey.results.rules.sharing import Composition, field_name, good_until, read_composition
from survey.results.staff.door import bp, find_survey


@bp.route("/surveys/<slug>/sharing", methods=["GET", "POST"])
@admits(TEAM)
def sharing(slug: str) -> Any:
    """Compose what everybody may see of a survey."""
    survey = find_survey(slug)
    page = sharing_page(survey, now=now())
    if request.method == "GET":
        return _drawn(page)
    form = _form(page, is_sent=True)
    composition, errors = _sent(page, form)
    if not form.validate_on_submit() or errors:
        return _drawn(replace(page, composition=composition), form, errors=errors)
    _save(slug, composition, is_public=form.is_public.data)
    flash(_("Saved."), "good")
    return redirect(url_for("results.sharing", slug=slug), 303)


def _form(page: SharingPage, *, is_sent: bool) -> SharingForm:
    shown = {"is_public": page.survey.has_public_results, "has_headline": page.composition.has_headline, "minimum": page.group}  # fmt: skip
    form = SharingForm(data=shown) if is_sent else SharingForm(formdata=None, data=shown)
    return form.offering(page.groups)


def _sent(page: SharingPage, form: SharingForm) -> tuple[Composition, dict[str, str]]:
    languages = [code for code, _name in page.languages]
    return read_composition(lambda name: request.form.get(name, ""), page.questions, languages, minimum=form.minimum.data or 0)  # fmt: skip


def _save(slug: str, composition: Composition, *, is_public: bool) -> None:
    by, on = current_user.id, today()

    def work() -> None:
        actions.compose(find_survey(slug), composition, is_public=is_public, on=on)
        audit("public results composed", subject=slug, user_id=by, details=_details(composition, is_public))

    write(work)


def _details(composition: Composition, is_public: bool) -> dict[str, object]:
    return {"public": is_public, "smallest group": composition.minimum, "questions": list(composition.questions or ())}


@bp.get("/surveys/<slug>/sharing/preview")
@admits(TEAM)
def preview(slug: str) -> str:
    """What has been saved, as everybody sees it."""
    return drawn(results_to_show(find_survey(slug)), is_listed=False, is_preview=True)


@bp.post("/surveys/<slug>/sharing/links")
@admits(TEAM)
def make_link(slug: str) -> Any:
    """Make a link; it is shown on this page alone, once, as only its hash is kept."""
    survey, form = find_survey(slug), LinkForm()
    if not form.validate_on_submit():
        return _drawn(sharing_page(survey, now=now()), link_form=form)
    try:
        token = _make_link(slug, form)
    except Refused as refused:
        form.until.errors = [str(refused)]
        return _drawn(sharing_page(survey, now=now()), link_form=form)
    base_url = current_app.extensions["hearback.config"].base_url
    address = f"{base_url}{url_for('results_public.shared', token=token)}"
    return _drawn(sharing_page(find_survey(slug), now=now()), made=address)


def _make_link(slug: str, form: LinkForm) -> str:
    by, name, moment, on = current_user.id, form.name.data, now(), today()
    until = good_until(form.lasts.data, form.until.data, now=moment, zone=ZoneInfo(organisation().time_zone))

    def work() -> str:
        survey = find_survey(slug)
        token = actions.make_link(survey, name, expires_at=until, now=moment)
        actions.release(survey.id, on=on)
        audit("link to results made", subject=slug, user_id=by, details={"name": name, "until": until.isoformat()})
        return token

    return write(work)


@bp.post("/surveys/<slug>/sharing/links/<uuid:id>/revoke")
@admits(TEAM)
def revoke_link(slug: str, id: UUID) -> Any:
    """Let a link open nothing any more."""
    by, moment = current_user.id, now()

    def work() -> None:
        name = actions.revoke_link(find_survey(slug), id, now=moment)
        audit("link to results withdrawn", subject=slug, user_id=by, details={"name": name})

    write(work)
    flash(_("The link opens nothing any more."), "good")
    return redirect(url_for("results.sharing", slug=slug, _anchor="links"), 303)


def _drawn(
    page: SharingPage,
    form: SharingForm | None = None,
    *,
    errors: dict[str, str] | None = None,
    link_form: LinkForm | None = None,
    made: str = "",
) -> tuple[str, int]:
    """The page with its two forms, the one that was sent as it was."""
    form, link_form = form or _form(page, is_sent=False), link_form or LinkForm(formdata=None)
    has_errors = bool(errors or form.errors or link_form.errors)
    base_url = current_app.extensions["hearback.config"].base_url
    address = f"{public_address(base_url, page.survey.slug)}/results"
    html = render_template("results/sharing.html", page=page, form=form, link_form=link_form, errors=errors or {}, made=made,
                           address=address, field_name=field_name, has_errors=has_errors)  # fmt: skip
    return html, 422 if has_errors else 200
