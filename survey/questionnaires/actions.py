"""Writes of surveys."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from survey.foundation.db import db
from survey.foundation.errors import Refused
from survey.foundation.events import emit
from survey.foundation.language import gettext as _
from survey.questionnaires import queries
from survey.questionnaires.events import SurveyPublished
from survey.questionnaires.models import Survey, SurveyVersion
from survey.questionnaires.rules import PRIVACIES, PURPOSES, Questionnaire, as_document, parse, problems
from survey.questionnaires.rules.addresses import SLUG_WORDS, is_address
from survey.questionnaires.rules.arranging import Arranged, Step, arrange, undo_of_language, with_other
from survey.questionnaires.rules.files import SurveyFile
from survey.questionnaires.rules.merging import Clash, Merge, merge, merge_texts
from survey.questionnaires.rules.templates import TEMPLATES, questionnaire_from
from survey.questionnaires.rules.translating import texts_in, with_language, with_texts, without_language


def create_from_template(
    template: str,
    *,
    slug: str,
    now: datetime,
    title: str | None = None,
    reasons: Sequence[dict[str, str]] | None = None,
    language: str = "en",
) -> Survey:
    """Make a survey from a template (`rules.templates`), written in a language where our words are in it.

    Reasons are picks `{"code", "words"}` where it asks for reasons.
    """
    if template not in TEMPLATES:
        raise Refused(
            _(
                "There is no template “%(name)s”. The templates are: %(known)s.",
                name=template,
                known=", ".join(TEMPLATES),
            )
        )
    made_of = TEMPLATES[template]
    questionnaire = questionnaire_from(made_of, title=title, reasons=reasons, language=language)
    return create(slug, purpose=made_of.purpose, document=as_document(questionnaire), now=now, privacy=made_of.privacy)


def create(
    slug: str, *, purpose: str, document: Mapping[str, Any], now: datetime, privacy: str = "identified"
) -> Survey:
    """Make a survey with a draft; raise Refused where the address is taken or the document is none."""
    _check_address(slug)
    if purpose not in PURPOSES or privacy not in PRIVACIES:
        raise Refused(_("There is no such purpose or privacy of a survey."))
    draft = as_document(parse(document))
    survey = Survey(slug=slug, purpose=purpose, privacy=privacy, draft=draft, created_at=now, changed_at=now)
    db.session.add(survey)
    db.session.flush()
    return survey


def create_from_file(file: SurveyFile, *, slug: str, now: datetime) -> Survey:
    """Make a survey, as a draft, of what a file holds."""
    document = as_document(file.questionnaire)
    return create(slug, purpose=file.purpose, privacy=file.privacy, document=document, now=now)


def _check_address(slug: str) -> None:
    if not is_address(slug):
        raise Refused(_("This address cannot be used. %(rule)s", rule=SLUG_WORDS))
    if queries.survey_by_slug(slug):
        raise Refused(_("There is a survey at “%(slug)s” already. Choose another address.", slug=slug))


def save_draft(survey: Survey, document: Mapping[str, Any], *, now: datetime) -> None:
    """Keep a draft, finished or not, whatever it was before; what was published stays as it is."""
    _check_open_to_change(survey)
    survey.draft = as_document(parse(document))
    survey.changed_at = now
    db.session.flush()


@dataclass(frozen=True)
class Saved:
    """What came of saving an edit: both sides in one, what a button made of it, and whether the draft is another one now."""

    merge: Merge
    made: Arranged
    is_changed: bool


def edit_draft(
    survey: Survey,
    *,
    seen: Questionnaire,
    mine: Questionnaire,
    now: datetime,
    choices: Mapping[str, str],
    waiting: Collection[str] = (),
    step: Step | None = None,
) -> Saved:
    """Keep what somebody made of the draft that they saw, beside what others made of it meanwhile, and do a step.

    Where both changed the same thing theirs stays, until the person chooses; the step then waits too.
    """
    theirs = queries.draft_of(survey)
    found = merge(seen, mine, theirs, choices, waiting)
    taken = _keys_taken(survey)
    for other in found.both:
        found = replace(found, kept=with_other(found.kept, other, taken=taken))
    if found.both:
        found = replace(found, shown=merge(seen, mine, found.kept, choices, waiting).shown)
    made = Arranged(found.kept)
    if step is not None and not found.clashes:
        made = arrange(found.kept, replace(step, undo=survey.undo, taken=taken))
    return Saved(found, made, _keep(survey, theirs, made, now))


def _keys_taken(survey: Survey) -> set[str]:
    """Keys that no new question may have: answers speak of them, or what was taken away comes back with one."""
    gone = (survey.undo or {}).get("question", {}).get("key")
    return queries.keys_ever_used(survey.id) | ({gone} if gone else set())


def _keep(survey: Survey, before: Questionnaire, made: Arranged, now: datetime) -> bool:
    """Keep a draft and what undoes the last removal; return whether it is another one than before."""
    _check_open_to_change(survey)
    if made.undo is not None or made.is_undone:
        survey.undo = made.undo
    after = parse(as_document(made.questionnaire))
    if after == before:
        return False
    survey.draft, survey.changed_at = as_document(after), now
    db.session.flush()
    return True


def translate(
    survey: Survey,
    language: str,
    *,
    seen: Mapping[str, str],
    mine: Mapping[str, str],
    now: datetime,
    choices: Mapping[str, str],
    waiting: Collection[str] = (),
) -> tuple[Clash, ...]:
    """Keep what somebody translated beside what others did meanwhile; return where both translated the same text."""
    draft = queries.draft_of(survey)
    if language not in draft.translations:
        raise Refused(_("The survey is not translated into this language any more."))
    texts, clashes = merge_texts(seen, mine, texts_in(draft, language), choices, waiting)
    _keep(survey, draft, Arranged(with_texts(draft, language, texts)), now)
    return clashes


def add_language(survey: Survey, language: str, *, now: datetime) -> None:
    """Begin a translation."""
    draft = queries.draft_of(survey)
    _keep(survey, draft, Arranged(with_language(draft, language)), now)


def remove_language(survey: Survey, language: str, *, now: datetime) -> None:
    """Take a translation away; it can be put back."""
    draft = queries.draft_of(survey)
    if language in draft.translations:
        made = Arranged(without_language(draft, language), undo=undo_of_language(draft, language))
        _keep(survey, draft, made, now)


def put_back_language(survey: Survey, *, now: datetime) -> None:
    """Put the translation back that was taken away last."""
    draft = queries.draft_of(survey)
    if survey.undo and "language" in survey.undo:
        _keep(survey, draft, arrange(draft, Step("undo", undo=survey.undo)), now)


def publish(survey: Survey, *, now: datetime) -> SurveyVersion:
    """Freeze the draft as the next version and take answers to it; raise Refused with what stands in the way."""
    _check_open_to_change(survey)
    if found := queries.obstacles(survey):
        raise Refused(" ".join(found))
    draft, newest = queries.draft_of(survey), queries.newest_version(survey.id)
    version = SurveyVersion(
        survey_id=survey.id, number=newest.number + 1 if newest else 1, document=as_document(draft), published_at=now
    )
    db.session.add(version)
    db.session.flush()
    emit(SurveyPublished(survey.id, version.id, version.number, now))
    return version


def close(survey: Survey, *, now: datetime) -> None:
    """Take no more answers; the page says so."""
    survey.closed_at = survey.closed_at or now
    db.session.flush()


def reopen(survey: Survey, *, now: datetime, answers: int) -> None:
    """Take answers again: what closed the survey is taken back; raise Refused where only its owner can do so."""
    if survey.response_limit is not None and answers >= survey.response_limit:
        raise Refused(
            _(
                "It has all the answers it was to take (%(limit)s). Raise the limit first.",
                limit=survey.response_limit,
            )
        )
    survey.closed_at = None
    if survey.closes_at is not None and survey.closes_at <= now:
        survey.closes_at = None
    db.session.flush()


def archive(survey: Survey, *, now: datetime) -> None:
    """Put a survey away: it stands apart from the others, with all its answers, and takes no more."""
    if survey.closed_at is None:
        close(survey, now=now)
    survey.archived_at = survey.archived_at or now
    db.session.flush()


def unarchive(survey: Survey) -> None:
    """Take a survey out again; it stays closed."""
    survey.archived_at = None
    db.session.flush()


def set_window(
    survey: Survey, *, opens_at: datetime | None, closes_at: datetime | None, response_limit: int | None
) -> None:
    """Set from when to when a survey takes answers, and how many at most."""
    if opens_at and closes_at and opens_at >= closes_at:
        raise Refused(_("It would close before it opens. Choose a later end."))
    survey.opens_at, survey.closes_at, survey.response_limit = opens_at, closes_at, response_limit
    db.session.flush()


def set_embed_origins(survey: Survey, origins: Sequence[str]) -> None:
    """Set which websites may show a survey in a frame."""
    survey.embed_origins = list(origins)
    db.session.flush()


def duplicate(survey: Survey, slug: str, *, now: datetime) -> Survey:
    """Make a draft that asks the same under the same promise; answers, dates and limits stay where they are.

    Nobody outside sees its results before its owner says so: they are of other people.
    """
    copy = create(slug, purpose=survey.purpose, document=survey.draft, now=now, privacy=survey.privacy)
    copy.embed_origins, copy.known_addresses = list(survey.embed_origins), list(survey.known_addresses)
    copy.asks_proof = survey.asks_proof
    db.session.flush()
    return copy


def delete(survey: Survey) -> None:
    """Delete a draft that was never published; raise Refused for any other."""
    if queries.newest_version(survey.id) is not None:
        raise Refused(_("It was published: archive it instead, so that its answers and links stay explained."))
    db.session.delete(survey)
    db.session.flush()


def set_robots(survey: Survey, *, known_addresses: Sequence[str], asks_proof: bool) -> None:
    """Set from which networks many people answer, and whether a device must show by some work that it is no robot's."""
    survey.known_addresses, survey.asks_proof = list(known_addresses), asks_proof
    db.session.flush()


def _check_open_to_change(survey: Survey) -> None:
    if survey.archived_at is not None:
        raise Refused(_("It is archived. Take it out of the archive to change it."))


def set_options(survey: Survey, *, privacy: str, is_listed: bool, has_answers: bool = False) -> None:
    """Set what the survey promises and where it is shown; raise Refused where answers were given under another promise."""
    if privacy not in PRIVACIES:
        raise Refused(_("There is no such privacy of a survey."))
    if privacy != survey.privacy:
        _check_privacy(survey, privacy, has_answers=has_answers)
    survey.privacy, survey.is_listed = privacy, is_listed
    db.session.flush()


def _check_privacy(survey: Survey, privacy: str, *, has_answers: bool) -> None:
    if has_answers:
        raise Refused(_("The privacy cannot change any more: people have answered under the promise that they saw."))
    newest = queries.newest_version(survey.id)
    asked = [queries.draft_of(survey), *([queries.questionnaire_of(newest)] if newest else [])]
    found = {
        problem
        for one in asked
        for problem in set(problems(one, privacy=privacy)) - set(problems(one, privacy=survey.privacy))
    }
    if found:
        raise Refused(" ".join(sorted(found)))
