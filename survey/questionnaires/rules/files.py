"""Surveys as files: what `surveys export` prints and `surveys import` reads.

    {"hearback_survey": 1, "slug": "leaving", "purpose": "exit", "privacy": "identified", "questionnaire": {...}}

The number is the format's version. `questionnaire` is a draft as `documents` describes it: title, intro, thanks, language
and questions, each with key, kind, words, hint, is_required and settings.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.foundation.errors import Refused
from survey.questionnaires.rules.documents import as_document, parse
from survey.questionnaires.rules.values import PRIVACIES, PURPOSES, Questionnaire

FORMAT = "hearback_survey"
FORMAT_VERSION = 1


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


def read(content: str) -> SurveyFile:
    """Return what a file holds; raise Refused with the place and the reason where it is not a survey."""
    document = _loaded(content)
    if document.get(FORMAT) != FORMAT_VERSION:
        raise Refused(f"{FORMAT}: {FORMAT_VERSION} is needed; this is not a survey that Hearback wrote.")
    slug = document.get("slug", "")
    if not isinstance(slug, str):
        raise Refused("slug: a text is needed.")
    purpose = _one_of(document, "purpose", PURPOSES, "other")
    privacy = _one_of(document, "privacy", PRIVACIES, "identified")
    return SurveyFile(slug, purpose, privacy, parse(document.get("questionnaire")))


def _loaded(content: str) -> Mapping[str, Any]:
    try:
        document = json.loads(content)
    except json.JSONDecodeError as error:
        raise Refused(f"Line {error.lineno}, column {error.colno}: this is not JSON ({error.msg}).") from None
    except (ValueError, RecursionError):
        raise Refused("This is not JSON that can be read.") from None
    if not isinstance(document, dict):
        raise Refused("The file must hold one object in braces.")
    return document


def _one_of(document: Mapping[str, Any], name: str, known: tuple[str, ...], default: str) -> str:
    value = document.get(name, default)
    if value not in known:
        raise Refused(f"{name}: one of {', '.join(known)} is needed.")
    return str(value)
