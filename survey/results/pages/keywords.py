"""Which keywords many comments share, how those comments sound, a quote for each, and words that tell nothing by themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from survey.foundation.errors import Refused
from survey.foundation.language import gettext as _
from survey.organisation.queries import organisation
from survey.results.pages.themes import chosen_survey, open_surveys, survey_options
from survey.results.rules.metrics import Metric, share
from survey.text.models import Comment
from survey.text.queries import comments_by_id
from survey.text.queries.keywords import newest_words_read
from survey.text.rules.frequent import Counted, Said, frequent, too_usual
from survey.text.rules.languages import same_language
from survey.text.rules.personal import personal_data, redacted

READ, SHOWN, OPENED = 2_000, 30, 50
FEWEST = 10  # of fewer comments no share is told


@dataclass(frozen=True)
class Keyword:
    """A keyword with how many comments have it (its share of all that were read), how they sound, and a quote."""

    words: str
    comments: int
    share: Metric
    positive: int
    negative: int
    quote: str

    @property
    def rest(self) -> int:
        """How many take no side, or both."""
        return self.comments - self.positive - self.negative


@dataclass(frozen=True)
class Counts:
    """What was counted: keywords, words too usual to tell anything, and by keyword the places of its comments."""

    keywords: tuple[Keyword, ...]
    usual: tuple[str, ...]
    places: Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Keywords:
    """The page: `n` English comments were read of the newest `read`; `opened` are the comments of one keyword."""

    survey: str
    surveys: Sequence[tuple[str, str]]
    n: int
    read: int
    keywords: Sequence[Keyword]
    usual: Sequence[str]
    word: str = ""
    total: int = 0
    opened: Sequence[Comment] = ()

    @property
    def other_languages(self) -> int:
        """How many comments were left out for their language."""
        return self.read - self.n

    @property
    def is_cut(self) -> bool:
        """Whether there may be older comments."""
        return self.read == READ


def keywords(args: Mapping[str, str]) -> Keywords:
    """The keywords that an address asks for, or the comments of one; raises Refused for what is not there."""
    titles = open_surveys()
    slug, survey_id = chosen_survey(args.get("survey", ""), titles)
    words = newest_words_read(READ, survey_id=survey_id)
    english = [one for one in words if same_language(one.language, "en")]
    found = _counted(tuple(Said(one.text, one.sentiment) for one in english), tuple(organisation().name.split()))
    ids = _ids_of(found, args.get("word", ""), [one.id for one in english])
    return Keywords(
        slug, survey_options(titles), len(english), len(words),
        found.keywords, found.usual, args.get("word", ""), len(ids), comments_by_id(ids[:OPENED]) if ids else (),
    )  # fmt: skip


def _ids_of(found: Counts, word: str, ids: Sequence[UUID]) -> list[UUID]:
    """The comments of a keyword, the newest first; none where none is named."""
    if word and word not in found.places:
        raise Refused(_("This keyword is not on the list. Choose one from it."))
    return [ids[place] for place in found.places[word]] if word else []


@lru_cache(maxsize=8)
def _counted(said: tuple[Said, ...], own_names: tuple[str, ...]) -> Counts:
    """Count the keywords of comments; the same comments are counted once."""
    counted = Counted(said, own_names)
    by_form = {(counted.form(key), len(places)): places for key, places in counted.by_key.items() if len(places) > 1}
    found = frequent(counted, limit=SHOWN, redact=lambda words: redacted(words, personal_data(words)))
    shown = tuple(
        Keyword(one.keyword, one.comments, share(one.comments, len(said)), one.positive, one.negative, one.quote)
        for one in found
    )
    return Counts(shown, tuple(too_usual(counted)), {one.words: by_form[one.words, one.comments] for one in shown})
