"""The shape of a questionnaire."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from survey.questionnaires.kinds.base import Question, When

PURPOSES = ("satisfaction", "exit", "other")
PRIVACIES = ("identified", "confidential", "anonymous")
ONE_PAGE, BY_SECTION, ONE_QUESTION = "one", "sections", "questions"
LAYOUTS = (ONE_PAGE, BY_SECTION, ONE_QUESTION)
ENDING = "ending."  # what the place of an ending begins with

# language -> place ("" for the survey's own words, a question's key, "ending.<key>") -> name of the text -> words
Translations = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Remark:
    """Something to say about one place of a questionnaire: "" (the survey itself), a question's key, "ending.<key>"."""

    place: str
    words: str


@dataclass(frozen=True)
class Ending:
    """Words that thank some people: those for whom `when` holds (None: everybody) and who come to the question `after`.

    With `after` the survey ends for them behind that question; without it they are thanked so at the end of all questions.
    """

    key: str
    words: str
    after: str = ""
    when: When | None = None


@dataclass(frozen=True)
class Questionnaire:
    """What a survey says and asks, in its order; `thanks` are the words of those whom no ending is for."""

    title: str
    intro: str = ""
    thanks: str = ""
    language: str = "en"
    questions: tuple[Question, ...] = ()
    layout: str = ONE_PAGE
    endings: tuple[Ending, ...] = ()
    translations: Translations = field(default_factory=dict, hash=False)

    def question(self, key: str) -> Question | None:
        """The question with this key, if there is one."""
        return next((question for question in self.questions if question.key == key), None)

    def with_questions(self, questions: tuple[Question, ...]) -> "Questionnaire":
        """The same with other questions."""
        return replace(self, questions=questions)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it can be read in, its own first."""
        return (self.language, *(language for language in self.translations if language != self.language))
