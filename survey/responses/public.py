"""The public door of responses: a survey by its open link, or by somebody's own.

No session: what ties a POST to a page of ours is the signed form token in it. Reading never writes. A survey of several
pages stores what was typed between them as a draft, under the form id; a cookie that holds nothing but the form token then
lets a browser go back, reload and come again later on the same device. Without cookies the pages work all the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.customers.models import Person
from survey.foundation.clock import now, today
from survey.foundation.db import write
from survey.foundation.errors import Busy, NotFound
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking
from survey.foundation.limits import limiter
from survey.foundation.tokens import FORM_LASTS, Issued, digest
from survey.foundation.web import EVERYONE, admits, cookie, csrf, let_frame, see_other
from survey.invitations.actions import Participants, use_together
from survey.invitations.models import Invitation
from survey.invitations.queries import invitation_by_token, participation
from survey.organisation.queries import organisation
from survey.questionnaires.rules import SurveyState, ended, state_of
from survey.questionnaires.rules.addresses import is_channel
from survey.questionnaires.rules.languages import best_language
from survey.questionnaires.rules.paths import Place
from survey.responses import pages, queries, robots
from survey.responses.actions import forget_draft, hand_draft_over, keep_draft, submit
from survey.responses.models import ResponseDraft
from survey.responses.pages import PLAIN, Asked, Walk, Way, tokens
from survey.responses.robots import Sender
from survey.responses.rules import (
    PERSONAL,
    Draft,
    Opening,
    Privacy,
    Receipt,
    Submission,
    Voice,
    about_person,
    channel_called,
    day_words,
    is_their_own,
    opens_words,
    promise_name,
    voice_of,
)

bp = Blueprint("responses_public", __name__)

RETRY_SECONDS = "5"
READ_BEFORE = timedelta(hours=1)
NEXT, BACK, LATER, ANEW, MORE_TIME = "next", "back", "later", "anew", "time"
STAY, THANKS_SECONDS, LONGER_SECONDS = "stay", 30, 300  # how long a kiosk thanks somebody
WHO = "form.who"
COOKIE = "hearback-form"


@bp.get("/s/<slug>")
@admits(EVERYONE)
def survey(slug: str) -> ResponseReturnValue:
    """Show a survey to whoever has its link."""
    found = _published(slug)
    if STAY in request.args and _way().is_kiosk:
        return let_frame(_kiosk_thanks(_asked(found, ANYBODY), LONGER_SECONDS), found.embed_origins)
    return let_frame(_shut(found) or _show(found, ANYBODY), found.embed_origins)


@bp.post("/s/<slug>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]
def send(slug: str) -> ResponseReturnValue:
    """Take the answers of whoever has the link."""
    found = _published(slug)
    return let_frame(_shut(found) or _take(found, ANYBODY), found.embed_origins)


@bp.get("/s/<slug>/later/<mark>")
@admits(EVERYONE)
def resume(slug: str, mark: str) -> ResponseReturnValue:
    """Go on with what was left for later, on whatever device this link is opened."""
    found = _published(slug)
    if shut := _shut(found):
        return shut
    held = _read(found, ANYBODY, mark, mode=LATER)
    draft = queries.draft(held.form_id) if held else None
    if held is None or draft is None:
        return render_template("responses/gone.html", slug=slug), 410
    with speaking(held.asked.language):
        walked = pages.walk(held.asked, draft.typed)
        # What was begun has been read before: whoever goes on may be quick.
        token = tokens().issue(held.asked.purpose, held.form_id, at=now() - READ_BEFORE)
        page = pages.page(walked, _wanted_place(walked), token=token)
        home = url_for("responses_public.survey", slug=slug)
        return let_frame(_remembering(page, held.asked, ANYBODY, token, path=home), found.embed_origins)


@bp.get("/r/<token>")
@admits(EVERYONE)
def personal(token: str) -> ResponseReturnValue:
    """Show a survey to the person whose link this is; once it was used, say that the answer is in."""
    invitation = _invitation(token)
    used, sent = participation(invitation.id), queries.receipt(tokens().own_form_id(token))
    if used is not None or sent is not None:
        return _answered(used.used_on if used else sent.on if sent else None, sent)
    found = _published(invitation.survey.slug)
    return _shut(found, invitation) or _show(found, _whose(invitation, token))


@bp.post("/r/<token>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]
def send_personal(token: str) -> ResponseReturnValue:
    """Take the answers of the person whose link this is."""
    invitation = _invitation(token)
    found = _published(invitation.survey.slug)
    return _shut(found, invitation) or _take(found, _whose(invitation, token))


@bp.post("/r/<token>/whose")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]  # no session here: the link's own secret and what is typed take its place
@limiter.limit("20 per hour")
def prove(token: str) -> ResponseReturnValue:
    """Let another device go on with a personal link, for somebody who knows whose it is."""
    invitation = _invitation(token)
    whose, draft = _whose(invitation, token), queries.draft(tokens().own_form_id(token))
    found = _published(invitation.survey.slug)
    asked = _asked(_pinned(found, draft) if draft else found, whose)
    with speaking(asked.language):
        if not is_their_own(request.form.get(WHO, ""), invitation.person.email, invitation.person.external_id):
            return _ask_whose(asked, token, is_wrong=True), 422
        device, form_id = tokens().issue(asked.purpose, whose.form_id), tokens().own_form_id(token)
        write(lambda: hand_draft_over(form_id, device=digest(device)))
        home = url_for("responses_public.personal", token=token)
        page = "".join(draft.typed.get(pages.PAGE, ())) if draft else ""
        answer = redirect(f"{home}?{urlencode({pages.PAGE: page or 1})}", 303)
        return _remembering(answer, asked, whose, device, path=home)


# ---- find -----------------------------------------------------------------------------------------------------------


def _published(slug: str) -> Opening:
    found = queries.opening(slug)
    if found is None:
        raise NotFound(_("There is no survey at this address. It may be mistyped, or the survey was taken away."))
    return found


def _invitation(token: str) -> Invitation:
    invitation = invitation_by_token(token)
    if invitation is None:
        raise NotFound(_("There is no survey at this address. It may be mistyped, or the survey was taken away."))
    return invitation


def _shut(found: Opening, invitation: Invitation | None = None) -> ResponseReturnValue | None:
    """Return the page that says why a survey takes no answers now; None where it does."""
    answers = queries.count_of(found.survey_id) if found.response_limit else 0
    state = state_of(found, is_published=True, now=now(), answers=answers)
    if state != SurveyState.OPEN:
        return _closed(found, answers)
    is_over = invitation is not None and invitation.expires_at is not None and invitation.expires_at < now()
    return _closed(found) if is_over else None


def _closed(found: Opening, answers: int = 0) -> ResponseReturnValue:
    """Say that no answers are taken: not yet, or why no more."""
    asked = _asked(found, ANYBODY)
    with speaking(asked.language):
        why = None if found.archived_at else ended(found, now=now(), answers=answers)
        opens = opens_words(found) if state_of(found, is_published=True, now=now()) == SurveyState.SCHEDULED else ""
        page = render_template("responses/closed.html", found=found, why=why, opens=opens)
    return page, 200 if opens and request.method == "GET" else 410


def _answered(on: date | None, sent: Receipt | None = None) -> ResponseReturnValue:
    """Say that a personal link was used, and whether the answer was taken back since; shows no answer, as links are handed on."""
    was_taken_back = sent is not None and sent.is_withdrawn
    return render_template("responses/answered.html", day=day_words(on) if on else "", was_taken_back=was_taken_back)


@dataclass(frozen=True)
class Whose:
    """What is known of the person who answers; nothing on an open link."""

    link: str = ""
    form_id: UUID | None = None
    invitation_id: UUID | None = None
    person_id: UUID | None = None
    voice: Voice = Voice.UNVERIFIED
    segments: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)


ANYBODY = Whose()


def _whose(invitation: Invitation, token: str) -> Whose:
    person: Person = invitation.person
    stay = person.lifetimes[-1] if person.lifetimes else None
    tier = {"tier": stay.tier} if stay and stay.tier else {}
    return Whose(
        link=token,
        form_id=tokens().own_form_id(token),
        invitation_id=invitation.id,
        person_id=person.id,
        voice=voice_of(is_customer=stay is None or stay.ended_on is None),
        segments=person.segments | tier,
        language=person.language,
        about=about_person(
            person.name, person.segments, plan=stay.plan if stay else None, tier=stay.tier if stay else None
        ),
    )


def _asked(found: Opening, whose: Whose) -> Asked:
    """What is asked, in the language that the link, the person or the browser wants."""
    written = pages.written_in(found)
    wanted = [request.args.get("lang", ""), whose.language or "", *request.accept_languages.values()]
    language = best_language(written.languages, wanted) if len(written.languages) > 1 else written.language
    return Asked(found, written, language, whose.invitation_id, about=whose.about, way=PLAIN if whose.link else _way())


def _way() -> Way:
    """What the address of an open link says besides what is asked."""
    via = request.args.get("via", "")
    return Way(via if is_channel(via) else "", is_kiosk="kiosk" in request.args) if request.query_string else PLAIN


# ---- what this device has begun -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """A form that this device holds a token of: what it asks, in the version that it was begun in."""

    asked: Asked
    token: str
    form_id: UUID


def _read(found: Opening, whose: Whose, mark: str, *, mode: str = "") -> Held | None:
    """Return the form that a mark stands for (the number of its version, a dot, its token); None where it is not ours."""
    number, _dot, token = mark.partition(".")
    asked = _asked(pages.sent_version(found, number), whose)
    issued = tokens().read(token, f"{mode}{asked.purpose}")
    return Held(asked, token, issued.form_id) if issued else None


def _mark(asked: Asked, token: str) -> str:
    return f"{asked.opening.number}.{token}"


def _pinned(found: Opening, draft: ResponseDraft) -> Opening:
    """The survey in the version that a draft was begun in."""
    return queries.in_version(found, draft.version_id)


def _remembering(answer: ResponseReturnValue, asked: Asked, whose: Whose, token: str, *, path: str = "") -> Response:
    """Let this device find its half-filled form again: on its own link for as long as a form lasts, else while the browser is open.

    Not on a kiosk: the next person is somebody else.
    """
    response = make_response(answer)
    if asked.way.is_kiosk:
        return response
    response.set_cookie(
        COOKIE,
        _mark(asked, token),
        path=path or request.path,
        max_age=FORM_LASTS if whose.link else None,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _forgetting(answer: ResponseReturnValue) -> Response:
    response = make_response(answer)
    if cookie(COOKIE):
        response.delete_cookie(COOKIE, path=request.path)
    return response


# ---- show -----------------------------------------------------------------------------------------------------------


def _show(found: Opening, whose: Whose) -> ResponseReturnValue:
    held = _read(found, whose, cookie(COOKIE)) if cookie(COOKIE) and not _way().is_kiosk else None
    form_id = held.form_id if held else whose.form_id
    draft = queries.draft(form_id) if form_id else None
    if draft is not None:
        return _show_begun(found, whose, draft, held)
    asked = _asked(found, whose)
    with speaking(asked.language):
        return _show_first(asked, whose)


def _show_first(asked: Asked, whose: Whose) -> ResponseReturnValue:
    """Show the first page to somebody who has not begun; what the address ticks beforehand is not stored by that."""
    prefilled = _prefilled(asked)
    if not (prefilled or asked.has_pages):
        return pages.fresh(asked, form_id=whose.form_id)
    token = tokens().issue(asked.purpose, whose.form_id)
    walked = pages.walk(asked, prefilled)
    page = pages.page(walked, walked.places[0], token=token)
    return _remembering(page, asked, whose, token) if asked.has_pages else page


def _prefilled(asked: Asked) -> dict[str, list[str]]:
    wanted = {name: request.args.getlist(name) for name in request.args if asked.questionnaire.question(name)}
    form = asked.form(wanted) if wanted else None
    return {name: wanted[name] for name in form.answers()} if form else {}


def _show_begun(found: Opening, whose: Whose, draft: ResponseDraft, held: Held | None) -> ResponseReturnValue:
    """Show the page that the address names, else the first, with what was typed; on a personal link to its device alone."""
    asked = _asked(_pinned(found, draft), whose)
    with speaking(asked.language):
        if whose.link and not (held and _is_of(draft, held.token)):
            return _ask_whose(asked, whose.link)
        token = held.token if held else tokens().issue(asked.purpose, draft.form_id)
        walked = pages.walk(asked, draft.typed)
        if pages.PAGE in request.args:
            return pages.page(walked, _wanted_place(walked), token=token)
        return pages.page(walked, walked.places[0], token=token, left_at=_address_of(_wanted_place(walked)))


def _is_of(draft: ResponseDraft, token: str) -> bool:
    """Whether a draft was typed on the device that holds this token."""
    return draft.device is not None and draft.device == digest(token)


def _wanted_place(walked: Walk) -> Place:
    """The page that the address names, else the one that was shown last; but none behind a page that is not finished."""
    first_open = walked.unfinished()
    left_at = "".join(walked.typed.get(pages.PAGE, ()))
    place = walked.at(pages.page_number(request.args.get(pages.PAGE, left_at)) or 0)
    return first_open if first_open and first_open.number < place.number else place


def _ask_whose(asked: Asked, link: str, *, is_wrong: bool = False) -> str:
    return render_template(
        "responses/whose.html",
        link=link,
        owner=asked.opening.owner,
        typed=request.form.get(WHO, ""),
        is_wrong=is_wrong,
        has_errors=is_wrong,
    )


# ---- take -----------------------------------------------------------------------------------------------------------


def _take(found: Opening, whose: Whose) -> ResponseReturnValue:
    """Take what was sent: go on to the next page, or store the whole; nothing typed is ever lost."""
    asked = _asked(pages.sent_version(found, request.form.get(pages.VERSION, "")), whose)
    token = request.form.get(pages.TOKEN, "")
    with speaking(asked.language):
        issued = tokens().read(token, asked.purpose)
        draft = queries.draft(issued.form_id) if issued and asked.has_pages else None
        if draft is not None and whose.link and not _is_of(draft, token):
            return _ask_whose(asked, whose.link), 409
        walked, place = _typed(asked, draft)
        if issued is None:
            fresh = tokens().issue(asked.purpose, whose.form_id)
            return pages.again(walked, place, token=fresh, notice=pages.stale_words()), 422
        visit = Visit(walked, place, token, issued, whose, had_draft=draft is not None)
        try:
            return (_sent_before(visit) if asked.has_pages and draft is None else None) or _step(visit)
        except Busy:
            return (
                pages.again(walked, place, token=token, notice=pages.busy_words()),
                503,
                {"Retry-After": RETRY_SECONDS},
            )


def _typed(asked: Asked, draft: ResponseDraft | None) -> tuple[Walk, Place]:
    """How far somebody is with what they sent, and the page that they sent."""
    before = draft.typed if draft else {}
    place = pages.walk(asked, before).at(pages.page_number(request.form.get(pages.PAGE, "")) or 0)
    return pages.walk(asked, pages.typed_on(place, request.form, before)), place


@dataclass(frozen=True)
class Visit:
    """One page that was sent: how far its sender is, which page, with which token and what that says, whose."""

    walked: Walk
    place: Place
    token: str
    issued: Issued
    whose: Whose
    had_draft: bool

    @property
    def form_id(self) -> UUID:
        """The id of the form."""
        return self.issued.form_id

    @property
    def asked(self) -> Asked:
        """What was asked."""
        return self.walked.asked


def _sent_before(visit: Visit) -> ResponseReturnValue | None:
    """Thank somebody again whose form is sent already, wherever on its way the page is that came once more."""
    first = queries.kept(visit.form_id)
    if first is None:
        return None
    page = visit.walked.form.answers([question.key for question in visit.place.questions])
    is_same = all(first.answers.get(key) == answer for key, answer in json.loads(json.dumps(page)).items())
    return _forgetting(_thank(visit.asked, Receipt(first.id, False, first.submitted_on, visit.form_id, is_same)))


def _step(visit: Visit) -> ResponseReturnValue:
    """Do what the button says that was pressed."""
    go = request.form.get(pages.GO, NEXT)
    if go == ANEW:
        write(lambda: forget_draft(visit.form_id))
        return _forgetting(redirect(request.full_path.rstrip("?"), 303))
    if go == MORE_TIME:
        return pages.page(visit.walked, visit.place, token=visit.token)
    if go == BACK:
        return _show_other(visit, visit.walked.before(visit.place))
    if go == LATER and visit.asked.has_pages:
        return _keep_for_later(visit)
    return _go_on(visit)


def _go_on(visit: Visit) -> ResponseReturnValue:
    """Go to the next page where all is well on this one; behind the last one store the answers."""
    walked, place = visit.walked, visit.place
    if not walked.form.is_fine(place.questions):
        return pages.again(walked, place, token=visit.token), 422
    after = walked.after(place)
    if after is not None:
        return _show_other(visit, after)
    still_open = walked.unfinished() if visit.asked.has_pages else None
    if still_open is not None:
        return pages.again(walked, still_open, token=visit.token), 422
    if walked.is_blank:
        return pages.again(walked, place, token=visit.token, notice=pages.empty_words()), 422
    return _finish(visit)


def _finish(visit: Visit) -> ResponseReturnValue:
    """Store the answers of somebody who has come to the end, unless too many come from their network just now."""
    who = robots.sender(visit.asked)
    if not who.may_send():
        wait = who.seconds_to_wait()
        page = pages.again(visit.walked, visit.place, token=visit.token, notice=pages.crowded_words(wait))
        return page, 429, {"Retry-After": str(wait)}
    submission, receipt = _submission(visit, who), None
    try:
        receipt = _store(submission)
    finally:
        who.settle(submission.answers, is_stored=receipt is not None and receipt.is_first)
    return _forgetting(_thank(visit.asked, receipt))


def _show_other(visit: Visit, place: Place) -> ResponseReturnValue:
    """Keep what was typed and show another page: by its address, where a cookie lets us find the draft again."""
    draft = _draft(visit, place)
    write(lambda: keep_draft(draft))
    if cookie(COOKIE) == _mark(visit.asked, visit.token) and not visit.asked.way.is_kiosk:
        return redirect(_address_of(place), 303)
    page = pages.page(visit.walked, place, token=visit.token)
    return _remembering(page, visit.asked, visit.whose, visit.token)


def _address_of(place: Place) -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != pages.PAGE]
    return f"{request.path}?{urlencode([*kept, (pages.PAGE, place.number + 1)])}"


def _keep_for_later(visit: Visit) -> ResponseReturnValue:
    draft = _draft(visit, visit.place)
    write(lambda: keep_draft(draft))
    mark = _mark(visit.asked, tokens().issue(f"{LATER}{visit.asked.purpose}", visit.form_id))
    slug, link = visit.asked.opening.slug, visit.whose.link
    address = (
        url_for("responses_public.personal", token=link) if link
        else url_for("responses_public.resume", slug=slug, mark=mark)
    )  # fmt: skip
    base = current_app.extensions["hearback.config"].base_url
    page = render_template("responses/later.html", link=f"{base}{address}", address=address, is_own=bool(link),
                           until=day_words(draft.on + FORM_LASTS))  # fmt: skip
    return _remembering(page, visit.asked, visit.whose, visit.token)


def _draft(visit: Visit, shown: Place) -> Draft:
    """What was typed so far, and which page is shown next."""
    found, walked = visit.asked.opening, visit.walked
    return Draft(
        form_id=visit.form_id,
        survey_id=found.survey_id,
        version_id=found.version_id,
        privacy=found.privacy,
        typed={**walked.typed, pages.PAGE: [str(shown.number + 1)]},
        asked=walked.asked_count,
        answered=walked.answered_count,
        on=today(found.time_zone),
        at=now(),
        channel=_channel(visit.asked),
        language=visit.asked.language,
        invitation_id=visit.whose.invitation_id,
        device=digest(visit.token),
    )


def _channel(asked: Asked) -> str:
    """On which way an answer came; nothing but the kind of link where nobody may tell who answered."""
    if asked.is_personal:
        return PERSONAL
    return channel_called(asked.way.via if asked.opening.privacy != Privacy.ANONYMOUS else "")


def _submission(visit: Visit, who: Sender) -> Submission:
    found, whose, walked = visit.asked.opening, visit.whose, visit.walked
    return Submission(
        survey_id=found.survey_id,
        version_id=found.version_id,
        purpose=found.purpose,
        privacy=found.privacy,
        form_id=visit.form_id,
        questions=visit.asked.questionnaire.questions,
        answers=walked.way.answers,
        on=today(found.time_zone),
        at=now(),
        channel=_channel(visit.asked),
        voice=whose.voice,
        language=visit.asked.language,
        person_id=whose.person_id,
        segments=whose.segments,
        invitation_id=whose.invitation_id,
        contact=walked.form.contact(walked.way.keys),
        had_draft=visit.had_draft,
        promise=promise_name(found.privacy, is_personal=visit.asked.is_personal),
        doubts=robots.doubts(walked, who, shown_at=visit.issued.at, now=now()),
        response_limit=found.response_limit,
    )


def _store(submission: Submission) -> Receipt:
    receipt = write(lambda: submit(submission), together=True)
    if submission.is_anonymous and submission.invitation_id and receipt.is_first:
        _note_participant(submission.survey_id, submission.invitation_id)
    return receipt


def _note_participant(survey_id: UUID, invitation_id: UUID) -> None:
    """Note that somebody has answered, apart from the answer and together with others."""
    waiting: Participants = current_app.extensions["hearback.participants"]
    together = waiting.add(survey_id, invitation_id, minimum=organisation().minimum_scores)
    if together:
        write(lambda: use_together(together))


def _thank(asked: Asked, receipt: Receipt) -> ResponseReturnValue:
    """Go to the thank-you page; it says so where another answer was kept than the one just sent."""
    if receipt.form_id is None:
        return _answered(receipt.on)
    if asked.way.is_kiosk:
        return _kiosk_thanks(asked, THANKS_SECONDS, receipt.form_id)
    kept = None if receipt.is_same else "first"
    return see_other(url_for("home_public.thanks", slug=asked.opening.slug, receipt=receipt.form_id, kept=kept))


def _kiosk_thanks(asked: Asked, seconds: int, form_id: UUID | None = None) -> ResponseReturnValue:
    """Thank somebody at a kiosk: at no address of its own, so that nothing leads the next person back to this answer."""
    found = asked.opening
    thanks = queries.thanks_of(found.survey_id, form_id) if form_id else None
    anew = f"{request.path}?{asked.query()}"
    with speaking(asked.language):
        page = render_template("responses/kiosk.html", asked=asked, words=thanks.words if thanks else "", anew=anew,
                               seconds=seconds, stay=f"{request.path}?{asked.query(stay='1')}",
                               is_longer=seconds == LONGER_SECONDS, page_lang=asked.language)  # fmt: skip
    return page, 200, {"Refresh": f"{seconds}; url={anew}"}
