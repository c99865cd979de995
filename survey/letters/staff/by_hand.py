"""A letter that staff write themselves, to one person."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from survey.access.actions import audit
from survey.customers.models import Person
from survey.customers.queries import person as find_person
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking
from survey.foundation.web import TEAM, admits
from survey.letters import queries
from survey.letters.actions import Post, post
from survey.letters.emails import written
from survey.letters.envelopes import printed_for, without_secrets
from survey.letters.forms import ByHandForm
from survey.letters.rules.kinds import KINDS
from survey.letters.rules.permission import reason_against
from survey.letters.rules.states import WHY, Why
from survey.letters.staff.door import bp
from survey.organisation.queries import organisation

BY_HAND = ("answer", "told_back", "come_back", "win_back")


@bp.route("/people/<uuid:id>/write", methods=["GET", "POST"])
@admits(TEAM)
def by_hand(id: UUID) -> Any:
    """Write a letter to one person: first as it will read, then out it goes."""
    somebody = _somebody(id)
    against = _reasons_against(somebody)
    form = ByHandForm()
    form.kind.choices = [SelectChoice(kind, KINDS[kind].words) for kind, why in against.items() if why is None]
    if request.method != "POST" or not (form.validate_on_submit() and _is_allowed(form, against)):
        return _by_hand_page(somebody, form, against)
    step = request.form.get("step")
    if step != "send":
        return _by_hand_page(somebody, form, against, is_shown=step == "show")
    said, kind = {"subject": form.subject.data, "words": form.words.data}, form.kind.data
    name, by = somebody.shown_name, current_user.id

    def work() -> UUID | None:
        letter_id = post(Post(kind, person=_somebody(id), said=said), now=now())
        audit("letter written", subject=name, user_id=by, details={"letter": str(letter_id)})
        return letter_id

    letter_id = write(work)
    flash(_("The letter is in the outbox."), "good")
    return redirect(url_for("letters.letter", id=letter_id), 303)


def _reasons_against(somebody: Person) -> dict[str, Why | None]:
    """For each kind of letter that is written by hand, why it may not go to somebody now; None where it may."""
    known = queries.recipients([somebody], now=now())[somebody.id]
    owner = organisation()
    return {
        kind: reason_against(
            KINDS[kind], known, limit=queries.limit(), now=now(), has_postal_address=bool(owner.postal_address.strip())
        )
        for kind in BY_HAND
    }


def _is_allowed(form: ByHandForm, against: dict[str, Why | None]) -> bool:
    kind = form.kind.data or ""
    if against.get(kind, Why.NO_CONSENT) is None:
        return True
    why = against.get(kind)
    form.kind.errors = [f"{WHY[why]}." if why else _("Choose what it is.")]
    return False


def _by_hand_page(
    somebody: Person, form: ByHandForm, against: dict[str, Why | None], *, is_shown: bool = False
) -> tuple[str, int]:
    has_errors = bool(form.errors)
    sheet = None
    if is_shown and not has_errors:
        with speaking(somebody.language or organisation().language):
            paper = written(form.subject.data, form.words.data)
            sheet = without_secrets(printed_for(form.kind.data, somebody.id, paper))
    page = render_template(
        "letters/by_hand.html", person=somebody, form=form, has_errors=has_errors, sheet=sheet, kinds=KINDS,
        against={kind: str(WHY[why]) for kind, why in against.items() if why}, is_possible=None in against.values(),
        language=somebody.language or organisation().language,
    )  # fmt: skip
    return page, 422 if has_errors else 200


def _somebody(id: UUID) -> Person:
    somebody = find_person(id)
    if somebody is None:
        raise NotFound(_("There is nobody here with this address."))
    return somebody
