"""Handing a survey on: named links, QR codes, a sheet to print, a frame on a website, a kiosk."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.questionnaires import actions
from survey.questionnaires.forms import FrameForm
from survey.questionnaires.models import Survey
from survey.questionnaires.pages import base_url, qr_code, snippet, standing, ways
from survey.questionnaires.rules.addresses import is_channel, public_address
from survey.questionnaires.staff.door import audited, bp, find


@bp.get("/surveys/<slug>/links")
@admits(TEAM)
def links(slug: str) -> Any:
    """Show the links of a survey: the open one, one for a way that is named here, those on which answers came."""
    survey, name = find(slug), request.args.get("via", "").strip().lower().replace(" ", "-")
    is_wrong = bool(name) and not is_channel(name)
    page = render_template(
        "questionnaires/links.html",
        survey=survey,
        standing=standing(survey),
        name=name,
        is_wrong=is_wrong,
        has_errors=is_wrong,
        link="" if is_wrong or not name else public_address(base_url(), slug, via=name),
        kiosk=public_address(base_url(), slug, is_kiosk=True, via="kiosk"),
        ways=ways(survey),
    )
    return page, 422 if is_wrong else 200


@bp.get("/surveys/<slug>/qr.<any(svg, png):kind>")
@admits(TEAM)
def qr(slug: str, kind: str) -> Response:
    """Serve the QR code of the survey's link, or of the link of a named way."""
    content = qr_code(_link(find(slug)), kind)
    return Response(content, mimetype="image/svg+xml" if kind == "svg" else "image/png")


@bp.get("/surveys/<slug>/sheet")
@admits(TEAM)
def sheet(slug: str) -> str:
    """Show a sheet to print: what is asked, the QR code, the link."""
    survey = find(slug)
    return render_template("questionnaires/sheet.html", survey=survey, standing=standing(survey), link=_link(survey),
                           via=_via())  # fmt: skip


def _link(survey: Survey) -> str:
    return public_address(base_url(), survey.slug, via=_via())


def _via() -> str:
    name = request.args.get("via", "")
    if name and not is_channel(name):
        raise NotFound(_("A link cannot be called so."))
    return name


@bp.route("/surveys/<slug>/frame", methods=["GET", "POST"])
@admits(TEAM)
def frame(slug: str) -> Any:
    """Choose which websites may show a survey in a frame, and say what they put into their pages."""
    survey = find(slug)
    form = FrameForm(data={"origins": "\n".join(survey.embed_origins)})
    if form.validate_on_submit():
        chosen = form.chosen
        audited("survey frame set", slug, lambda: actions.set_embed_origins(find(slug), chosen), {"origins": chosen})
        flash(_("Saved."), "good")
        return redirect(url_for("questionnaires.frame", slug=slug), 303)
    now = standing(survey)
    page = render_template("questionnaires/frame.html", survey=survey, standing=now, form=form,
                           snippet=snippet(survey, now.title), has_errors=bool(form.errors))  # fmt: skip
    return page, 422 if form.errors else 200
