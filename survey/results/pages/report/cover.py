"""The cover: the finding, the number at the head with its interval, what changed, and what was looked at."""

from survey.foundation.language import gettext as _
from survey.foundation.language import list_words, ngettext, number_words, upper_first, within_sentence
from survey.reasons.rules import REASONS
from survey.responses.rules import ONLY, VOICES, WITHOUT, segment_label, value_label
from survey.results.pages.one import SurveyPage
from survey.results.pages.picture import picture
from survey.results.pages.report.voices import improvements_for
from survey.results.printing.blocks import Block, Facts, Figure, Span, Words
from survey.results.rules import findings
from survey.results.rules.metrics import Metric, enough
from survey.results.rules.views import SENTIMENTS
from survey.results.rules.words import PERCENT, answers_words, interval_words, too_few_words, value_words

MOST_NAMED = 3


def cover(page: SurveyPage) -> list[Block]:
    """The blocks of the cover, below its headline."""
    blocks: list[Block] = [
        _figure(page),
        *(Words(sentence, "large") for sentence in in_short(page)),
        Facts(facts(page)),
    ]
    if page.groups_only:
        blocks.append(Words(_held_back(page), "muted"))
    return blocks


def in_short(page: SurveyPage) -> list[str]:
    """What a board wants to know besides: how the number went, what people name most, what is being done about it."""
    if not page.results.n:
        return []
    said = [picture(page).title] if len(page.results.months) > 1 else []
    if page.named:
        most = sorted(page.named.items(), key=lambda one: (-one[1], REASONS[one[0]].label))[:MOST_NAMED]
        listed = list_words([f"{within_sentence(REASONS[code].label)} ({number_words(n)})" for code, n in most])
        named = _("Named most: %(reasons)s.", reasons=listed)
        said.append(f"{named} {page.tie_words}".rstrip())
    done = improvements_for(page.named)
    if done:
        said.append(
            _(
                "What we do about it: %(things)s.",
                things=list_words([title for title, _stage, _words in done[:MOST_NAMED]]),
            )
        )
    return said


def facts(page: SurveyPage) -> list[tuple[str, str]]:
    """What was looked at, in words: each filter that narrows it by name."""
    view = page.view
    flagged = {
        "": "",
        WITHOUT: _("without those that look as if no person had given them"),
        ONLY: _("only those that look as if no person had given them"),
    }
    rows = [
        (_("Period"), upper_first(view.period.words)),
        (_("Whose answers"), VOICES[view.voice] if page.voices else ""),
        (_("What their words say"), SENTIMENTS[view.sentiment] if view.sentiment else ""),
        (_("Doubtful answers"), upper_first(flagged[view.flagged])),
        *((segment_label(name), value_label(name, value)) for name, value in view.narrowed),
        (_("Answers"), number_words(page.results.n)),
        (_("Versions"), page.merged.words),
    ]
    return [(str(label), str(words)) for label, words in rows if words]


def changed(page: SurveyPage) -> str:
    """How far the number at the head moved since the time before, in words; empty where nothing can be compared."""
    change, before = page.results.change, page.results.metric_before
    return findings.change_since(change, before, page.before_words) if change and before else ""


def _figure(page: SurveyPage) -> Figure:
    results = page.results
    metric = results.metric
    if metric is None:
        return Figure(number_words(results.n), ngettext("answer", "answers", results.n), [changed(page)])
    name = str(findings.SHORT[metric.name])
    if metric.value is None or not enough(metric.n, results.minimum):
        return Figure("", name, [f"{upper_first(too_few_words(metric.n))}."])
    said = [f"{upper_first(answers_words(metric.n))}, {interval_words(metric)}.", changed(page)]
    explained = str(findings.EXPLAINED[metric.name])
    return Figure(value_words(metric), name, [line for line in (*said, explained) if line], _span(metric))


def _span(metric: Metric) -> Span | None:
    if metric.value is None or metric.low is None or metric.high is None:
        return None
    if metric.name == "nps":
        return Span(metric.low, metric.value, metric.high, -100, 100)
    if metric.name in PERCENT:
        return Span(100 * metric.low, 100 * metric.value, 100 * metric.high, 0, 100)
    return None


def _held_back(page: SurveyPage) -> str:
    why = (
        _("Your account sees groups of answers only.")
        if page.role == "viewer"
        else _("This survey promises that only groups are shown.")
    )
    n = page.results.seen.held_back
    waiting = ngettext(
        "%(num)s answer waits for the end of the month, or until there are enough.",
        "%(num)s answers wait for the end of the month, or until there are enough.",
        n,
    )
    return f"{why} {waiting}" if n else why
