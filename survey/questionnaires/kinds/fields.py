"""Questions as a WTForms form: WTForms asks each field to validate, each field asks its kind.

Field names are question keys; further inputs are called `<key>.<part>`. A key never holds a dot or a hyphen, so that other
inputs of a page are safe from it when their names do.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

from wtforms import Field, Form
from wtforms.validators import ValidationError

from survey.questionnaires.kinds.base import Answer, ContactAnswer, Given, Kind, Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules import Questionnaire


class QuestionField(Field):  # type: ignore[misc]
    """One question on the page: `data` is the answer (None: not answered), `raw`, `typed` and `ticked` what came in.

    `typed` holds the first value of each further input, `ticked` all of them.
    """

    def __init__(self, label: str, *, question: Question, **settings: Any) -> None:
        super().__init__(label, **settings)
        self.question = question
        self.kind: Kind = KINDS[question.kind]
        self.raw: list[str] = []
        self.ticked: dict[str, list[str]] = {part: [] for part in self.kind.parts(question)}
        self.data: Answer | None = None

    @property
    def typed(self) -> dict[str, str]:
        """What was typed into each further input."""
        return {part: values[0] if values else "" for part, values in self.ticked.items()}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was typed and let the kind read it; what it refuses is kept for the page."""
        self.process_errors = []
        if formdata is None:
            return
        self.raw = formdata.getlist(self.name)
        self.ticked = {part: formdata.getlist(f"{self.name}.{part}") for part in self.ticked}
        try:
            self.data = self.kind.clean(self.question, self._given())
        except ValueError as refused:
            self.process_errors.append(str(refused))

    def _given(self) -> Given:
        return Given(tuple(self.raw), {part: tuple(values) for part, values in self.ticked.items() if values})

    def inputs(self) -> dict[str, list[str]]:
        """Return what was typed, by the name of the input; inputs that hold nothing are left out."""
        named = {self.name: self.raw, **{f"{self.name}.{part}": values for part, values in self.ticked.items()}}
        return {name: values for name, values in named.items() if any(values)}

    def pre_validate(self, form: Form) -> None:
        """Ask for the answer where one is needed."""
        lacking = self.kind.lacking(self.question, self.data) if self.question.is_required else ""
        if lacking and not self.process_errors:
            raise ValidationError(lacking)


class QuestionForm(Form):  # type: ignore[misc]
    """The form of one questionnaire; iterate it for the fields in their order."""

    def fields_of(self, questions: Sequence[Question]) -> list[QuestionField]:
        """Return the fields of these questions, in order."""
        keys = {question.key for question in questions}
        return [field for field in self if field.name in keys]

    def is_fine(self, questions: Sequence[Question]) -> bool:
        """Check the answers to these questions; what is wrong stands in the fields' errors."""
        wrong = [field for field in self.fields_of(questions) if not field.validate(self)]
        return not wrong

    def answers(self, keys: Collection[str] | None = None) -> dict[str, Answer]:
        """Return the answers by question key, of some keys alone where they are given.

        What was not answered, could not be read, and who somebody is are left out.
        """
        return {field.name: field.data for field in self._answered(keys) if not field.kind.is_personal}

    def contact(self, keys: Collection[str] | None = None) -> ContactAnswer | None:
        """Return the address that was left, if one was."""
        return next((field.data for field in self._answered(keys) if isinstance(field.data, ContactAnswer)), None)

    def _answered(self, keys: Collection[str] | None) -> Iterator[QuestionField]:
        for field in self:
            if field.data is not None and (keys is None or field.name in keys):
                yield field


@lru_cache(maxsize=256)
def form_for(questionnaire: Questionnaire) -> type[QuestionForm]:
    """Return the form class of a questionnaire; made once for each version and language."""
    fields = {
        f"question_{number}": QuestionField(question.words, question=question, name=question.key)
        for number, question in enumerate(questionnaire.questions)
        if KINDS[question.kind].takes_answer
    }
    return type("VersionForm", (QuestionForm,), fields)
