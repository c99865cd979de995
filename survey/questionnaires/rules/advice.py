"""What could make a draft better, told gently: nothing here keeps anybody from publishing.

Words are judged in English and German; how a survey is built is judged in every language.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from re import Pattern

from survey.foundation.language import gettext as _
from survey.foundation.language import ngettext
from survey.questionnaires.kinds.base import Question
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules.effort import seconds_of
from survey.questionnaires.rules.phrases import Phrases, phrases_of
from survey.questionnaires.rules.piping import PIPE
from survey.questionnaires.rules.publishing import ANONYMOUS
from survey.questionnaires.rules.ranges import gap, overlapping, spans
from survey.questionnaires.rules.values import Questionnaire, Remark

LONGEST_MINUTES = 7
MANY_REQUIRED, REQUIRED_SHARE = 4, 0.5
FEWEST_TO_MISS_ONE, FEWEST_OF_A_SCALE = 3, 3
LARGEST_WITHOUT_MIDDLE = 8
EVADING_VALUES = {"other", "none", "not-sure", "no-answer"}


@dataclass(frozen=True)
class _Asked:
    """One question as it is judged."""

    question: Question
    words: str  # the sentence that asks
    all_words: str  # all of them; both without what is put in
    phrases: Phrases
    labels: tuple[str, ...]  # of its options; none where they are numbers
    ends: tuple[str, str]  # the words at both ends of a scale
    points: int  # how many grades a scale has
    is_pick: (
        bool  # whether its options stand beside each other to choose from, and are not one scale for several things
    )
    privacy: str

    @property
    def is_graded(self) -> bool:
        """Whether it is answered with one grade, option or box, and not in own words."""
        return bool(self.labels or self.points)


def advice(questionnaire: Questionnaire, *, privacy: str) -> list[Remark]:
    """Return what could be better, in the order of the questions; what is about the whole survey comes first."""
    found = list(_of_survey(questionnaire))
    for question in questionnaire.questions:
        asked = _asked(question, questionnaire.language, privacy)
        if asked is not None:
            found += [Remark(question.key, words) for check in CHECKS for words in check(asked)]
    return found


def _asked(question: Question, language: str, privacy: str) -> _Asked | None:
    kind, phrases = KINDS[question.kind], phrases_of(language)
    if phrases is None or not kind.takes_answer or kind.is_personal:
        return None
    own, inner = kind.options(question), [kind.options(question, part) for part in kind.parts(question)]
    is_pick = all(set(options) <= set(own) for options in inner)
    labels = [words for _value, words in (own if own and is_pick else next(filter(None, inner), ()))]
    if all(label.strip().isdigit() for label in labels):
        labels = []
    low, high = (str(question.settings.get(name, "")) for name in ("low", "high"))
    scale = kind.scale(question)
    words = PIPE.sub("", question.words).strip()
    return _Asked(
        question, _sentence_that_asks(words), words, phrases, tuple(labels), (low, high),
        scale[1] - scale[0] + 1 if scale else 0, bool(own) and is_pick, privacy,
    )  # fmt: skip


def _sentence_that_asks(words: str) -> str:
    asking = [sentence for sentence in re.split(r"(?<=[.!?:])\s+", words) if sentence.endswith("?")]
    return " ".join(asking) or words


# ---- the whole survey -----------------------------------------------------------------------------------------------


def _of_survey(questionnaire: Questionnaire) -> Iterator[Remark]:
    asked = [question for question in questionnaire.questions if KINDS[question.kind].takes_answer]
    minutes = round(seconds_of(asked) / 60)
    if minutes > LONGEST_MINUTES:
        yield Remark("", _("Answering takes about %(minutes)s minutes. From seven on, many people stop in the middle: "
                           "which questions could you do without?", minutes=minutes))  # fmt: skip
    required = sum(question.is_required for question in asked)
    if required >= MANY_REQUIRED and required > REQUIRED_SHARE * len(asked):
        yield Remark("", _("%(required)s of %(all)s questions must be answered. Whoever cannot answer one of them leaves "
                           "without sending anything: demand only what you cannot do without.",
                           required=required, all=len(asked)))  # fmt: skip


# ---- how a question is put ------------------------------------------------------------------------------------------


def _leads(asked: _Asked) -> Iterator[str]:
    if found := asked.phrases.leading.search(asked.all_words):
        yield _("“%(words)s” suggests an answer. Ask so that every answer is as easy to give.", words=found[0])


def _is_loaded(asked: _Asked) -> Iterator[str]:
    if found := asked.phrases.loaded.search(asked.all_words):
        yield _(
            "“%(words)s” already judges what you ask about. Leave the judgement to those who answer.", words=found[0]
        )


def _is_absolute(asked: _Asked) -> Iterator[str]:
    if asked.is_graded and (found := asked.phrases.absolute.search(asked.words)):
        yield _("Hardly anything is “%(words)s” so: people who mean almost cannot say it. Ask how often, or leave it out.",
                words=found[0])  # fmt: skip


def _asks_two_things(asked: _Asked) -> Iterator[str]:
    words = asked.phrases.joined.sub("…", asked.words)
    if not asked.is_graded:
        return
    if found := asked.phrases.joining.search(words):
        yield _("This may be two questions in one (“%(words)s”): whoever likes one and not the other cannot answer. "
                "Make two of it.", words=found[0])  # fmt: skip
    elif words.count("?") > 1:
        yield _("These are two questions with room for one answer. Make two of it.")


def _is_negative(asked: _Asked) -> Iterator[str]:
    found = asked.phrases.negation.findall(asked.phrases.leading.sub("", asked.words))
    is_closed = asked.phrases.begins_closed.search(asked.words) is not None
    is_statement = asked.points > 0 and not asked.words.endswith("?")
    if asked.is_graded and (len(found) > 1 or (found and (is_closed or is_statement))):
        yield _("With “%(words)s” in it, a yes can mean a no. Say it without.", words=found[0])


def _is_long(asked: _Asked) -> Iterator[str]:
    sentences = re.split(r"(?<=[.!?:;])\s+", asked.question.words)
    longest = max(len(sentence.split()) for sentence in sentences)
    if longest > asked.phrases.longest:
        yield ngettext("This sentence has %(num)s word.", "This sentence has %(num)s words. Shorter ones are read to their end.",
                       longest)  # fmt: skip


def _speaks_jargon(asked: _Asked) -> Iterator[str]:
    texts = (asked.question.words, asked.question.hint, *asked.labels)
    if found := next((one for text in texts if (one := asked.phrases.jargon.search(text))), None):
        yield _("Not everybody knows what “%(words)s” means. Say it as your customers would.", words=found[0])


def _asks_who_it_is(asked: _Asked) -> Iterator[str]:
    if found := asked.phrases.private.search(asked.words):
        yield _(
            "“%(words)s” is nobody’s business but their own. Ask only if you cannot do without, and say why.",
            words=found[0],
        )
    elif found := asked.phrases.address.search(asked.words):
        if asked.privacy == ANONYMOUS:
            yield _(
                "An anonymous survey promises that nobody knows who answered; an e-mail address breaks that promise."
            )
        else:
            yield _(
                "Use a question that asks whether you may write to them: it keeps the address apart from the answers."
            )
    elif not asked.is_graded and (found := asked.phrases.personal.search(asked.words)):
        yield _(
            "“%(words)s” tells who somebody is, and stays among the answers. Ask only if you need it.", words=found[0]
        )


# ---- what there is to choose from -----------------------------------------------------------------------------------


def _has_skewed_ends(asked: _Asked) -> Iterator[str]:
    low, high = (_side(label, asked.phrases) for label in asked.ends)
    if low == high and low in (1, -1):
        words = _("good") if low == 1 else _("bad")
        yield _("Both ends of the scale are %(words)s. Let one be the opposite of the other.", words=words)


def _has_skewed_options(asked: _Asked) -> Iterator[str]:
    sides = [_side(label, asked.phrases) for label in asked.labels]
    good, bad = sides.count(1), sides.count(-1)
    if good + bad < FEWEST_OF_A_SCALE or good + bad + sides.count(0) < len(_without_evasions(asked)):
        return
    if abs(good - bad) > 1 or not (good and bad):
        yield _("%(good)s of the answers are good and %(bad)s bad. Offer as many of each, else the result leans to one side.",
                good=good, bad=bad)  # fmt: skip
    elif good == bad and not sides.count(0):
        yield _("There is no answer in the middle: whoever thinks neither good nor bad of it has to choose a side.")


def _has_no_middle(asked: _Asked) -> Iterator[str]:
    if not asked.labels and asked.points and asked.points % 2 == 0 and asked.points <= LARGEST_WITHOUT_MIDDLE:
        yield _("A scale of %(points)s points has no middle: whoever thinks neither good nor bad of it has to choose a side.",
                points=asked.points)  # fmt: skip


def _misses_one(asked: _Asked) -> Iterator[str]:
    options = [words for words in asked.labels if words.strip()]
    is_about_all = len(_without_evasions(asked)) < len(options) or _has_way_out(asked)
    is_about_all |= sum(bool(asked.phrases.yes_or_no.search(label)) for label in options) > 1
    is_scale = sum(_side(label, asked.phrases) is not None for label in options) * 2 > len(options)
    is_measured = len(spans(options, asked.phrases)) + sum(bool(asked.phrases.frequency.search(one)) for one in options)
    if (
        not asked.is_pick
        or len(options) < FEWEST_TO_MISS_ONE
        or asked.points
        or is_about_all
        or is_scale
        or is_measured * 2 > len(options)
    ):
        return
    yield _("Whoever none of these fits has nothing to choose. Offer “Something else”, “None of these” or “Not sure”.")


def _has_way_out(asked: _Asked) -> bool:
    """Whether the question offers by a setting, or among its values, what none of its own options is."""
    switches = (asked.question.settings.get(name) for name in ("other", "none"))
    values = {value for value, _words in KINDS[asked.question.kind].values(asked.question)}
    return any(switches) or bool(values & EVADING_VALUES)


def _has_wrong_ranges(asked: _Asked) -> Iterator[str]:
    found = spans(asked.labels, asked.phrases)
    if len(found) < max(2, len(_without_evasions(asked)) - 1):
        return
    if both := overlapping(found):
        yield _("“%(one)s” and “%(other)s” overlap: some people fit into both.", one=both[0].words, other=both[1].words)
    elif apart := gap(found):
        yield _("Between “%(one)s” and “%(other)s” something is missing: some people fit into neither.",
                one=apart[0].words, other=apart[1].words)  # fmt: skip


def _without_evasions(asked: _Asked) -> list[str]:
    return [label for label in asked.labels if label.strip() and not _evades(label, asked.phrases)]


def _evades(label: str, phrases: Phrases) -> bool:
    return phrases.evading.search(label) is not None and _side(label, phrases) is None


def _side(label: str, phrases: Phrases) -> int | None:
    """Return whether a label is good (1), bad (-1) or between (0); None where it is none of these.

    Only what it ends in counts: “very good” is a grade, “good food” is a thing.
    """
    if phrases.middle.search(label):
        return 0
    if _ends_in(label, phrases.bad):
        return -1
    return 1 if _ends_in(label, phrases.good) else None


def _ends_in(label: str, pattern: Pattern[str]) -> bool:
    words = label.rstrip(" .,;!)")
    return any(found.end() == len(words) for found in pattern.finditer(words))


CHECKS: Sequence[Callable[[_Asked], Iterator[str]]] = (
    _leads, _is_loaded, _is_absolute, _asks_two_things, _is_negative, _is_long, _speaks_jargon, _asks_who_it_is,
    _has_skewed_ends, _has_skewed_options, _has_no_middle, _misses_one, _has_wrong_ranges,
)  # fmt: skip
