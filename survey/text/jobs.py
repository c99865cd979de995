"""What the worker does for text: read what people wrote, learn from corrections, try versions of the reader and use them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from uuid import UUID

import structlog

from survey.foundation import jobs
from survey.foundation.clock import now
from survey.foundation.db import db, write
from survey.organisation.queries import organisation
from survey.reasons.queries import taxonomy
from survey.responses.rules import NO_LANGUAGE, sees_single_answers
from survey.text import actions, queries
from survey.text.models import Comment, ReaderVersion
from survey.text.rules import READER_VERSION, AsksFor, Reading, Sentiment, read
from survey.text.rules.tagging import Tagger, learned
from survey.text.rules.trials import Compared

ROLES: dict[str, AsksFor] = {"faults": "faults", "praise": "praise", "open": "open"}
AT_ONCE = 200
BATCHES = 25  # then others may come in between
log = structlog.get_logger()

Readings = dict[UUID, dict[UUID, Reading]]


# ---- reading --------------------------------------------------------------------------------------------------------


def read_responses(response_ids: Sequence[UUID]) -> None:
    """Read the comments of these responses, outside any transaction, and keep what was found in one."""
    found = _readings(queries.comments_of(response_ids), queries.tagger_in_use())
    if found:
        write(lambda: actions.mark_all_read(found, now=now()))
        if queries.repeated(response_ids):  # in a transaction after it, so that of two workers the later one sees both
            write(lambda: actions.doubt_repeated(response_ids))


def _readings(comments: Iterable[Comment], tagger: Tagger) -> Readings:
    """What is read in comments: response id -> comment id -> reading."""
    owner = organisation()
    known = {"languages": tuple(owner.languages), "own_names": tuple(owner.name.split())}
    found: Readings = defaultdict(dict)
    for comment in comments:
        found[comment.response_id][comment.id] = _read(comment, owner.language, tagger, **known)
    return found


def _read(comment: Comment, language: str, tagger: Tagger, **known: Collection[str]) -> Reading:
    """What is read in a comment; one that breaks the reader is passed over with a note, and the next is read."""
    try:
        reading = read(
            comment.text,
            language=language if comment.language == NO_LANGUAGE else comment.language or language,
            asks_for=ROLES.get(comment.asks_for, "open"),
            rating=comment.rating,
            **known,
        )
        return tagger.tagged(reading, comment.text)
    except Exception as error:
        log.error("comment not read", comment=str(comment.id), error=repr(error))
        unread = Sentiment.NOT_SCORED
        return Reading(comment.language, unread, unread, 0.0, 0.0, (), (), (), trouble=type(error).__name__)


# ---- learning -------------------------------------------------------------------------------------------------------


def learn_reasons(_subjects: Sequence[UUID]) -> None:
    """Learn from everything that people said of reasons, and try what comes of it; nothing where nothing is new."""
    corrections, newest = queries.count_corrections("reason"), queries.newest_model()
    if newest is not None and newest.corrections == corrections:
        return
    reasons = taxonomy()
    value = learned(queries.learnt_from(), reasons)
    if value is not None:
        write(lambda: _keep_and_try(value, corrections, reasons.number))


def _keep_and_try(value: dict[str, object], corrections: int, taxonomy_number: int) -> None:
    number = actions.keep_model(value, corrections=corrections, taxonomy=taxonomy_number, now=now())
    actions.propose("corrections", model=number, now=now())


# ---- versions -------------------------------------------------------------------------------------------------------


def propose_versions(_subjects: Sequence[UUID]) -> None:
    """Try the changed reasons, unless a newer version does so already."""
    newest = next(iter(queries.reader_versions()), None)
    if newest is None or newest.taxonomy < taxonomy().number:
        write(lambda: actions.propose("taxonomy", now=now()))


def notice_new_reader() -> int:
    """Try the reader of a new release on everything that an older one read; once."""
    used = queries.version_in_use()
    if used is None and queries.any_reader() in (None, READER_VERSION):
        return 0
    if READER_VERSION in {version.reader for version in queries.reader_versions()}:
        return 0
    write(lambda: actions.propose("reader", now=now()))
    return 1


def try_versions(ids: Sequence[UUID]) -> None:
    """Find out what versions would change."""
    for id in ids:
        _batch_by_batch(id, "try_version", "trying", _try_batch)


def apply_versions(ids: Sequence[UUID]) -> None:
    """Read everything again with a version that is used from now on."""
    for id in ids:
        _batch_by_batch(id, "apply_version", "applying", _apply_batch)


def _batch_by_batch(
    id: UUID, job: str, state: str, batch: Callable[[ReaderVersion, Tagger, Sequence[UUID]], bool]
) -> None:
    """Go on with a version from where it stands; after some batches leave the rest to a job of its own."""
    for _number in range(BATCHES):
        db.session.rollback()  # what others wrote meanwhile shall be seen
        version = db.session.get(ReaderVersion, id)
        if version is None or version.state != state:
            return
        responses = queries.responses_read(AT_ONCE, after=version.last_response)
        if not batch(version, queries.tagger_of(version), responses):
            return
    write(lambda: jobs.add(job, id))


def _try_batch(version: ReaderVersion, tagger: Tagger, responses: Sequence[UUID]) -> bool:
    comments = queries.comments_of(responses)
    readings = _readings(comments, tagger)
    compared = [_compared(comment, readings[comment.response_id][comment.id]) for comment in comments]
    id, after = version.id, version.last_response
    return write(lambda: actions.keep_trial(id, compared, responses=responses, after=after))


def _compared(comment: Comment, reading: Reading) -> Compared:
    return Compared(
        comment_id=str(comment.id),
        was=tuple(tag[0] for tag in comment.machine_tags),
        now=tuple(code for code, _confidence in reading.reasons),
        sentiment_was=comment.read_as,
        sentiment_now=str(reading.sentiment),
        text_hash=comment.text_hash or "",
        is_own=comment.has_own_reasons,
        may_be_shown=sees_single_answers(comment.response.survey.privacy),
    )


def _apply_batch(version: ReaderVersion, tagger: Tagger, responses: Sequence[UUID]) -> bool:
    readings = _readings(queries.comments_of(responses), tagger)
    id, after = version.id, version.last_response
    return write(lambda: actions.keep_applied(id, readings, responses=responses, after=after, now=now()))
