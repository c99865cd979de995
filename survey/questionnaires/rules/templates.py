"""Good surveys to start from, as documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from survey.questionnaires.rules.documents import parse
from survey.questionnaires.rules.values import Questionnaire


@dataclass(frozen=True)
class Template:
    """A survey to start from: its purpose, what it is good for, and its document."""

    name: str
    label: str
    about: str
    slug: str
    document: dict[str, Any]
    reasons_key: str = ""  # the question whose reasons the owner picks


TEMPLATES: dict[str, Template] = {
    "satisfaction": Template(
        name="satisfaction",
        label="Satisfaction",
        about="For people who are your customers now: would they recommend you, why, and how satisfied they are. Half a minute.",
        slug="satisfaction",
        document={
            "title": "How are we doing?",
            "intro": "Tell us how it really is, good or bad.",
            "thanks": "Thank you. Somebody will read every word of this.",
            "questions": [
                {"key": "nps", "kind": "nps", "words": "How likely are you to recommend us to a friend?", "is_required": True},
                {"key": "reason", "kind": "text", "words": "What is the main reason for your score?",
                 "hint": "Please name no other people.", "settings": {"asks_for": "open"}},
                {"key": "rating", "kind": "rating", "words": "How satisfied are you with our service overall?"},
            ],
        },
    ),
    "exit": Template(
        name="exit",
        label="Leaving",
        about="For people who have left: why, in your customers’ own words, and what would have been better. Under a minute.",
        slug="leaving",
        reasons_key="reasons",
        document={
            "title": "Before you go, tell us the truth",
            "intro": "Leaving does not depend on answering.",
            "thanks": "Thank you. It is too late for us to keep you, but not to put it right for others.",
            "questions": [
                {"key": "reasons", "kind": "reasons", "words": "What made you decide to leave?",
                 "hint": "Choose the one that mattered most.", "is_required": True},
                {"key": "words", "kind": "text", "words": "Tell us in your own words",
                 "hint": "Please name no other people.", "settings": {"asks_for": "faults", "lines": 5}},
                {"key": "better_value", "kind": "choice", "words": "Could you find better value elsewhere?",
                 "settings": {"options": [{"value": "yes", "words": "Yes"}, {"value": "no", "words": "No"},
                                          {"value": "not-sure", "words": "Not sure"}]}},
                {"key": "contact", "kind": "contact", "words": "May we write to you about it?",
                 "hint": "Your address is kept apart from your answers."},
            ],
        },
    ),
}  # fmt: skip


def questionnaire_from(
    template: Template, *, title: str | None, reasons: Sequence[dict[str, str]] | None
) -> Questionnaire:
    """Return the questionnaire of a template with an own title and own reasons; raise Refused where they do not fit."""
    document = {**template.document, "title": title or template.document["title"]}
    if reasons is not None:
        document["questions"] = [
            {**entry, "settings": {"options": list(reasons)}} if entry["key"] == template.reasons_key else entry
            for entry in document["questions"]
        ]
    return parse(document)
