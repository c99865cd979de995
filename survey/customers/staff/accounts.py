"""The staff door of accounts: households and companies to which several people belong."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from survey.customers import actions, queries
from survey.customers.forms import AccountForm
from survey.customers.models import Account
from survey.customers.rules import money_words
from survey.customers.staff.door import bp, noted, somebody
from survey.foundation.clock import now
from survey.foundation.errors import NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.web import TEAM, admits
from survey.organisation.queries import today

WORDS_LIMIT = 200


@bp.get("/accounts")
@admits(TEAM)
def accounts() -> str:
    """Every account by name, narrowed by words."""
    words, cursor = request.args.get("words", "").strip()[:WORDS_LIMIT], request.args.get("cursor")
    return render_template(
        "customers/accounts.html",
        words=words,
        cursor=cursor,
        found=queries.accounts(words, cursor),
        total=queries.count_accounts(words),
    )


@bp.route("/accounts/<uuid:account_id>", methods=["GET", "POST"])
@admits(TEAM)
def account(account_id: UUID) -> Any:
    """The people of an account and what they are worth together; its name and level can be changed."""
    found = _account(account_id)
    form = AccountForm(data={"name": found.name, "tier": found.tier})
    if form.validate_on_submit():
        said = {"name": form.name.data, "tier": form.tier.data or ""}
        try:
            noted("account changed", account_id, lambda: actions.change_account(account_id, **said, today=today()))
        except Refused as error:
            form.name.errors = [str(error)]
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("customers.account", account_id=account_id), 303)
    members = queries.members_of(account_id)
    page = render_template(
        "customers/account.html",
        account=found,
        form=form,
        has_errors=bool(form.errors),
        members=members,
        values=queries.value_of(account_id),
        today=today(),
        money_words=money_words,
    )
    return page, 422 if form.errors else 200


@bp.post("/people/<uuid:id>/accounts")
@admits(TEAM)
def join(id: UUID) -> Any:
    """Let somebody belong to an account, which is made where there is none of that name."""
    name, role = request.form.get("account", ""), request.form.get("role", "")
    somebody(id)
    joined = noted("account joined", id, lambda: actions.belong_to(id, name, role=role, now=now()))
    flash(_("They belong to %(account)s now.", account=joined.name), "good")
    return redirect(url_for("customers.account", account_id=joined.id), 303)


@bp.post("/accounts/<uuid:account_id>/people/<uuid:id>/remove")
@admits(TEAM)
def leave(account_id: UUID, id: UUID) -> Any:
    """Let somebody no longer belong to an account."""
    noted("account left", id, lambda: actions.leave_account(account_id, id))
    flash(_("Taken out. The person and all that is known of them stay."), "good")
    return redirect(url_for("customers.account", account_id=account_id), 303)


def _account(account_id: UUID) -> Account:
    found = queries.account(account_id)
    if found is None:
        raise NotFound(_("There is no such account."))
    return found
