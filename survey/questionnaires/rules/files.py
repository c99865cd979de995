"""Surveys as files: what `surveys export` prints and `surveys import` reads; `docs/survey-files.md` explains them.

    {"hearback_survey": 1, "slug": "leaving", "purpose": "exit", "privacy": "identified", "questionnaire": {...}}

The number is the format's version. `questionnaire` is a draft as `documents` describes it. What belongs to one run of a
survey (answers, dates, limits, where it is shown) is not in the file.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.questionnaires.rules.addresses import SLUG_WORDS, is_address
from survey.questionnaires.rules.documents import as_document, parse
from survey.questionnaires.rules.values import PRIVACIES, PURPOSES, Questionnaire

FORMAT = "hearback_survey"
FORMAT_VERSION = 1
SCHEMA = "$schema"  # editors of JSON look there for what is allowed; we do not
KNOWN = (SCHEMA, FORMAT, "slug", "purpose", "privacy", "questionnaire")
FILE_LIMIT = 2_000_000


@dataclass(frozen=True)
class SurveyFile:
    """What a file holds: a survey without its answers."""

    slug: str
    purpose: str
    privacy: str
    questionnaire: Questionnaire


def written(file: SurveyFile) -> str:
    """Return the file's text."""
    document = {
        FORMAT: FORMAT_VERSION,
        "slug": file.slug,
        "purpose": file.purpose,
        "privacy": file.privacy,
        "questionnaire": as_document(file.questionnaire),
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def read_bytes(content: bytes) -> SurveyFile:
    """Return what the bytes of a file hold; raise Refused with the place and the reason."""
    if len(content) > FILE_LIMIT:
        raise Refused(
            _("The file has %(bytes)s bytes; a survey has at most %(limit)s.", bytes=len(content), limit=FILE_LIMIT)
        )
    try:
        return read(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(_("Byte %(number)s: the file is not UTF-8 text.", number=error.start + 1)) from None


def read(content: str) -> SurveyFile:
    """Return what a file holds; raise Refused with the place and the reason where it is not a survey."""
    document = _loaded(content)
    if document.get(FORMAT) is not True and document.get(FORMAT) == FORMAT_VERSION:
        return _survey(document)
    raise Refused(
        _(
            "%(format)s: %(version)s is needed; this is not a survey that Hearback wrote.",
            format=FORMAT,
            version=FORMAT_VERSION,
        )
    )


def _survey(document: Mapping[str, Any]) -> SurveyFile:
    unknown = [name for name in document if name not in KNOWN]
    if unknown:
        raise Refused(_("%(name)s: this is not known here.", name=unknown[0]))
    slug = document.get("slug")
    if not isinstance(slug, str) or not is_address(slug):
        raise Refused(_("slug: an address is needed. %(rule)s", rule=SLUG_WORDS))
    purpose = _one_of(document, "purpose", PURPOSES, "other")
    privacy = _one_of(document, "privacy", PRIVACIES, "identified")
    return SurveyFile(slug, purpose, privacy, parse(document.get("questionnaire")))


def _loaded(content: str) -> Mapping[str, Any]:
    try:
        document = json.loads(content, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Refused(
            _(
                "Line %(line)s, column %(column)s: this is not JSON (%(reason)s).",
                line=error.lineno,
                column=error.colno,
                reason=error.msg,
            )
        ) from None
    except (ValueError, RecursionError):
        raise Refused(_("This is not JSON that can be read.")) from None
    if not isinstance(document, dict):
        raise Refused(_("The file must hold one object in braces."))
    return document


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are there once: of two, readers disagree which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise Refused(
            _("“%(name)s” is there twice in one object.", name=next(name for name in names if names.count(name) > 1))
        )
    return found


def _no_constant(name: str) -> NoReturn:
    raise Refused(_("%(name)s is not a number that a survey may hold.", name=name))


def _one_of(document: Mapping[str, Any], name: str, known: Sequence[str], usual: str) -> str:
    value = document.get(name, usual)
    if value not in known:
        raise Refused(_("%(place)s: one of %(known)s is needed.", place=name, known=", ".join(known)))
    return str(value)
