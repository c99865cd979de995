"""Questions, questionnaires and surveys for tests of what is asked."""

from collections.abc import Callable
from datetime import UTC, datetime

from survey.foundation.db import write
from survey.questionnaires import actions, queries
from survey.questionnaires.models import Survey
from survey.questionnaires.rules import Question, Questionnaire, parse

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def question(kind: str, *, is_required: bool = False, **settings: object) -> Question:
    """A question of a kind, with the kind's usual settings but for those given."""
    document = {"key": "q", "kind": kind, "words": "Ask?", "is_required": is_required, "settings": settings}
    return questionnaire(document).questions[0]


def questionnaire(*questions: dict[str, object]) -> Questionnaire:
    """A questionnaire of question documents."""
    return parse({"title": "A survey", "questions": list(questions)})


def make_survey(template: str = "satisfaction", *, slug: str = "how", is_published: bool = True) -> Survey:
    """A stored survey, published unless said."""

    def work() -> Survey:
        survey = actions.create_from_template(template, slug=slug, now=NOW)
        if is_published:
            actions.publish(survey, now=NOW)
        return survey

    return write(work)


def change(slug: str, act: Callable[[Survey], object]) -> None:
    """Do something to a stored survey."""

    def work() -> None:
        survey = queries.survey_by_slug(slug)
        assert survey is not None
        act(survey)

    write(work)
