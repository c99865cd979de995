"""How it was counted: each formula in a sentence, who was counted, and what is not shown."""

from collections.abc import Iterator, Mapping

from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext, ngettext
from survey.results.pages.one import SurveyPage
from survey.results.printing.blocks import Section, Words

FORMULAS: Mapping[str, str] = {
    "nps": lazy_gettext(
        "NPS: the share who answered 9 or 10 less the share who answered 0 to 6, times 100, of all who answered this question. Its interval is the adjusted Wald interval with three answers added."
    ),
    "csat": lazy_gettext(
        "CSAT: the share who gave one of the two best grades, of all who answered this question. Its interval is Wilson’s."
    ),
    "ces": lazy_gettext(
        "CES: the share who agreed that it was easy (5, 6 or 7 of 7), of all who answered this question. Its interval is Wilson’s."
    ),
    "mean": lazy_gettext("Mean: the sum of all grades by the number of answers. Its interval is Student’s t interval."),
}


def method(page: SurveyPage) -> Section:
    """The last page: how to check every number."""
    return Section(_("How this was counted"), [Words(sentence) for sentence in _sentences(page)])


def _sentences(page: SurveyPage) -> Iterator[str]:
    results = page.results
    names = dict.fromkeys(metric.name for told in page.told for metric in told.metrics)
    yield from (str(FORMULAS[name]) for name in names if name in FORMULAS)
    yield _("All intervals are of 95%: of a hundred such intervals about 95 hold the value that asking everybody would give.")  # fmt: skip
    yield _("Skipped answers are in no denominator. A score needs at least %(minimum)s answers; below that it is said in words.", minimum=results.minimum)  # fmt: skip
    if results.is_grouped:
        yield _("Only groups of at least %(minimum)s people are shown: a month counts when it is over, months with fewer answers are put together, and answers of fewer people are left out together with others, so that no difference of numbers shows them.", minimum=results.minimum)  # fmt: skip
    if page.open_link_count:
        yield ngettext("%(num)s answer came over the open link, from people we cannot place.", "%(num)s answers came over the open link, from people we cannot place.", page.open_link_count)  # fmt: skip
    if page.doubted and not page.groups_only:
        yield ngettext("%(num)s answer looks as if no person had given it.", "%(num)s answers look as if no person had given them.", page.doubted)  # fmt: skip
    if page.merged.words:
        yield page.merged.words
    yield _("A change is called one only where chance alone would show it less than once in twenty times. What goes together need not be cause and effect.")  # fmt: skip
    yield _("The numbers here are those of the page in the browser and of the exports: one function each.")
