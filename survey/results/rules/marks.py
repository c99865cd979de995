"""Marks on the time line: what kinds of things happen that may move the numbers."""

from collections.abc import Mapping

from survey.foundation.language import lazy_gettext

WORDS_LIMIT = 120
KINDS: Mapping[str, str] = {
    "competitor": lazy_gettext("Competitor"),
    "price": lazy_gettext("Price"),
    "product": lazy_gettext("Product or service"),
    "staff": lazy_gettext("Team"),
    "place": lazy_gettext("Place or opening hours"),
    "press": lazy_gettext("Press"),
    "other": lazy_gettext("Something else"),
}
