"""A taxonomy from a file: `{"code": {"label": "Late delivery", "phrases": ["late", "never came"]}}`."""

import json
from collections.abc import Mapping

from survey.foundation.errors import Refused
from survey.foundation.text import LINE_LIMIT, fold
from survey.reasons.rules.values import Wording, Wordings

SHAPE = 'It must be {"code": {"label": "…", "phrases": ["…", "…"]}}.'


def wordings_in(content: str) -> dict[str, Wording]:
    """The wordings that a JSON document holds; raises Refused where it is not such a document."""
    try:
        document = json.loads(content)
    except ValueError as error:
        raise Refused(f"The taxonomy is not JSON: {error}.") from None
    if not isinstance(document, Mapping) or not document:
        raise Refused(f"The taxonomy holds no reasons. {SHAPE}")
    return {code: _wording(code, own) for code, own in document.items()}


def _wording(code: str, own: object) -> Wording:
    if not isinstance(own, Mapping):
        raise Refused(f"The reason “{code}” is not written as one. {SHAPE}")
    label, phrases = own.get("label", code), own.get("phrases", [])
    listed = phrases.split(";") if isinstance(phrases, str) else phrases
    if not isinstance(label, str) or not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise Refused(f"The reason “{code}” needs a label in words and a list of phrases. {SHAPE}")
    if too_long := next((phrase for phrase in listed if len(phrase) > LINE_LIMIT), None):
        raise Refused(f"The reason “{code}” has a phrase that is too long: “{too_long[:40]} …”.")
    return Wording(label, tuple(phrase.strip() for phrase in listed if phrase.strip()))


def codes_by_name(wordings: Wordings) -> dict[str, str]:
    """Code by every name that may stand in a file for a reason, folded: its code and its label."""
    return {fold(wording.label): code for code, wording in wordings.items()} | {fold(code): code for code in wordings}
