"""Offers and their terms, redeeming a code, and whether all of it works."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access.actions import audit
from survey.customers.rules import money_words
from survey.departures import actions
from survey.departures.forms.cases import HoldOutForm, RedeemForm, TemplateForm
from survey.departures.models import Offer
from survey.departures.pages import recovery as pages
from survey.departures.queries import cases as queries
from survey.departures.rules.losses import label_of
from survey.departures.rules.offers import KINDS, Kind
from survey.departures.rules.waiting import span_words
from survey.departures.staff.door import bp
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import list_words
from survey.foundation.web import LEADERS, TEAM, admits
from survey.organisation.actions import hold_out
from survey.organisation.queries import organisation, today


@bp.route("/recovery/offers", methods=["GET", "POST"])
@admits(TEAM)
def offers() -> ResponseReturnValue:
    """The offers that staff may make, with their terms; leaders add to them."""
    is_leader, money = current_user.role in LEADERS, organisation().currency
    form = TemplateForm(currency=money) if is_leader else None
    if form is None or not form.validate_on_submit():
        if request.method == "POST" and not is_leader:
            raise NotFound(_("Only leaders add offers."))
        page = render_template(
            "departures/offers.html", templates=queries.templates(with_retired=True), form=form, is_leader=is_leader,
            waiting=queries.waiting_offers(), kinds=KINDS, kind_of=Kind, label_words=_labels, money_words=money_words,
            currency=money, has_errors=bool(form and form.errors), today=today(),
        )  # fmt: skip
        return page, 422 if form and form.errors else 200
    said = {
        "name": form.name.data, "kind": form.kind.data, "words": form.words.data, "codes": form.chosen, "cap_minor": form.cap_minor,
        "cooldown_days": form.cooldown_days.data or 0, "lasts_days": form.lasts_days.data,
        "open_to_loyal": form.open_to_loyal.data, "needs_approval": form.needs_approval.data, "now": now(),
    }  # fmt: skip
    by = current_user.id

    def work() -> None:
        made = actions.keep_template(**said)
        audit("offer added", subject=made.name, user_id=by)

    write(work)
    flash(_("Added. It can be chosen on the page of a case from now on."), "good")
    return redirect(url_for("departures.offers"), 303)


def _labels(codes: Sequence[str]) -> str:
    return list_words([label_of(code) for code in codes])


@bp.post("/recovery/offers/<uuid:id>/retire")
@admits(LEADERS)
def retire_offer(id: UUID) -> ResponseReturnValue:
    """Let an offer be made no more."""
    by, moment = current_user.id, now()
    write(lambda: audit("offer retired", subject=actions.retire_template(id, now=moment), user_id=by))
    flash(_("It is offered no more. Those that were made stay good."), "good")
    return redirect(url_for("departures.offers"), 303)


@bp.route("/recovery/redeem", methods=["GET", "POST"])
@admits(TEAM)
def redeem() -> ResponseReturnValue:
    """Redeem the code of an offer, once."""
    form, found = RedeemForm(), None
    if form.validate_on_submit():
        try:
            found = _redeemed(form.code.data)
        except Refused as refused:
            form.code.errors = [str(refused)]
    page = render_template(
        "departures/redeem.html", form=form, offer=found, money_words=money_words, kinds=KINDS, kind_of=Kind,
        has_errors=bool(form.errors),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _redeemed(code: str) -> Offer:
    by, moment = current_user.id, now()

    def work() -> Offer:
        found = actions.redeem(code, by=by, now=moment)
        name = found.template.name if found.template else ""
        audit("code redeemed", subject=name, user_id=by, details={"offer": str(found.id)})
        return found

    return write(work)


@bp.route("/recovery/works", methods=["GET", "POST"])
@admits(TEAM)
def works() -> ResponseReturnValue:
    """Whether recovery works: every figure with what it is a part of and how sure it is."""
    form = HoldOutForm(data={"percent": organisation().hold_out_percent})
    if request.method == "POST" and current_user.role not in LEADERS:
        raise NotFound(_("Only leaders change this."))
    if form.validate_on_submit():
        percent, by = form.percent.data, current_user.id
        write(lambda: hold_out(percent, by=by))
        flash(_("Saved. It counts for cases that are opened from now on."), "good")
        return redirect(url_for("departures.works"), 303)
    page = render_template(
        "departures/works.html", seen=pages.figures(at=now(), today=today()), form=form, today=today(),
        is_leader=current_user.role in LEADERS, promised=span_words(organisation().promised_hours),
        zone=organisation().time_zone, has_errors=bool(form.errors),
    )  # fmt: skip
    return page, 422 if form.errors else 200
