"""What a questionnaire is: values, documents, what publishing asks for, templates, editing."""

from survey.questionnaires.kinds.base import Question
from survey.questionnaires.rules.documents import as_document, parse
from survey.questionnaires.rules.life import Ended, SurveyState, ended, state_of
from survey.questionnaires.rules.publishing import broken_promises, merged, problems
from survey.questionnaires.rules.values import PRIVACIES, PURPOSES, Questionnaire

__all__ = [
    "PRIVACIES", "PURPOSES", "Ended", "Question", "Questionnaire", "SurveyState", "as_document", "broken_promises", "ended", "merged", "parse",
    "problems", "state_of",
]  # fmt: skip
