"""What somebody may say yes to, and how a yes reaches us that was not given on a page of ours."""

from collections.abc import Mapping

from survey.foundation.language import lazy_gettext

PURPOSES: Mapping[str, str] = {
    "reply": lazy_gettext("We may answer them about what they said"),
    "updates": lazy_gettext("We may tell them what we changed"),
    "quote": lazy_gettext("We may quote their words"),
    "win_back": lazy_gettext("We may ask them to come back"),
}
HOW: Mapping[str, str] = {
    "in_person": lazy_gettext("in person"),
    "telephone": lazy_gettext("by telephone"),
    "paper": lazy_gettext("on paper"),
    "letter": lazy_gettext("in an e-mail of theirs"),
}
