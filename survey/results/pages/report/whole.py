"""The whole report of a survey in a view."""

from survey.foundation.clock import now
from survey.foundation.language import day_words, spoken
from survey.foundation.language import gettext as _
from survey.organisation.queries import organisation, today
from survey.results.pages.one import SurveyPage
from survey.results.pages.report.cover import cover
from survey.results.pages.report.method import method
from survey.results.pages.report.numbers import moved, over_time, questions, reasons
from survey.results.pages.report.voices import doing, quotes
from survey.results.printing.blocks import Report
from survey.results.printing.letters import STAND_IN


def report(page: SurveyPage) -> Report:
    """What is printed of a page: its numbers, and as much of people's words as its reader may read."""
    owner = organisation()
    found = [over_time(page), moved(page), reasons(page), questions(page), quotes(page), doing(page), method(page)]
    sections = found if page.results.n else [method(page)]
    return Report(
        organisation=owner.name,
        title=page.title,
        headline=page.headline,
        cover=cover(page),
        sections=[section for section in sections if section],
        made_at=now(),
        made_words=_("Made on %(day)s with Hearback.", day=day_words(today())),
        accent=owner.accent,
        language=spoken(),
        missing_letters=_("%(mark)s stands for characters that this print has no letters for; the page in the browser shows them.", mark=STAND_IN),
    )  # fmt: skip
