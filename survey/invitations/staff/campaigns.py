"""The staff door of campaigns: planning one, looking at it while it goes, and its letters."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, request, stream_with_context, url_for
from flask_login import current_user

from survey.access.actions import audit
from survey.access.queries import user
from survey.foundation import csv
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import moment_words, ngettext, speaking
from survey.foundation.web import TEAM, admits
from survey.invitations import actions, emails, queries
from survey.invitations.forms import CampaignForm, campaign_form
from survey.invitations.models import Campaign
from survey.invitations.rules import STANDINGS, Standing, Words, default_words
from survey.invitations.staff.door import bp, find_survey
from survey.letters.actions import Post, post
from survey.letters.envelopes import printed_for
from survey.letters.printing import preview_response
from survey.letters.queries import count_letters
from survey.letters.queries import letters as letters_of
from survey.letters.rules.addresses import masked
from survey.letters.rules.states import STATES, WHY, State, Why
from survey.organisation.queries import organisation
from survey.questionnaires.models import Survey
from survey.questionnaires.queries import draft_of, live, newest_version, questionnaire_of
from survey.questionnaires.rules import Questionnaire
from survey.questionnaires.rules.addresses import personal_address
from survey.questionnaires.rules.languages import in_language

COUNTED_AT_ONCE = 20_000  # people whom a page looks at one by one
LINKS = ("name", "number", "e-mail", "link")
SHOWN_IN_LIST = {"state_words": STATES, "why_words": WHY}


@bp.get("/surveys/<slug>/invitations")
@admits(TEAM)
def campaigns(slug: str) -> str:
    """The campaigns of a survey."""
    survey = find_survey(slug)
    return render_template(
        "invitations/campaigns.html", survey=survey, campaigns=queries.campaigns_of(survey.id), standings=STANDINGS,
        made_and_used=queries.how_many_invited(survey.id), is_live=live(slug, now=now()) is not None,
    )  # fmt: skip


@bp.route("/surveys/<slug>/invitations/new", methods=["GET", "POST"])
@admits(TEAM)
def new_campaign(slug: str) -> Any:
    """Plan a campaign; nothing is sent by that."""
    survey = find_survey(slug)
    form = _form(survey)
    if not form.validate_on_submit():
        return _form_page(survey, form)
    plan, names, by, survey_id = form.plan(), form.names, current_user.id, survey.id

    def work() -> tuple[UUID, list[str]]:
        made = actions.plan_campaign(survey_id, plan, by=by, now=now())
        audit("campaign planned", subject=plan.name, user_id=by)
        return made.id, actions.keep_list(made.id, names) if plan.audience.group == "list" else []

    return _planned(slug, *write(work))


@bp.route("/surveys/<slug>/invitations/<uuid:id>/edit", methods=["GET", "POST"])
@admits(TEAM)
def edit_campaign(slug: str, id: UUID) -> Any:
    """Change the plan of a campaign that is not started yet."""
    survey, campaign = find_survey(slug), _campaign(slug, id)
    form = _form(survey, campaign)
    if campaign.standing != Standing.DRAFT:
        return redirect(url_for("invitations.campaign", slug=slug, id=id), 303)
    if not form.validate_on_submit():
        return _form_page(survey, form, campaign)
    plan, names = form.plan(), form.names

    def work() -> list[str]:
        actions.change_plan(id, plan)
        return actions.keep_list(id, names) if names and plan.audience.group == "list" else []

    return _planned(slug, id, write(work))


def _planned(slug: str, id: UUID, unknown: list[str]) -> Any:
    if unknown:
        flash(
            ngettext(
                "%(num)s of your list is not in People: %(some)s", "%(num)s of your list are not in People: %(some)s",
                len(unknown), some=", ".join(unknown[:5]) + ("…" if len(unknown) > 5 else ""),
            ),
            "bad",
        )  # fmt: skip
    return redirect(url_for("invitations.campaign", slug=slug, id=id), 303)


def _form(survey: Survey, campaign: Campaign | None = None) -> CampaignForm:
    asked = _questionnaire(survey)
    usual = {language: _usual_words(asked, language) for language in asked.languages}
    return campaign_form(asked.languages, usual, campaign)


def _usual_words(asked: Questionnaire, language: str) -> Words:
    with speaking(language):
        return default_words(organisation().name, in_language(asked, language).title)


def _questionnaire(survey: Survey) -> Questionnaire:
    newest = newest_version(survey.id)
    return questionnaire_of(newest) if newest else draft_of(survey)


def _form_page(survey: Survey, form: CampaignForm, campaign: Campaign | None = None) -> tuple[str, int]:
    page = render_template(
        "invitations/campaign_form.html", survey=survey, form=form, campaign=campaign, has_errors=bool(form.errors),
        limit=organisation().letter_limit, days=organisation().letter_days,
    )  # fmt: skip
    return page, 422 if form.errors else 200


# ---- one campaign -------------------------------------------------------------------------------------------------


@bp.get("/surveys/<slug>/invitations/<uuid:id>")
@admits(TEAM)
def campaign(slug: str, id: UUID) -> str:
    """A campaign: what would happen, as long as it is a plan; what became of it, afterwards."""
    survey, found = find_survey(slug), _campaign(slug, id)
    common = {"survey": survey, "campaign": found, "standings": STANDINGS, "is_live": live(slug, now=now()) is not None,
              "is_folder": current_app.extensions["hearback.config"].relay is None}  # fmt: skip
    if found.standing == Standing.DRAFT:
        return _plan_page(found, common)
    rates = current_app.extensions["hearback.campaign_rates"](survey, id)
    numbers = queries.numbers(found, started=rates.started)
    may_tell = survey.privacy == emails.IDENTIFIED or numbers.people >= organisation().minimum_scores
    return render_template(
        "invitations/campaign.html", numbers=numbers, rates=rates, why_words=WHY,
        reminded=queries.reminder_counts(id) if may_tell else {}, may_tell=may_tell, audience=queries.count_audience(found) if numbers.people == 0 else numbers.people,
        moment=lambda at: moment_words(at, organisation().time_zone), **common,
    )  # fmt: skip


def _plan_page(found: Campaign, common: dict[str, Any]) -> str:
    people = queries.count_audience(found)
    prospects = queries.prospects(found, now=now()) if people <= COUNTED_AT_ONCE else None
    return render_template(
        "invitations/campaign_plan.html", people=people, may=prospects.get(None, 0) if prospects is not None else None,
        held=sorted(((WHY[why], many) for why, many in (prospects or {}).items() if why), key=lambda row: -row[1]),
        somebody=queries.somebody_of(found), **common,
    )  # fmt: skip


@bp.get("/surveys/<slug>/invitations/<uuid:id>/letter")
@admits(TEAM)
def preview_letter(slug: str, id: UUID) -> Response:
    """The letter as somebody of the audience would get it, for the frame in which the page shows it."""
    found = _campaign(slug, id)
    somebody = queries.somebody_of(found)
    if somebody is None:
        raise NotFound(_("Nobody of this campaign can be written to."))
    language = request.args.get("language") or somebody.language or organisation().language
    paper = emails.preview(found, somebody, language=language, is_reminder="reminder" in request.args)
    return preview_response(printed_for("invitation", id, paper))


@bp.post("/surveys/<slug>/invitations/<uuid:id>/test")
@admits(TEAM)
def test_campaign(slug: str, id: UUID) -> Any:
    """Send the letter to whoever asks for it, and to nobody else."""
    _campaign(slug, id)
    my_id, address = current_user.id, current_user.email
    write(lambda: post(Post("trial", user=user(my_id), said={"campaign": str(id)}), now=now()))
    flash(_("The letter is on its way to %(address)s.", address=address), "good")
    return redirect(url_for("invitations.campaign", slug=slug, id=id), 303)


def _step(what: str, step: Callable[[UUID], object], said: str) -> Callable[[str, UUID], Any]:
    """A button of the page of a campaign."""

    def view(slug: str, id: UUID) -> Any:
        found, by = _campaign(slug, id), current_user.id
        name = found.name

        def work() -> None:
            step(id)
            audit(what, subject=name, user_id=by)

        write(work)
        flash(_(said), "good")
        return redirect(url_for("invitations.campaign", slug=slug, id=id), 303)

    return view


@bp.post("/surveys/<slug>/invitations/<uuid:id>/start")
@admits(TEAM)
def start_campaign(slug: str, id: UUID) -> Any:
    """Begin to send."""
    if live(slug, now=now()) is None:
        raise Refused(_("The survey is not open: publish or open it first."))
    return _step("campaign started", lambda id: actions.start(id, now=now()), _("It begins to be sent."))(slug, id)


@bp.post("/surveys/<slug>/invitations/<uuid:id>/stop")
@admits(TEAM)
def stop_campaign(slug: str, id: UUID) -> Any:
    """Let nothing more go for now."""
    return _step(
        "campaign stopped", lambda id: actions.stop(id, now=now()), _("Stopped. Nothing more goes until it goes on.")
    )(slug, id)


@bp.post("/surveys/<slug>/invitations/<uuid:id>/go-on")
@admits(TEAM)
def go_on_campaign(slug: str, id: UUID) -> Any:
    """Go on where it was stopped."""
    return _step("campaign went on", actions.go_on, _("It goes on."))(slug, id)


@bp.post("/surveys/<slug>/invitations/<uuid:id>/end")
@admits(TEAM)
def end_campaign(slug: str, id: UUID) -> Any:
    """End it for good."""
    return _step("campaign ended", lambda id: actions.end(id, now=now()), _("Ended. What had not gone never goes."))(
        slug, id
    )


@bp.post("/surveys/<slug>/invitations/<uuid:id>/delete")
@admits(TEAM)
def delete_campaign(slug: str, id: UUID) -> Any:
    """Throw a plan away."""
    _campaign(slug, id)
    write(lambda: actions.delete_plan(id))
    flash(_("The plan is deleted."), "good")
    return redirect(url_for("invitations.campaigns", slug=slug), 303)


@bp.get("/surveys/<slug>/invitations/<uuid:id>/letters")
@admits(TEAM)
def campaign_letters(slug: str, id: UUID) -> str:
    """The letters behind a number of a campaign."""
    found = _campaign(slug, id)
    state, why, kind = (request.args.get(name, "") for name in ("state", "why", "kind"))
    asked = {"state": state if state in STATES else "", "why": why if why in set(Why) else "",
             "kind": "reminder" if kind == "reminder" else "invitation"}  # fmt: skip
    page = letters_of(mailing_id=id, cursor=request.args.get("cursor"), **asked)
    return render_template(
        "invitations/campaign_letters.html", survey=find_survey(slug), campaign=found, page=page, asked=asked,
        total=count_letters(mailing_id=id, **asked), cursor=request.args.get("cursor"), masked=masked,
        moment=lambda at: moment_words(at, organisation().time_zone), State=State, **SHOWN_IN_LIST,
    )  # fmt: skip


@bp.get("/surveys/<slug>/invitations/<uuid:id>/links.csv")
@admits(TEAM)
def campaign_links(slug: str, id: UUID) -> Response:
    """The personal links of a campaign, for a tool of one's own; handed out by name and noted in the audit."""
    found, by = _campaign(slug, id), current_user.id
    if found.survey.privacy == emails.ANONYMOUS:
        raise Refused(
            _(
                "Links of an anonymous survey go to their owners alone: who has a list of them could tell who answered what."
            )
        )
    name = found.name
    write(lambda: audit("links of a campaign downloaded", subject=name, user_id=by))
    rows = csv.lines([_(label) for label in LINKS], _links(id), bom=True)
    answer = Response(stream_with_context(rows), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-links.csv"'
    return answer


def _links(campaign_id: UUID) -> Iterator[tuple[str, str, str, str]]:
    base_url, links, after = (
        current_app.extensions["hearback.config"].base_url,
        current_app.extensions["hearback.links"],
        None,
    )
    while some := queries.links_of(campaign_id, after=after):
        after = some[-1].id
        for one in some:
            link = personal_address(base_url, links.own_token("invitation", one.id))
            yield one.person.name, one.person.external_id or "", one.person.email or "", link


def _campaign(slug: str, id: UUID) -> Campaign:
    found = queries.campaign(id)
    if found is None or found.survey.slug != slug:
        raise NotFound(_("There is no such campaign."))
    return found
