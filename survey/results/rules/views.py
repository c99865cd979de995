"""What a reader has chosen to look at, and which counts that means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.foundation.language import lazy_gettext
from survey.responses.rules import (
    ALL_VOICES,
    FLAGGED,
    ONLY,
    VERIFIED,
    VERIFIED_VOICES,
    VOICES,
    WITHOUT,
    Narrowed,
    Voice,
    voices_of,
)
from survey.results.rules.periods import Period
from survey.results.rules.tally import (
    EVERYBODY,
    SENTIMENT,
    VOICE,
    VOICE_AND_SENTIMENT,
    Counts,
    Segment,
    doubted,
    joined,
    less,
    with_voice,
)

SENTIMENTS: Mapping[str, str] = {
    "positive": lazy_gettext("Positive"),
    "negative": lazy_gettext("Negative"),
    "mixed": lazy_gettext("Mixed"),
    "none": lazy_gettext("No signal"),
    "not_scored": lazy_gettext("Not scored"),
}


@dataclass(frozen=True)
class View:
    """A period, what people’s own words say ("" for any), whose answers (a voice, "verified" or "all"), doubted ones or not.

    `flagged`: "" for all answers, or without those that look as if no person had given them, or only those. `narrowed`: those
    in all of these segments alone.
    """

    period: Period
    sentiment: str = ""
    voice: str = ALL_VOICES
    flagged: str = ""
    narrowed: Narrowed = ()

    @property
    def voices(self) -> tuple[str, ...] | None:
        """The voices that are looked at; None for all."""
        return voices_of(self.voice)

    @property
    def is_kept(self) -> bool:
        """Whether its counts are kept, so that no answers need be counted for it."""
        return not self.narrowed or (len(self.narrowed) == 1 and not self.sentiment and not self.flagged)

    @property
    def filters(self) -> dict[str, Any]:
        """The same as a filter of responses."""
        return {"since": self.period.since, "until": self.period.until, "sentiment": self.sentiment or None,
                "voices": self.voices, "flagged": self.flagged, "narrowed": self.narrowed}  # fmt: skip

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments whose counts add up to this view, where they are kept."""
        if self.narrowed:
            ((name, value),) = self.narrowed
            return tuple((name, with_voice(voice, value)) for voice in self.voices or tuple(Voice))
        if self.voices is None:
            return ((SENTIMENT, self.sentiment),) if self.sentiment else (EVERYBODY,)
        if not self.sentiment:
            return tuple((VOICE, voice) for voice in self.voices)
        return tuple((VOICE_AND_SENTIMENT, f"{voice}+{self.sentiment}") for voice in self.voices)

    @property
    def doubted_segments(self) -> tuple[Segment, ...]:
        """The segments whose counts add up to the doubted answers in this view."""
        return tuple(doubted(segment) for segment in self.segments)


def in_view(view: View, months: Mapping[Segment, Mapping[date, Counts]]) -> dict[date, Counts]:
    """The counts of a view by month; `months` holds its segments and, but for the plainest view, those of the doubted."""
    if view.flagged == ONLY:
        return joined(months, view.doubted_segments)
    found = joined(months, view.segments)
    return less(found, joined(months, view.doubted_segments)) if view.flagged == WITHOUT else found


def chosen_flagged(name: str) -> str:
    """Whether doubted answers are wanted; raises Refused where no such choice is offered."""
    if name not in FLAGGED:
        raise Refused(_("There is no such choice of doubtful answers. Choose without, only, or neither."))
    return name


def is_mixed(voices: Mapping[str, int]) -> bool:
    """Whether people we know and people we cannot place have both answered, so that they must stand apart."""
    return bool(voices.get(Voice.UNVERIFIED)) and any(voices.get(voice) for voice in VERIFIED_VOICES)


def usual_voice(voices: Mapping[str, int]) -> str:
    """Whose answers are shown unless the reader says otherwise: people we know, where both kinds answered."""
    return VERIFIED if is_mixed(voices) else ALL_VOICES


def chosen_voice(name: str, voices: Mapping[str, int]) -> str:
    """The voice that was asked for, "" for the usual one; raises Refused where there is none of that name."""
    if name and name not in VOICES:
        raise Refused(_("There is no such voice. Choose one from the list."))
    return name or usual_voice(voices)


def chosen_sentiment(name: str) -> str:
    """The sentiment that was asked for, "" for any; raises Refused where there is none of that name."""
    if name and name not in SENTIMENTS:
        raise Refused(_("There is no such sentiment. Choose one from the list."))
    return name
