"""For people who left, and for those who came back."""

from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.rules.templates.values import LEAVERS, Template, options, shown_if

EXIT = Template(
    name="exit",
    label=lazy_gettext("Leaving"),
    about=lazy_gettext("For people who have left: why, in your customers’ own words, and what would have been better."),
    slug="leaving",
    group=LEAVERS,
    reasons_key="reasons",
    purpose="exit",
    document={
        "title": _m("Before you go, tell us the truth"),
        "intro": _m("Leaving does not depend on answering."),
        "thanks": _m("Thank you. It is too late for us to keep you, but not to put it right for others."),
        "questions": [
            {"key": "reasons", "kind": "reasons", "words": _m("What made you decide to leave?"),
             "hint": _m("Choose the one that mattered most."), "is_required": True},
            {"key": "words", "kind": "text", "words": _m("Tell us in your own words"),
             "hint": _m("Please name no other people."), "settings": {"asks_for": "faults", "lines": 5}},
            {"key": "better_value", "kind": "choice", "words": _m("Could you find better value elsewhere?"),
             "settings": {"options": options(yes=_m("Yes"), no=_m("No"), not_sure=_m("Not sure"))}},
            {"key": "contact", "kind": "contact", "words": _m("May we write to you about it?"),
             "hint": _m("Your address is kept apart from your answers.")},
        ],
    },
)  # fmt: skip

WINBACK = Template(
    name="winback",
    label=lazy_gettext("Would you come back"),
    about=lazy_gettext("For people who left a while ago: whether they would come back, and what would have to change first."),
    slug="come-back",
    group=LEAVERS,
    document={
        "title": _m("Would you come back?"),
        "intro": _m("Dear {person.first_name|customer}, you left us a while ago. We ask once, and a no is a no."),
        "thanks": _m("Thank you for being frank."),
        "questions": [
            {"key": "come_back", "kind": "choice", "words": _m("Would you become our customer again?"), "is_required": True,
             "settings": {"options": options(yes=_m("Yes"), perhaps=_m("Perhaps, if something changed"), no=_m("No"), not_sure=_m("I do not know"))}},
            {"key": "first", "kind": "text", "words": _m("What would have to change first?"),
             "show_if": shown_if("come_back", "is_not", "no"), "settings": {"asks_for": "faults", "lines": 4}},
            {"key": "instead", "kind": "choice", "words": _m("What do you use instead?"),
             "settings": {"other": _m("Something else"), "none": _m("Nothing: I do not need it any more"),
                          "options": options(other_company=_m("Another company"), own=_m("I do it myself"))}},
            {"key": "contact", "kind": "contact", "words": _m("May we write to you when it has changed?"),
             "hint": _m("Only about that, and you can say stop at any time."),
             "show_if": shown_if("come_back", "is_not", "no"),
             "settings": {"agree": _m("Yes, you may write to me about it")}},
        ],
        "endings": [{"key": "goodbye", "words": _m("Thank you. We will not ask again, and wish you well."),
                     "when": shown_if("come_back", "is", "no")}],
    },
)  # fmt: skip

CHECK_IN = Template(
    name="checkin",
    label=lazy_gettext("Returned customer"),
    about=lazy_gettext("For people who came back: are things on track, and is the old concern put right."),
    slug="since-you-came-back",
    group=LEAVERS,
    document={
        "title": _m("How is it going since you came back?"),
        "intro": _m("You gave us another chance. We want to know how we use it."),
        "thanks": _m("Thank you. If anything is not on track, somebody will look at it."),
        "questions": [
            {"key": "on_track", "kind": "choice", "words": _m("Are things on track?"), "is_required": True,
             "settings": {"options": options(yes=_m("Yes"), partly=_m("In part"), no=_m("No"))}},
            {"key": "concern", "kind": "choice", "words": _m("Is the concern put right that made you leave?"),
             "settings": {"options": options(yes=_m("Yes"), partly=_m("In part"), no=_m("No"), not_sure=_m("I cannot tell yet"))}},
            {"key": "missing", "kind": "text", "words": _m("What is missing?"), "show_if": shown_if("on_track", "is", "partly", "no"),
             "settings": {"asks_for": "faults", "lines": 4}},
            {"key": "satisfaction", "kind": "csat", "words": _m("How satisfied are you with us now?")},
            {"key": "contact", "kind": "contact", "words": _m("May we call or write to you about it?"),
             "hint": _m("Your address is kept apart from your answers.")},
        ],
    },
)  # fmt: skip

TEMPLATES = (EXIT, WINBACK, CHECK_IN)
