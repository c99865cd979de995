"""What an anonymous answer may know, and when its row is laid among the others.

The row must not know anything that is known of a person too: with one former customer among those who were asked, "a former
customer" would be a name. So it knows its day, its version and what was answered.
"""

from dataclasses import replace

from survey.responses.rules.values import IMPORT, LINK, NO_LANGUAGE, TEST, Submission, Voice

FEWEST = 5  # no promise is kept by a group smaller than this
PART = 4  # rows are laid anew each time that one in so many is new, so that each is laid anew a few times in all
ENOUGH = 500


def as_promised(submission: Submission) -> Submission:
    """Return what may be stored of a submission: of an anonymous one nothing that tells whose it is, or when it came."""
    if not submission.is_anonymous:
        return submission
    is_import = submission.channel == IMPORT
    return replace(
        submission,
        at=None,
        person_id=None,
        segments={},
        contact=None,
        voice=submission.voice if is_import else Voice.UNVERIFIED,
        channel=submission.channel if submission.channel in (IMPORT, TEST) else LINK,
    )


def language_kept(submission: Submission) -> str:
    """Return the language that stands in the row; which one somebody reads is known of them too."""
    return NO_LANGUAGE if submission.is_anonymous else submission.language


def fewest(minimum: int) -> int:
    """Return how many are written together at least, where the organisation asks for so many in a group."""
    return max(FEWEST, minimum)


def is_time_to_mix(waiting: int, total: int, *, minimum: int, is_over: bool) -> bool:
    """Whether the rows of a day, of which so many are new, are laid anew: when the day is over, before that in groups."""
    if is_over:
        return waiting > 0
    return waiting >= fewest(minimum) and (waiting >= ENOUGH or waiting * PART >= total)
