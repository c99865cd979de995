"""Who is not written to: how many, one address, a list from elsewhere."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from survey.access.actions import audit
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import marked, ngettext
from survey.foundation.web import TEAM, admits
from survey.letters import actions, queries
from survey.letters.forms import LIST_LIMIT, ListForm, LookUpForm
from survey.letters.rules.addresses import masked
from survey.letters.rules.kinds import TOPICS
from survey.letters.rules.lists import Listed, addresses_in
from survey.letters.rules.permission import ABSOLUTE, BULK
from survey.letters.staff.door import bp, says

SCOPES: Mapping[str, str] = {
    **{topic.value: words for topic, words in TOPICS.items()},
    BULK: marked("Everything that they did not ask for"),
    "do_not_contact": marked("Everything: they want no letter at all"),
    "deceased": marked("Everything: they have died"),
    "erased": marked("Everything: they were deleted"),
    "bounced": marked("Everything: letters came back"),
}
SOURCES = {
    "letter": marked("by the link in a letter"),
    "choices": marked("on the page of their choices"),
    "staff": marked("noted by your team"),
    "bounce": marked("because letters came back"),
    "import": marked("read in from a list"),
}


@bp.route("/outbox/suppressed", methods=["GET", "POST"])
@admits(TEAM)
def suppressed() -> Any:
    """How many addresses are not written to; look one up, or add one."""
    form = LookUpForm()
    if not form.validate_on_submit():
        return _suppressed_page(form, ListForm(formdata=None))
    address, by = form.email.data, current_user.id
    if request.form.get("step") != "add":
        return _suppressed_page(form, ListForm(formdata=None), looked_up=address)

    def work() -> None:
        actions.suppress(address, "do_not_contact", source="staff", now=now())
        audit("address suppressed", subject=masked(address), user_id=by)

    write(work)
    flash(_("%(address)s is not written to any more.", address=address), "good")
    return redirect(url_for("letters.suppressed"), 303)


@bp.post("/outbox/suppressed/list")
@admits(TEAM)
def suppress_list() -> Any:
    """Read in a list of addresses that are not to be written to."""
    form = ListForm()
    listed = _listed(form)
    if not form.validate_on_submit() or listed is None:
        return _suppressed_page(LookUpForm(formdata=None), form)
    scope, by = form.scope.data, current_user.id

    def work() -> int:
        new = actions.suppress_addresses(listed.addresses, scope, source="import", now=now())
        audit("addresses suppressed", subject=str(len(listed.addresses)), user_id=by)
        return new

    new = write(work)
    flash(ngettext("%(num)s address read in, %(new)s of them new.", "%(num)s addresses read in, %(new)s of them new.",
                   len(listed.addresses), new=new), "good")  # fmt: skip
    if listed.lines_without:
        numbers = ", ".join(str(number) for number in listed.lines_without[:10])
        flash(_("Lines without an address, such as %(numbers)s, were left out.", numbers=numbers), "info")
    return redirect(url_for("letters.suppressed"), 303)


def _listed(form: ListForm) -> Listed | None:
    """The addresses that were pasted or stand in the file; None where there are none."""
    file = form.file.data
    raw = file.read(LIST_LIMIT + 1) if file else b""
    if len(raw) > LIST_LIMIT:
        raise Refused(_("This file is too long for a page. Read it in with the command “letters suppress”."))
    listed = addresses_in("\n".join([form.pasted.data or "", raw.decode("utf-8-sig", "replace")]).strip())
    return listed if listed.addresses else None


def _suppressed_page(form: LookUpForm, list_form: ListForm, *, looked_up: str = "") -> tuple[str, int]:
    has_errors = request.method == "POST" and not looked_up
    if has_errors and not form.errors:
        list_form.pasted.errors = [*list_form.pasted.errors, _("There is no address in it.")][:1]
    found = queries.suppressed_at(looked_up) if looked_up else []
    page = render_template(
        "letters/suppressed.html", form=form, list_form=list_form, looked_up=looked_up,
        is_never=any(scope in ABSOLUTE and scope != "bounced" for scope, _source, _at in found),
        found=[(_(str(SCOPES[scope])), _(SOURCES[source]), at) for scope, source, at in found],
        counts=[(_(str(words)), many) for scope, words in SCOPES.items() if (many := queries.count_suppressed().get(scope))],
        has_errors=has_errors, **says(),
    )  # fmt: skip
    return page, 422 if has_errors else 200
