"""The respond page: drawn once for each version and language, then only the form token is put in.

Drawing a page costs more than everything else that a visit does. What is drawn is therefore kept in memory, with a hole
where the token goes; a page that shows errors or what was typed is drawn anew. Options that are offered in an order of
their own for each visitor come in a few orders, chosen by the form id, so that one visitor always sees the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import current_app, render_template
from werkzeug.datastructures import MultiDict

from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.foundation.proofs import Proofs
from survey.foundation.tokens import FormTokens
from survey.organisation.rules import LANGUAGES
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.fields import QuestionField, QuestionForm, form_for
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules import Questionnaire
from survey.questionnaires.rules.effort import effort_words, seconds_of
from survey.questionnaires.rules.languages import in_language
from survey.questionnaires.rules.paths import Page, Path, Place, pages, path, places
from survey.questionnaires.rules.piping import filled, filled_question, has_pipes
from survey.responses.queries import asked_in, version_id
from survey.responses.rules import Opening, kept_words, spoken

ORDERS = 8
SHORTEST_IDLE, IDLE_SHARE = 300, 3  # seconds; so many times as long as answering takes
SHEETS_LIMIT = 512
HOLE = "\x00"  # where the form token goes, and behind it the task; nobody's words hold it
TOKEN, VERSION = "form.token", "form.version"  # noqa: S105 - names of inputs; no question key holds a dot
PAGE, GO = "form.page", "form.go"
SCRIPT_FROM = 7  # so many questions, or several pages, are worth a script that keeps what is typed on the device

Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class Prepared:
    """A version in one language with everything that every visit needs of it."""

    questionnaire: Questionnaire

    @cached_property
    def cut(self) -> tuple[Page, ...]:
        """All its questions, cut into pages."""
        return pages(self.questionnaire)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The pages of whoever has answered nothing yet."""
        return places(self.questionnaire, {}, self.cut)

    @cached_property
    def form_class(self) -> type[QuestionForm]:
        """The form of all its questions."""
        return form_for(self.questionnaire)

    @cached_property
    def is_same_for_all(self) -> bool:
        """Whether every visitor sees the same first page."""
        return not (has_pipes(self.questionnaire) or "{" in self.questionnaire.title + self.questionnaire.intro)


@lru_cache(maxsize=SHEETS_LIMIT)
def _prepared(version_id: UUID, language: str) -> Prepared:
    """A version in one language; kept in memory, as versions never change."""
    return Prepared(in_language(asked_in(version_id), language))


@dataclass(frozen=True)
class Way:
    """What of an open link's address goes along from page to page: how it is called, whether a kiosk shows it, and what lets the
    team try it out without being counted."""

    via: str = ""
    is_kiosk: bool = False
    test: str = ""

    @property
    def named(self) -> dict[str, str]:
        """The same as parts of an address."""
        found = {"kiosk": "1" if self.is_kiosk else "", "via": self.via, "test": self.test}
        return {name: value for name, value in found.items() if value}


PLAIN = Way()


@dataclass(frozen=True)
class Asked:
    """What is asked, in which language and mode: by the open link, by a personal link, as a test, or as a preview.

    `about` is what is known of the person whose link it is, by the names of `rules.piping`.
    """

    opening: Opening
    written: Questionnaire
    language: str
    invitation_id: UUID | None = None
    is_preview: bool = False
    about: Mapping[str, str] = field(default_factory=dict, compare=False)
    way: Way = PLAIN

    @cached_property
    def prepared(self) -> Prepared:
        """What is asked, in the language of the page; of a draft it is made anew."""
        if self.is_preview:
            return Prepared(in_language(self.written, self.language))
        return _prepared(self.opening.version_id, self.language)

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked, in the language of the page."""
        return self.prepared.questionnaire

    @property
    def is_personal(self) -> bool:
        """Whether it is somebody's own link."""
        return self.invitation_id is not None

    @property
    def is_test(self) -> bool:
        """Whether the team tries it out: what is answered counts nowhere."""
        return bool(self.way.test)

    @property
    def purpose(self) -> str:
        """What a form token of this page is good for: this survey, this version, this mode or personal link."""
        open_mode = "test" if self.is_test else "open"
        mode = "preview" if self.is_preview else self.invitation_id.hex if self.invitation_id else open_mode
        return f"{mode}/{self.opening.survey_id.hex}/{self.opening.number}"

    @property
    def has_pages(self) -> bool:
        """Whether it is walked over several pages, with what was typed waiting in between."""
        return len(self.prepared.cut) > 1

    @property
    def is_worth_keeping(self) -> bool:
        """Whether a page brings the script along that keeps what is typed on the device."""
        return (
            not self.is_preview
            and not self.way.is_kiosk
            and (self.has_pages or len(self.questionnaire.questions) >= SCRIPT_FROM)
        )

    @property
    def asks_proof(self) -> bool:
        """Whether the device does a task before its answers are taken: never on a link that is somebody's own."""
        return self.opening.asks_proof and not (self.is_personal or self.is_preview or self.is_test)

    @property
    def is_drawn_once(self) -> bool:
        """Whether what everybody sees first can be kept in memory: not where the page tells its own address."""
        return self.prepared.is_same_for_all and not (
            self.way.named and (self.way.is_kiosk or self.is_test or self.other_languages)
        )

    @property
    def idle_seconds(self) -> int:
        """After how long a kiosk takes it that nobody goes on."""
        return max(SHORTEST_IDLE, 60 * -(-IDLE_SHARE * seconds_of(self.questionnaire.questions) // 60))

    def query(self, **more: str) -> str:
        """The address of this page behind its mark, on the same way; with more named parts."""
        return urlencode({**self.way.named, **more})

    @property
    def other_languages(self) -> list[tuple[str, str]]:
        """The languages that it can be read in besides: code and name."""
        others = (language for language in self.written.languages if language != self.language)
        return [(language, LANGUAGES.get(language, language)) for language in others]

    def form(self, typed: Typed | None = None) -> QuestionForm:
        """Return the form, filled with what was typed."""
        return self.prepared.form_class(MultiDict(typed) if typed is not None else None)


def tokens() -> FormTokens:
    """Return what signs form tokens."""
    signer: FormTokens = current_app.extensions["hearback.form_tokens"]
    return signer


def proofs() -> Proofs:
    """Return what sets tasks and checks their solutions."""
    found: Proofs = current_app.extensions["hearback.proofs"]
    return found


def sent_version(opening: Opening, number: str) -> Opening:
    """Return the survey as on the page that was sent, which may be of an older version; the newest where no page says so."""
    is_known = number.isascii() and number.isdigit() and 0 < int(number[:9]) < opening.number
    older = version_id(opening.survey_id, int(number[:9])) if is_known else None
    return opening if older is None else replace(opening, version_id=older, number=int(number[:9]))


def written_in(opening: Opening) -> Questionnaire:
    """Return what a version asks, in all its languages."""
    return asked_in(opening.version_id)


# ---- somebody on their way ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Walk:
    """Somebody on their way through a questionnaire: what they have typed, what it says, and over which pages it leads."""

    asked: Asked
    typed: Typed

    @cached_property
    def form(self) -> QuestionForm:
        """The form with what was typed."""
        return self.asked.form(self.typed)

    @cached_property
    def way(self) -> Path:
        """The questions on their way, and the answers that count."""
        return path(self.asked.questionnaire, self.form.answers())

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The pages of their way."""
        if not self.asked.has_pages:
            return self.asked.prepared.places
        return places(self.asked.questionnaire, self.form.answers(), self.asked.prepared.cut)

    def at(self, number: int) -> Place:
        """Return the page of this number, else the last one before it."""
        before = [place for place in self.places if place.number <= number]
        return before[-1] if before else self.places[0]

    def after(self, place: Place) -> Place | None:
        """Return the page that comes after one; None at the end."""
        return next((other for other in self.places if other.number > place.number), None)

    def before(self, place: Place) -> Place:
        """Return the page that comes before one; the first one where there is none."""
        return ([other for other in self.places if other.number < place.number] or [self.places[0]])[-1]

    def unfinished(self) -> Place | None:
        """Return the first page on which something is missing or wrong; None where all is well.

        Another form is asked for that, so that a page shown for the first time shows no errors.
        """
        form = self.asked.form(self.typed)
        return next((place for place in self.places if not form.is_fine(place.questions)), None)

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was answered."""
        return not self.way.answers and self.form.contact(self.way.keys) is None

    @property
    def asked_count(self) -> int:
        """How many questions are on their way."""
        return sum(KINDS[question.kind].takes_answer for question in self.way.questions)

    @property
    def answered_count(self) -> int:
        """How many of these are answered."""
        return len(self.way.answers) + (self.form.contact(self.way.keys) is not None)

    def known(self, name: str) -> str:
        """Return what a name in the words of a question stands for, to be put into them."""
        question = self.asked.questionnaire.question(name)
        if question is None:
            return self.asked.about.get(name, "")
        return spoken(question, self.way.answers.get(name))


def walk(asked: Asked, typed: Typed) -> Walk:
    """Return how far somebody is who has typed this."""
    return Walk(asked, typed)


def typed_on(place: Place, sent: MultiDict[str, str], before: Typed) -> dict[str, list[str]]:
    """Return what was typed before with everything that was sent from a page in its place; what was unticked is gone.

    Only inputs of its questions are taken, without NUL: it waits in the database, which may not hold any.
    """
    here = {name for question in place.questions for name in _inputs(question)}
    kept = {name: list(values) for name, values in before.items() if name not in here}
    news = {name: [value.replace("\x00", "") for value in sent.getlist(name)] for name in here if name in sent}
    return kept | {name: values for name, values in news.items() if any(values)}


def _inputs(question: Question) -> tuple[str, ...]:
    return question.key, *(f"{question.key}.{part}" for part in KINDS[question.kind].parts(question))


def page_number(typed: str) -> int | None:
    """Return the number of a page as an address or a form names it, from 0; None where it names none."""
    return int(typed) - 1 if typed.isascii() and typed.isdigit() and len(typed) < 4 else None


# ---- drawing --------------------------------------------------------------------------------------------------------


def fresh(asked: Asked, *, seed: UUID | None = None) -> str:
    """Return the first page as a visitor sees it first."""
    token = tokens().issue(asked.purpose, seed=seed)
    if not asked.is_drawn_once:
        return _draw(walk(asked, {}), token=token)
    first, *others = _sheet(asked, _order(token))
    return first + "".join(map(str.__add__, (token, _task(asked, token)), others))


def page(walked: Walk, place: Place, *, token: str, is_sent: bool = False, left_at: str = "") -> str:
    """Return a page with what was typed.

    is_sent says that a preview was filled in well a moment ago, left_at is the address of the page that was shown last.
    """
    return _draw(walked, place, token=token, is_sent=is_sent, left_at=left_at)


def again(walked: Walk, place: Place, *, token: str, notice: str = "") -> str:
    """Return a page with what was typed, what is wrong with it, and the same form id."""
    walked.form.is_fine(place.questions)
    return _draw(walked, place, token=token, notice=notice, has_errors=True)


def _sheet(asked: Asked, order: int) -> list[str]:
    """Return the first page, cut where its token and its task go; everything that it shows is in the key."""
    sheets: dict[Any, list[str]] = current_app.extensions.setdefault("hearback.respond_pages", {})
    key = (asked.opening, asked.is_personal, asked.language, order)
    sheet = sheets.get(key)
    if sheet is None or current_app.debug:
        drawn = _draw(walk(asked, {}), token=HOLE, task=HOLE, seed=order)
        if len(sheets) >= SHEETS_LIMIT:
            sheets.clear()
        sheet = sheets[key] = drawn.split(HOLE)
    return sheet


def _task(asked: Asked, token: str) -> str:
    """Return the task of the form that a token is for; none where none is set."""
    issued = tokens().read(token, asked.purpose) if asked.asks_proof else None
    return proofs().task(issued.form_id) if issued else ""


def _draw(
    walked: Walk,
    place: Place | None = None,
    *,
    token: str,
    task: str = "",
    notice: str = "",
    has_errors: bool = False,
    is_sent: bool = False,
    left_at: str = "",
    seed: int | None = None,
) -> str:
    asked = walked.asked
    place = place or walked.places[0]
    keys = [question.key for question in asked.questionnaire.questions]
    return render_template(
        "responses/survey.html",
        asked=asked,
        place=place,
        title=filled(asked.questionnaire.title, walked.known, ()),
        intro=filled(asked.questionnaire.intro, walked.known, ()),
        shown=[
            (filled_question(question, walked.known, keys), _field(walked, question)) for question in place.questions
        ],
        errors=[
            (field.id, field.errors[0])
            for field in walked.form.fields_of(place.questions)
            if has_errors and field.errors
        ],
        carried=_carried(walked, place) if asked.is_preview else (),
        is_exact=not any(question.show_if for question in asked.questionnaire.questions)
        and not any(ending.after for ending in asked.questionnaire.endings),
        token=token,
        task=task or _task(asked, token),
        notice_words=notice,
        has_errors=has_errors,
        is_sent=is_sent,
        left_at=left_at,
        seed=_order(token) if seed is None else seed,
        effort=effort_words([one for one in asked.questionnaire.questions if KINDS[one.kind].takes_answer]),
        kept=kept_words(asked.opening, is_personal=asked.is_personal),
        page_lang=asked.language,
    )


def _field(walked: Walk, question: Question) -> QuestionField | None:
    return next(iter(walked.form.fields_of([question])), None)


def _carried(walked: Walk, place: Place) -> Sequence[tuple[str, str]]:
    """What was typed on other pages: a preview stores nothing, so its pages hand it on."""
    here = {question.key for question in place.questions}
    return [
        (name, value) for name, values in walked.typed.items() if name.partition(".")[0] not in here for value in values
    ]


def stale_words() -> str:
    """Return what is said where a page was open for too long."""
    return _(
        "This page was open for too long, or it came from somewhere else. Your answers are still here: send them again."
    )


def busy_words() -> str:
    """Return what is said where nothing could be stored."""
    return _("We could not store your answers just now. They are still here: send them again in a moment.")


def crowded_words(seconds: int) -> str:
    """Return what is said where too many answers came from one network."""
    minutes = -(-seconds // 60)
    return ngettext(
        "Very many answers have come from your network in the last minutes. Yours is still here: send it again in a minute.",
        "Very many answers have come from your network in the last minutes. Yours is still here: send it again in %(num)s minutes.",
        minutes,
    )


def unproven_words(seconds: int) -> str:
    """Return what is said where a device has not done its task, and is to wait instead."""
    return ngettext(
        "Your browser did not do the short task that keeps robots out. Wait a second, then send again: your answers are still here.",
        "Your browser did not do the short task that keeps robots out. Wait %(num)s seconds, then send again: your answers are still here.",
        seconds,
    )


def empty_words() -> str:
    """Return what is said where nothing was answered."""
    return _("Answer at least one question before you send.")


def _order(token: str) -> int:
    """Return which order of shuffled options the visitor with this form token sees."""
    return int(token[:2], 16) % ORDERS
