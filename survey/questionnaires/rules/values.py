"""The shape of a questionnaire."""

from dataclasses import dataclass

from survey.questionnaires.kinds.base import Question

PURPOSES = ("satisfaction", "exit", "other")
PRIVACIES = ("identified", "confidential", "anonymous")


@dataclass(frozen=True)
class Questionnaire:
    """What a survey says and asks, in its order."""

    title: str
    intro: str = ""
    thanks: str = ""
    language: str = "en"
    questions: tuple[Question, ...] = ()

    def question(self, key: str) -> Question | None:
        """The question with this key, if there is one."""
        return next((question for question in self.questions if question.key == key), None)

    def with_questions(self, questions: tuple[Question, ...]) -> "Questionnaire":
        """The same with other questions."""
        return Questionnaire(self.title, self.intro, self.thanks, self.language, questions)
