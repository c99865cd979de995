"""What a template is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey.questionnaires.rules.documents import parse
from survey.questionnaires.rules.languages import begun_in
from survey.questionnaires.rules.values import Questionnaire

CUSTOMERS, LEAVERS, TEAM = "customers", "leavers", "team"


@dataclass(frozen=True)
class Template:
    """A survey to start from: whom it is for, what it is good for, its document; what a survey made of it is and promises."""

    name: str
    label: str
    about: str
    slug: str
    document: dict[str, Any]
    group: str = CUSTOMERS
    reasons_key: str = ""  # the question whose reasons the owner picks
    purpose: str = "other"
    privacy: str = "identified"


def options(**words: str) -> list[dict[str, str]]:
    """Return options as a document holds them, written as value=words; a value with a hyphen is written with _."""
    return [{"value": value.replace("_", "-"), "words": said} for value, said in words.items()]


def shown_if(question: str, test: str, *values: str) -> dict[str, Any]:
    """Return a condition as a document holds it."""
    return {"match": "all", "conditions": [{"question": question, "test": test, "values": list(values)}]}


def questionnaire_from(
    template: Template, *, title: str | None, reasons: Sequence[dict[str, str]] | None, language: str = "en"
) -> Questionnaire:
    """Return the questionnaire of a template, written in a language, with an own title and own reasons.

    Raises Refused where these do not fit.
    """
    document = dict(template.document)
    if reasons is not None:
        document["questions"] = [
            {**entry, "settings": {"options": list(reasons)}} if entry["key"] == template.reasons_key else entry
            for entry in document["questions"]
        ]
    begun = begun_in(parse(document), language)
    return replace(begun, title=title) if title else begun
