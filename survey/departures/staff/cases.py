"""The recovery queue, the page of a case, and everything that is done there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access.actions import audit
from survey.access.queries import READ
from survey.customers.rules import money_words
from survey.departures import actions
from survey.departures import queries as losses
from survey.departures.actions import Changed, Doing, Missing
from survey.departures.emails import PLAYBACK
from survey.departures.forms import cases as forms
from survey.departures.forms.cases import CaseForm
from survey.departures.models import CaseEvent, Offer, RecoveryCase
from survey.departures.pages import recovery as pages
from survey.departures.queries import cases as queries
from survey.departures.rules.cases import ENDS, NEXT, NEXT_WORDS, RUNNING, SCOPES, STATES, Event, Scope, State
from survey.departures.rules.offers import OfferState
from survey.departures.rules.waiting import span_words
from survey.departures.staff.door import bp
from survey.foundation.clock import now
from survey.foundation.db import write
from survey.foundation.errors import NotFound
from survey.foundation.language import gettext as _
from survey.foundation.language import moment_words
from survey.foundation.tokens import digest
from survey.foundation.web import LEADERS, TEAM, admits
from survey.organisation.queries import organisation, today


@bp.get("/recovery")
@admits(TEAM)
def recovery() -> str:
    """The cases that wait for somebody: whoever waits too long first, then by what they were worth."""
    at, by = now(), current_user.id
    show, cursor = request.args.get("show", queries.ALL), request.args.get("cursor")
    page = queries.queue(show=show, by=by, at=at, cursor=cursor)
    return render_template(
        "departures/recovery.html", page=page, counts=queries.counts(by=by, at=at), show=show, at=at, cursor=cursor,
        states=STATES, running=RUNNING, ends=ENDS, promised=span_words(organisation().promised_hours),
        approvals=len(queries.waiting_offers()), worth_words=pages.worth_words, reason_words=pages.reason_words, today=today(),
    )  # fmt: skip


# ---- what can be done ---------------------------------------------------------------------------------------------

Act = Callable[[RecoveryCase, Any, Doing], Callable[[], Any]]


@dataclass(frozen=True)
class Deed:
    """Something that can be done on the page of a case: its form, and what is done with what was typed."""

    form: type[CaseForm]
    act: Act
    done: str = ""
    who: frozenset[str] = TEAM


def _triage(case: RecoveryCase, form: forms.TriageForm, doing: Doing) -> Callable[[], Any]:
    said: dict[str, Any] = {"owner_id": forms.as_id(form.owner.data), "code": form.code.data or None, "scope": form.scope.data or None,
            "went_to": form.went_to.data or ""}  # fmt: skip
    return lambda: actions.triage(case.id, **said, doing=doing)


def _attempt(case: RecoveryCase, form: forms.AttemptForm, doing: Doing) -> Callable[[], Any]:
    said = {"channel": form.channel.data, "was_reached": form.was_reached.data == "yes", "minutes": form.minutes.data,
            "note": form.note.data or "", "next_on": form.next_on.data}  # fmt: skip
    return lambda: actions.note_attempt(case.id, **said, doing=doing)


def _listen(case: RecoveryCase, form: forms.ListenForm, doing: Doing) -> Callable[[], Any]:
    said = {
        "their_words": form.their_words.data or "", "playback": form.playback.data or "", "codes": form.codes,
        "scope": form.scope.data or None, "went_to": form.went_to.data or "", "understood": form.understood.data,
        "agreed": form.agreed,
    }  # fmt: skip
    return lambda: actions.listen(case.id, **said, doing=doing)


def _reasons(case: RecoveryCase, form: forms.ReasonsForm, doing: Doing) -> Callable[[], Any]:
    said = {"layer": form.layer.data, "codes": form.codes, "scope": form.scope.data or None}
    return lambda: actions.code_reasons(case.id, **said, doing=doing)


def _promise(case: RecoveryCase, form: forms.PromiseForm, doing: Doing) -> Callable[[], Any]:
    said = {"what": form.what.data or "", "owner_id": forms.as_id(form.owner.data), "due_on": form.due_on.data}
    return lambda: actions.promise(case.id, **said, doing=doing)


def _offer(case: RecoveryCase, form: forms.OfferForm, doing: Doing) -> Callable[[], Any]:
    said = {
        "template_id": UUID(form.template.data),
        "value_minor": form.value_minor,
        "expires_on": form.expires_on.data,
    }
    return lambda: actions.make_offer(case.id, **said, doing=doing)


def _propose(case: RecoveryCase, form: forms.ProposeForm, doing: Doing) -> Callable[[], Any]:
    code, evidence = form.code.data or "", form.evidence.data or ""
    return lambda: actions.propose(case.id, code=code, evidence=evidence, doing=doing)


def _close(case: RecoveryCase, form: forms.CloseForm, doing: Doing) -> Callable[[], Any]:
    event, why, code = Event(form.end.data), form.why.data or "", form.code.data or None
    return lambda: actions.close(case.id, event, why=why, code=code, doing=doing)


def _reopen(case: RecoveryCase, form: forms.ReopenForm, doing: Doing) -> Callable[[], Any]:
    why = form.why.data or ""
    return lambda: actions.close(case.id, Event.REOPEN, why=why, doing=doing)


def _ask(case: RecoveryCase, form: CaseForm, doing: Doing) -> Callable[[], Any]:
    note_id = _item(form)
    token = current_app.extensions["hearback.links"].own_token(PLAYBACK, note_id)
    return lambda: actions.ask_if_understood(note_id, token_hash=digest(token), doing=doing)


def _settle(state: OfferState) -> Act:
    return lambda case, form, doing: _settling(_item(form), state, doing)


def _settling(offer_id: UUID, state: OfferState, doing: Doing) -> Callable[[], Any]:
    return lambda: actions.settle(offer_id, state=state, doing=doing)


def _keep(case: RecoveryCase, form: CaseForm, doing: Doing) -> Callable[[], Any]:
    promise_id, day = _item(form), today()
    return lambda: actions.keep(promise_id, on=day, doing=doing)


def _approve(case: RecoveryCase, form: CaseForm, doing: Doing) -> Callable[[], Any]:
    offer_id = _item(form)
    return lambda: actions.approve(offer_id, doing=doing)


def _item(form: CaseForm) -> UUID:
    try:
        return UUID(form.item.data or "")
    except ValueError:
        raise NotFound(_("There is nothing here to do this with.")) from None


def _assign(case: RecoveryCase, form: forms.AssignForm, doing: Doing) -> Callable[[], Any]:
    owner_id = forms.as_id(form.owner.data)
    return lambda: actions.assign(case.id, owner_id=owner_id, doing=doing)


def _note(case: RecoveryCase, form: forms.NoteForm, doing: Doing) -> Callable[[], Any]:
    words = form.words.data or ""
    return lambda: actions.add_note(case.id, words=words, doing=doing)


def _death(case: RecoveryCase, form: forms.DeathForm, doing: Doing) -> Callable[[], Any]:
    on = form.on.data
    return lambda: actions.note_death(case.id, on=on, doing=doing)


DEEDS: Mapping[str, Deed] = {
    "triage": Deed(forms.TriageForm, _triage),
    "assign": Deed(forms.AssignForm, _assign),
    "note": Deed(forms.NoteForm, _note),
    "attempt": Deed(forms.AttemptForm, _attempt),
    "listen": Deed(forms.ListenForm, _listen),
    "reasons": Deed(forms.ReasonsForm, _reasons),
    "promise": Deed(forms.PromiseForm, _promise),
    "keep": Deed(CaseForm, _keep),
    "offer": Deed(forms.OfferForm, _offer),
    "approve": Deed(CaseForm, _approve, who=LEADERS),
    "accepted": Deed(CaseForm, _settle(OfferState.ACCEPTED)),
    "declined": Deed(CaseForm, _settle(OfferState.DECLINED)),
    "withdrawn": Deed(CaseForm, _settle(OfferState.WITHDRAWN)),
    "ask": Deed(CaseForm, _ask),
    "propose": Deed(forms.ProposeForm, _propose),
    "confirm": Deed(CaseForm, lambda case, form, doing: lambda: actions.confirm(case.id, doing=doing)),
    "close": Deed(forms.CloseForm, _close),
    "back": Deed(CaseForm, lambda case, form, doing: lambda: actions.note_return(case.id, doing=doing)),
    "reopen": Deed(forms.ReopenForm, _reopen),
    "alone": Deed(CaseForm, lambda case, form, doing: lambda: actions.leave_alone(case.id, doing=doing)),
    "death": Deed(forms.DeathForm, _death),
}

SHOWN = (
    "triage",
    "assign",
    "note",
    "attempt",
    "listen",
    "reasons",
    "promise",
    "offer",
    "propose",
    "close",
    "reopen",
    "death",
)
STEP_OF: Mapping[Event, str] = {
    Event.TRIAGE: "triage", Event.REACH: "attempt", Event.LISTEN: "listen", Event.PROMISE: "promise", Event.SETTLE: "settle",
}  # fmt: skip


# ---- the page -----------------------------------------------------------------------------------------------------


@bp.get("/recovery/<uuid:id>")
@admits(TEAM)
def case(id: UUID) -> ResponseReturnValue:
    """One case: its timeline, the next step, and everything that can be done. Who opens it is written down."""
    found, by = _case(id), current_user.id
    write(lambda: audit(READ, subject=str(id), user_id=by))
    return _page(found)


@bp.post("/recovery/<uuid:id>/<deed>")
@admits(TEAM)
def do(id: UUID, deed: str) -> ResponseReturnValue:
    """Do something with a case; what is missing, or what happened meanwhile, is said on the page with everything kept."""
    if deed not in DEEDS or current_user.role not in DEEDS[deed].who:
        raise NotFound(_("This cannot be done here."))
    found = _case(id)
    form = _form(deed, found, is_sent=True)
    if not form.validate():
        return _page(found, deed, form), 422
    try:
        doing = Doing(current_user.id, now(), _version(form))
        result = write(DEEDS[deed].act(found, form, doing))
    except Missing as missing:
        form.form_errors = list(missing.sentences)
        return _page(found, deed, form), 422
    except Changed as changed:
        return _changed(id, deed, form, changed), 409
    return _done(id, deed, result)


def _changed(id: UUID, deed: str, form: CaseForm, changed: Changed) -> str:
    """The page as it is now, with what happened meanwhile, and what was typed."""
    found = _case(id)
    meanwhile = queries.events_since(id, _version(form) or 0)
    form.form_errors, form.version.data = [str(changed)], str(found.version)
    return _page(found, deed, form, meanwhile=meanwhile)


def _done(id: UUID, deed: str, result: Any) -> ResponseReturnValue:
    code = (
        result[1]
        if isinstance(result, tuple) and isinstance(result[0], Offer)
        else result
        if deed == "approve"
        else None
    )
    if code:
        said = _("Tell them this code; it is shown only now: %(code)s", code=code)
    elif deed == "offer":
        said = _("A leader has to approve this offer first.")
    else:
        said = _("Noted.")
    flash(said, "good")
    return redirect(url_for("departures.case", id=id), 303)


def _version(form: CaseForm) -> int | None:
    said = form.version.data or ""
    return int(said) if said.isdecimal() and len(said) < 10 else -1


def _case(id: UUID) -> RecoveryCase:
    found = queries.case(id)
    if found is None:
        raise NotFound(_("There is no such case."))
    return found


def _form(deed: str, case: RecoveryCase, *, is_sent: bool = False) -> Any:
    """A form of the page: as it was sent, or with what is known already."""
    given: dict[str, Any] = {"prefix": f"{deed}-", "today": today(), "people": pages.staff_choices()}
    if not is_sent:
        given |= {"formdata": None, "data": _known(deed, case)}
    if deed == "offer":
        given |= {
            "offers": pages.offer_choices(queries.templates()),
            "currency": case.currency or organisation().currency,
        }
    if deed == "close":
        given |= {"ends": pages.end_choices(case.is_at, forms.ENDINGS)}
    return DEEDS[deed].form(**given)


def _known(deed: str, case: RecoveryCase) -> dict[str, Any]:
    coded = [one.code for one in case.departure.reasons if one.layer == "coded" and one.code]
    stated = [one.code for one in case.departure.reasons if one.layer == "stated" and one.code]
    seems = [*coded, *([case.code] if case.code else []), *stated]
    reasons = {
        "code": next(iter(seems), ""),
        "code_2": coded[1] if len(coded) > 1 else "",
        "code_3": coded[2] if len(coded) > 2 else "",
    }
    usual: dict[str, Any] = {
        "version": case.version, "owner": str(case.owner_id or current_user.id), "scope": case.scope or "",
        "went_to": case.went_to, "understood": "unknown", "layer": "coded", "due_on": forms.in_days(today(), 7),
        "expires_on": forms.in_days(today(), 30), "on": None,
    }  # fmt: skip
    return {**usual, **reasons} if deed not in ("propose", "close") else {**usual, "code": coded[0] if coded else ""}


def _page(
    case: RecoveryCase, deed: str = "", form: CaseForm | None = None, *, meanwhile: list[CaseEvent] | Any = ()
) -> str:
    answers = losses.comments_of([case.departure.response_id]) if _is_seen(case) and case.departure.response_id else {}
    seen = pages.case_page(case, [comment for some in answers.values() for comment in some])
    made = {name: form if name == deed and form is not None else _form(name, case) for name in SHOWN}
    nexts = STEP_OF.get(NEXT[case.is_at], "") if case.is_open else ""
    return render_template(
        "departures/case.html", seen=seen, case=case, forms=made, sent=deed, sent_form=form,
        next_words=NEXT_WORDS.get(case.is_at, "") if case.is_open else "", next_deed=nexts,
        meanwhile=[(pages.event_title(one), seen.who(one.by_id) if one.by_id else "", one.at) for one in meanwhile],
        state=STATES[State(case.state)], wait=case.wait(now()), worth=pages.worth_words(case),
        reason=pages.reason_words(case), scope=SCOPES[Scope(case.scope)] if case.scope else "", today=today(),
        layer_read=str(pages.LAYERS["suggested"]), money_words=money_words,
        moment_words=moment_words, is_leader=current_user.role in LEADERS, has_returned=case.is_open and queries.has_returned(case),
        has_errors=bool(form is not None and form.errors), zone=organisation().time_zone,
    )  # fmt: skip


def _is_seen(case: RecoveryCase) -> bool:
    """Whether the answer that the departure is known from may be seen with its name."""
    answer = case.departure.response
    return answer is not None and answer.set_aside is None and answer.person_id == case.person_id
