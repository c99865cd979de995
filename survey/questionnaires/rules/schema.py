"""The JSON Schema of survey files, made from what `documents` and the kinds' settings take.

It cannot say everything that the importer looks at: that a key or a value is there once, that a day is in the calendar,
that text holds no half characters. `docs/survey.schema.json` is this, written out.
"""

from collections.abc import Mapping
from typing import Any

from survey.questionnaires.kinds.base import Kind
from survey.questionnaires.kinds.settings import object_schema
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules import documents
from survey.questionnaires.rules.addresses import RESERVED, SLUG, SLUG_LIMIT
from survey.questionnaires.rules.files import FORMAT, FORMAT_VERSION, SCHEMA
from survey.questionnaires.rules.logic import ALL, ANY, TESTS
from survey.questionnaires.rules.values import LAYOUTS, PRIVACIES, PURPOSES

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
KEY: Schema = {"type": "string", "pattern": f"^{documents.KEY.pattern}$"}
LANGUAGE: Schema = {"type": "string", "pattern": f"^{documents.LANGUAGE.pattern}$"}


def survey_schema() -> Schema:
    """Return the schema of a whole file."""
    slug = {
        "type": "string",
        "pattern": f"^{SLUG.pattern}$",
        "maxLength": SLUG_LIMIT,
        "not": {"enum": sorted(RESERVED)},
    }
    file = {
        SCHEMA: {"type": "string", "description": "Where this schema is; not looked at."},
        FORMAT: {"const": FORMAT_VERSION, "description": "The version of the format."},
        "slug": {**slug, "description": "The end of the survey's address: /s/<slug>."},
        "purpose": {"enum": list(PURPOSES), "default": "other"},
        "privacy": {"enum": list(PRIVACIES), "default": "identified"},
        "questionnaire": {"$ref": "#/$defs/questionnaire"},
    }
    return {
        "$schema": DIALECT,
        "title": "A Hearback survey",
        **object_schema(file, required=(FORMAT, "slug", "questionnaire")),
        "$defs": {"questionnaire": _questionnaire(), "question": _question(), "when": _when(), "ending": _ending()},
    }


def _text(limit: int) -> Schema:
    return {"type": "string", "maxLength": limit}


def _questionnaire() -> Schema:
    texts = {name: _text(limit) for name, limit in documents.TEXTS.items()}
    return object_schema(
        {
            **texts,
            "language": LANGUAGE,
            "layout": {"enum": list(LAYOUTS)},
            "questions": _list("question", documents.QUESTIONS_LIMIT),
            "endings": _list("ending", documents.ENDINGS_LIMIT),
            "translations": _translations(),
        }
    )


def _list(name: str, limit: int) -> Schema:
    return {"type": "array", "maxItems": limit, "items": {"$ref": f"#/$defs/{name}"}}


def _translations() -> Schema:
    texts = {"type": "object", "additionalProperties": _text(documents.INTRO_LIMIT)}
    return {
        "type": "object",
        "maxProperties": documents.LANGUAGES_LIMIT,
        "propertyNames": LANGUAGE,
        "additionalProperties": {"type": "object", "additionalProperties": texts},
    }


def _question() -> Schema:
    """Every question has the same frame; its kind says which settings it may have."""
    frame = {
        "key": KEY,
        "kind": {"enum": list(KINDS)},
        "words": _text(documents.WORDS_LIMIT),
        "hint": _text(documents.WORDS_LIMIT),
        "is_required": {"type": "boolean"},
        "settings": {"type": "object"},
        "show_if": _or_null({"$ref": "#/$defs/when"}),
    }
    cases = [{"if": _is_of(kind), "then": {"properties": {"settings": _settings(kind)}}} for kind in KINDS.values()]
    return {**object_schema(frame, required=("key", "kind")), "allOf": cases}


def _is_of(kind: Kind) -> Schema:
    return {"properties": {"kind": {"const": kind.name, "title": str(kind.label)}}}


def _settings(kind: Kind) -> Schema:
    return object_schema({one.name: {"title": str(one.label), **one.schema()} for one in kind.settings})


def _when() -> Schema:
    condition: Mapping[str, Schema] = {
        "question": KEY,
        "test": {"enum": list(TESTS)},
        "values": {"type": "array", "maxItems": documents.VALUES_LIMIT, "items": _text(documents.VALUE_LIMIT)},
    }
    conditions = {
        "type": "array",
        "minItems": 1,
        "maxItems": documents.CONDITIONS_LIMIT,
        "items": object_schema(condition, required=("question", "test")),
    }
    return object_schema({"match": {"enum": [ALL, ANY]}, "conditions": conditions}, required=("conditions",))


def _ending() -> Schema:
    return object_schema(
        {
            "key": KEY,
            "words": _text(documents.INTRO_LIMIT),
            "after": {"anyOf": [{"const": ""}, KEY]},
            "when": _or_null({"$ref": "#/$defs/when"}),
        },
        required=("key",),
    )


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [{"type": "null"}, schema]}
