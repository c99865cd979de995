"""The public door of responses: a survey by its open link, or by somebody's own.

No session: what ties a POST to a page of ours is the signed form token in it. Reading never writes. A survey of several
pages stores what was typed between them as a draft, under the form id; a cookie that holds nothing but the form token then
lets a browser go back, reload and come again later on the same device. Without cookies the pages work all the same.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.customers.models import Person
from survey.foundation.clock import now, today
from survey.foundation.db import random_id, write
from survey.foundation.errors import Busy, NotFound, Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import speaking
from survey.foundation.limits import limiter
from survey.foundation.tokens import FORM_LASTS, Issued, digest
from survey.foundation.web import EVERYONE, admits, cookie, csrf, let_frame, see_other
from survey.invitations.actions import Participants, use_together
from survey.invitations.models import Invitation
from survey.invitations.queries import invitation_by_token, participation
from survey.organisation.queries import organisation
from survey.questionnaires.queries import survey_by_slug
from survey.questionnaires.rules import SurveyState, ended, state_of
from survey.questionnaires.rules.addresses import is_channel, test_purpose
from survey.questionnaires.rules.languages import best_language
from survey.questionnaires.rules.paths import Place, path
from survey.responses import pages, queries, robots, trying
from survey.responses.actions import forget_draft, hand_draft_over, keep_draft, submit
from survey.responses.models import ResponseDraft
from survey.responses.pages import PLAIN, Asked, Walk, Way, tokens
from survey.responses.robots import Sender
from survey.responses.rules import (
    ENDING,
    PERSONAL,
    TEST,
    Draft,
    Opening,
    Privacy,
    Receipt,
    Submission,
    Voice,
    about_person,
    channel_called,
    day_words,
    ending_mark,
    fewest,
    is_their_own,
    opens_words,
    promise_name,
    sees_single_answers,
    voice_of,
)

bp = Blueprint("responses_public", __name__)

RETRY_SECONDS = "5"
READ_BEFORE = timedelta(hours=1)
NEXT, BACK, LATER, ANEW, MORE_TIME = "next", "back", "later", "anew", "time"
STAY, THANKS_SECONDS, LONGER_SECONDS = "stay", 30, 300  # how long a kiosk thanks somebody
WHO = "form.who"
COOKIE = "hearback-form"
ENDING_LASTS = timedelta(minutes=10)
TEST_LASTS = timedelta(days=7)


@bp.get("/s/<slug>")
@admits(EVERYONE)
def survey(slug: str) -> ResponseReturnValue:
    """Show a survey to whoever has its link."""
    draft = _draft_tried(slug)
    if draft is not None:
        with speaking(draft.language):
            return trying.show(draft)
    found = _published(slug)
    is_test = _is_test(found)
    if STAY in request.args and _way().is_kiosk:
        return let_frame(_kiosk_thanks(_asked(found, ANYBODY), LONGER_SECONDS), found.embed_origins)
    return let_frame((None if is_test else _shut(found)) or _show(found, ANYBODY), found.embed_origins)


@bp.post("/s/<slug>")
@admits(EVERYONE)
@csrf.exempt  # type: ignore[untyped-decorator]
def send(slug: str) -> ResponseReturnValue:
    """Take the answers of whoever has the link."""
    draft = _draft_tried(slug)
    if draft is not None:
        with speaking(draft.language):
            return trying.take(draft)
    found = _published(slug)
    is_test = _is_test(found)
    return let_frame((None if is_test else _shut(found)) or _take(found, ANYBODY), found.embed_origins)


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
        token = tokens().issue(held.asked.purpose, seed=held.seed, at=now() - READ_BEFORE)
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
        on = used.used_on if used else sent.on if sent and invitation.survey.privacy != Privacy.ANONYMOUS else None
        return _answered(on, sent)
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
        device, form_id = tokens().issue(asked.purpose, seed=whose.seed), tokens().own_form_id(token)
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
    seed: UUID | None = None
    form_id: UUID | None = None
    invitation_id: UUID | None = None
    person_id: UUID | None = None
    voice: Voice = Voice.UNVERIFIED
    segments: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)


ANYBODY = Whose()


class TestOver(Refused):
    """A link for trying a survey out that is too old, or not ours."""

    status = 410


def _is_test(found: Opening) -> bool:
    """Whether somebody came by a link for trying out; raises TestOver where it is none any more: nobody then means to be counted."""
    if not request.query_string or TEST not in request.args:
        return False
    _check_test(found.survey_id)
    return True


def _draft_tried(slug: str) -> Asked | None:
    """What a link for trying out shows of a survey that was never published: its draft, of which nothing can be stored."""
    if not request.query_string or TEST not in request.args or queries.opening(slug) is not None:
        return None
    survey = survey_by_slug(slug)
    if survey is None:
        return None
    _check_test(survey.id)
    return trying.asked_of_draft(survey, _way())


def _check_test(survey_id: UUID) -> None:
    if tokens().read(request.args[TEST], test_purpose(survey_id), lasts=TEST_LASTS) is None:
        raise TestOver(_("This link for trying out is too old. Take a new one from the page of the survey."))


def _whose(invitation: Invitation, token: str) -> Whose:
    person: Person = invitation.person
    if invitation.survey.privacy == Privacy.ANONYMOUS:
        # Nothing of the person belongs on that page, or with the answers.
        seed, form_id = tokens().own_seed(token), tokens().own_form_id(token)
        return Whose(link=token, seed=seed, form_id=form_id, invitation_id=invitation.id, language=person.language)
    stay = person.lifetimes[-1] if person.lifetimes else None
    tier = {"tier": stay.tier} if stay and stay.tier else {}
    return Whose(
        link=token,
        seed=tokens().own_seed(token),
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
    language = _wanted_language(written.languages, whose) if len(written.languages) > 1 else written.language
    return Asked(found, written, language, whose.invitation_id, about=whose.about, way=PLAIN if whose.link else _way())


def _wanted_language(offered: Sequence[str], whose: Whose) -> str:
    wanted = [request.args.get("lang", ""), whose.language or "", *request.accept_languages.values()]
    return best_language(offered, wanted)


def _way() -> Way:
    """What the address of an open link says besides what is asked."""
    via = request.args.get("via", "")
    if not request.query_string:
        return PLAIN
    return Way(via if is_channel(via) else "", is_kiosk="kiosk" in request.args, test=request.args.get(TEST, ""))


# ---- what this device has begun -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """A form that this device holds a token of: what it asks, in the version that it was begun in."""

    asked: Asked
    token: str
    seed: UUID
    form_id: UUID


def _read(found: Opening, whose: Whose, mark: str, *, mode: str = "") -> Held | None:
    """Return the form that a mark stands for (the number of its version, a dot, its token); None where it is not ours."""
    number, _dot, token = mark.partition(".")
    asked = _asked(pages.sent_version(found, number), whose)
    issued = tokens().read(token, f"{mode}{asked.purpose}")
    return Held(asked, token, issued.seed, issued.form_id) if issued else None


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
        return pages.fresh(asked, seed=whose.seed)
    token = tokens().issue(asked.purpose, seed=whose.seed)
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
        if held is None or (whose.link and not _is_of(draft, held.token)):
            return _ask_whose(asked, whose.link)
        token = held.token
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
            fresh = tokens().issue(asked.purpose, seed=whose.seed)
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
        """Under which its answers are kept."""
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
    return _forgetting(
        _thank(visit, Receipt(first.id, False, first.submitted_on, visit.form_id, is_same), first.answers)
    )


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
    if go == LATER and visit.asked.has_pages and not visit.asked.is_test:
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
    """Store the answers of somebody who has come to the end, unless too many come from their network just now.

    Whose device did not do the task that was set waits for a while instead, and is one of fewer.
    """
    is_trusted = not visit.asked.asks_proof or robots.is_proven(visit.form_id)
    wait = 0 if is_trusted else robots.seconds_until_trusted(visit.issued.at, now())
    if wait:
        return pages.again(visit.walked, visit.place, token=visit.token, notice=pages.unproven_words(wait)), 422
    who = robots.sender(visit.walked, robots.ANSWERS if is_trusted else robots.UNPROVEN)
    if not who.may_send():
        wait = who.seconds_to_wait()
        page = pages.again(visit.walked, visit.place, token=visit.token, notice=pages.crowded_words(wait))
        return page, 429, {"Retry-After": str(wait)}
    submission, receipt = _submission(visit, who), None
    try:
        receipt = _store(submission)
    finally:
        who.settle(is_stored=receipt is not None and receipt.is_first)
    return _forgetting(_thank(visit, receipt, submission.answers))


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
    mark = _mark(visit.asked, tokens().issue(f"{LATER}{visit.asked.purpose}", seed=visit.issued.seed))
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
    if asked.is_test:
        return TEST
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
        doubts=() if visit.asked.is_test else robots.doubts(walked, who, shown_at=visit.issued.at, now=now()),
        set_aside=TEST if visit.asked.is_test else None,
        response_limit=None if visit.asked.is_test else found.response_limit,
    )


def _store(submission: Submission) -> Receipt:
    receipt = write(lambda: submit(submission), together=True)
    if submission.is_anonymous and submission.invitation_id and receipt.is_first:
        _note_participant(submission.survey_id, submission.invitation_id)
    return receipt


def _note_participant(survey_id: UUID, invitation_id: UUID) -> None:
    """Note that somebody has answered, apart from the answer and together with others; the answer is kept in any case."""
    waiting: Participants = current_app.extensions["hearback.participants"]
    together = waiting.add(survey_id, invitation_id, minimum=fewest(organisation().minimum_scores))
    if not together:
        return
    try:
        write(lambda: use_together(survey_id, together))
    except Busy:
        waiting.put_back(survey_id, together)


def _thank(visit: Visit, receipt: Receipt, answers: Mapping[str, Any]) -> ResponseReturnValue:
    """Go to the thank-you page; it says so where another answer was kept than the one just sent."""
    found = visit.asked.opening
    if receipt.form_id is None:
        return _answered(receipt.on if found.privacy != Privacy.ANONYMOUS else None)
    if visit.asked.way.is_kiosk:
        return _kiosk_thanks(visit.asked, THANKS_SECONDS, answers)
    if found.privacy != Privacy.ANONYMOUS:
        return see_other(_thanks_address(visit, receipt, receipt.form_id))
    # Addresses stand in logs, beside the moment and the place they were asked from: this one leads to no answer.
    return _remembering_ending(see_other(_thanks_address(visit, receipt, random_id())), visit, answers)


def _thanks_address(visit: Visit, receipt: Receipt, number: UUID) -> str:
    slug = visit.asked.opening.slug
    return url_for("home_public.thanks", slug=slug, receipt=number, kept=_what_was_kept(visit, receipt))


def _what_was_kept(visit: Visit, receipt: Receipt) -> str | None:
    """Which answer was kept instead of this copy. Where nobody may see single answers a link, which can be handed on or kept by
    whoever made it, does not tell whether a guess is right."""
    if receipt.is_first or (receipt.is_same and not _keeps_quiet(visit)):
        return None
    return "link" if _keeps_quiet(visit) else "first"


def _keeps_quiet(visit: Visit) -> bool:
    return bool(visit.whose.link) and not sees_single_answers(visit.asked.opening.privacy)


def _remembering_ending(response: Response, visit: Visit, answers: Mapping[str, Any]) -> Response:
    """Let the device know for a moment how its user is thanked, where not everybody is thanked alike."""
    asked = visit.asked
    if not asked.questionnaire.endings and len(asked.written.languages) == 1:
        return response
    ending = path(asked.questionnaire, answers).ending
    number = asked.questionnaire.endings.index(ending) if ending else None
    response.set_cookie(
        ENDING,
        ending_mark(asked.opening.number, asked.language, number),
        path=url_for("responses_public.survey", slug=asked.opening.slug) + "/thanks",
        max_age=ENDING_LASTS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _kiosk_thanks(asked: Asked, seconds: int, answers: Mapping[str, Any] | None = None) -> ResponseReturnValue:
    """Thank somebody at a kiosk: at no address of its own, so that nothing leads the next person back to this answer."""
    ending = path(asked.questionnaire, answers).ending if answers is not None else None
    usual = asked.questionnaire.thanks if answers is not None else ""
    anew = f"{request.path}?{asked.query()}"
    with speaking(asked.language):
        page = render_template("responses/kiosk.html", asked=asked, words=ending.words if ending else usual, anew=anew,
                               seconds=seconds, stay=f"{request.path}?{asked.query(stay='1')}",
                               is_longer=seconds == LONGER_SECONDS, page_lang=asked.language)  # fmt: skip
    return page, 200, {"Refresh": f"{seconds}; url={anew}"}
