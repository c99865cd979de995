"""Questions as a WTForms form: WTForms asks each field to validate, each field asks its kind.

Field names are question keys; further inputs are called `<key>.<part>`. A key never holds a dot or a hyphen, so that other
inputs of a page are safe from it when their names do.
"""

from functools import lru_cache
from typing import Any

from wtforms import Field, Form
from wtforms.validators import ValidationError

from survey.questionnaires.kinds.base import Answer, ContactAnswer, Kind, Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules import Questionnaire


class QuestionField(Field):  # type: ignore[misc]
    """One question on the page: `data` is the answer (None: not answered), `raw` and `typed` what came in."""

    def __init__(self, label: str, *, question: Question, **settings: Any) -> None:
        super().__init__(label, **settings)
        self.question = question
        self.kind: Kind = KINDS[question.kind]
        self.raw: list[str] = []
        self.typed: dict[str, str] = dict.fromkeys(self.kind.parts, "")
        self.data: Answer | None = None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was typed and let the kind read it; what it refuses is kept for the page."""
        self.process_errors = []
        if formdata is None:
            return
        self.raw = formdata.getlist(self.name)
        self.typed = {part: "".join(formdata.getlist(f"{self.name}.{part}")[:1]) for part in self.kind.parts}
        try:
            self.data = self.kind.clean(self.question, self._all_typed())
        except ValueError as refused:
            self.process_errors.append(str(refused))

    def _all_typed(self) -> list[str]:
        return [*self.raw, *(f"{part}={value}" for part, value in self.typed.items() if value)]

    def pre_validate(self, form: Form) -> None:
        """Ask for the answer where one is needed."""
        if self.question.is_required and self.data is None and not self.process_errors:
            raise ValidationError(self.kind.missing(self.question))


class QuestionForm(Form):  # type: ignore[misc]
    """The form of one questionnaire; iterate it for the fields in their order."""

    def answers(self) -> dict[str, Answer]:
        """Return the answers by question key; what was not answered and who somebody is are left out."""
        return {field.name: field.data for field in self if field.data is not None and not field.kind.is_personal}

    def contact(self) -> ContactAnswer | None:
        """Return the address that was left, if one was."""
        return next((field.data for field in self if isinstance(field.data, ContactAnswer)), None)


@lru_cache(maxsize=256)
def form_for(questionnaire: Questionnaire) -> type[QuestionForm]:
    """Return the form class of a questionnaire; made once for each version."""
    fields = {
        f"question_{number}": QuestionField(question.words, question=question, name=question.key)
        for number, question in enumerate(questionnaire.questions)
    }
    return type("VersionForm", (QuestionForm,), fields)
