"""What the worker does about responses."""

from functools import partial

from survey.foundation.clock import today as today_in
from survey.foundation.db import write
from survey.foundation.order import TOGETHER, forget_log
from survey.organisation.queries import organisation, today
from survey.responses.actions import mix, mix_drafts, settle_old_drafts
from survey.responses.queries import Unmixed, count_of_day, has_old_drafts, unmixed, unmixed_drafts
from survey.responses.rules import is_time_to_mix


def mix_answers() -> None:
    """Take from anonymous answers, and from what was begun of them, the order in which they came."""
    answers = [one for one in unmixed() if _is_time(one)]
    drafts = unmixed_drafts(before=today())
    for one in answers:
        for _part in _parts(one):
            write(partial(mix, one.survey_id, one.on))
    for one in drafts:
        for _part in _parts(one):
            write(partial(mix_drafts, one.survey_id, before=today()))
    if answers or drafts:
        forget_log()


def _parts(one: Unmixed) -> range:
    """In how many parts that many are laid anew (`actions.mix` takes up to twice as many as is usual, so that none stays alone)."""
    return range(max(1, one.waiting // TOGETHER))


def _is_time(one: Unmixed) -> bool:
    total, minimum = count_of_day(one.survey_id, one.on), organisation().minimum_scores
    return is_time_to_mix(one.waiting, total, minimum=minimum, is_over=one.on < today())


def settle_drafts() -> None:
    """Close drafts that nobody can go on with any more."""
    day = today_in("UTC")
    while has_old_drafts(day) and write(lambda: settle_old_drafts(on=day)):
        pass
