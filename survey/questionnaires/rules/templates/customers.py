"""For people who are customers now."""

from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.rules.templates.values import Template, options, shown_if

CONTACT = {"key": "contact", "kind": "contact", "words": _m("May we write to you about it?"),
           "hint": _m("Your address is kept apart from your answers.")}  # fmt: skip

SATISFACTION = Template(
    name="satisfaction",
    label=lazy_gettext("Satisfaction"),
    about=lazy_gettext("Would they recommend you, why, and how satisfied are they."),
    slug="satisfaction",
    purpose="satisfaction",
    document={
        "title": _m("How are we doing?"),
        "intro": _m("Tell us how it really is, good or bad."),
        "thanks": _m("Thank you. Somebody will read every word of this."),
        "questions": [
            {"key": "nps", "kind": "nps", "words": _m("How likely are you to recommend us to a friend?"), "is_required": True},
            {"key": "reason", "kind": "text", "words": _m("What is the main reason for your score?"),
             "hint": _m("Please name no other people."), "settings": {"asks_for": "open"}},
            {"key": "rating", "kind": "rating", "words": _m("How satisfied are you with our service overall?")},
        ],
    },
)  # fmt: skip

PURCHASE = Template(
    name="purchase",
    label=lazy_gettext("After a purchase"),
    about=lazy_gettext("Soon after somebody bought something: how satisfied they are, and what was not right."),
    slug="your-purchase",
    purpose="satisfaction",
    document={
        "title": _m("How was your purchase?"),
        "intro": _m("It is still fresh: tell us how it was."),
        "thanks": _m("Thank you. Somebody will read every word of this."),
        "questions": [
            {"key": "satisfaction", "kind": "csat", "words": _m("How satisfied are you with what you bought?"), "is_required": True},
            {"key": "wrong", "kind": "choice", "words": _m("What was not as you wanted it?"), "hint": _m("Choose as many as apply."),
             "settings": {"several": True, "shuffled": True, "other": _m("Something else"), "none": _m("Nothing: all was as I wanted it"),
                          "options": options(thing=_m("What I bought"), price=_m("The price"), delivery=_m("The delivery"),
                                             advice=_m("The advice"), website=_m("The website"), waiting=_m("The waiting"))}},
            {"key": "reason", "kind": "text", "words": _m("What is the main reason for your answer?"),
             "hint": _m("Please name no other people."), "settings": {"asks_for": "open"}},
            CONTACT,
        ],
    },
)  # fmt: skip

RELATIONSHIP = Template(
    name="relationship",
    label=lazy_gettext("Relationship"),
    about=lazy_gettext("Twice a year to all customers: would they recommend you, and how you do in what matters."),
    slug="how-we-do",
    purpose="satisfaction",
    document={
        "title": _m("How do we do for you?"),
        "intro": _m("We ask all our customers twice a year."),
        "thanks": _m("Thank you. Somebody will read every word of this."),
        "questions": [
            {"key": "nps", "kind": "nps", "words": _m("How likely are you to recommend us to a friend or colleague?"), "is_required": True},
            {"key": "reason", "kind": "text", "words": _m("What is the main reason for your score?"),
             "hint": _m("Please name no other people."), "settings": {"asks_for": "open"}},
            {"key": "facets", "kind": "matrix", "words": _m("How satisfied are you with …"),
             "settings": {"rows": options(quality=_m("What you get from us"), value=_m("What you get for your money"),
                                          people=_m("How our people treat you"), ease=_m("How easy we are to deal with"),
                                          repair=_m("How we put things right"))}},
            {"key": "better", "kind": "text", "words": _m("What is one thing that we should do better?"),
             "settings": {"asks_for": "faults", "lines": 3}},
            CONTACT,
        ],
    },
)  # fmt: skip

EFFORT = Template(
    name="effort",
    label=lazy_gettext("After support"),
    about=lazy_gettext("After a request for help: how easy it was (CES), and whether it is settled."),
    slug="your-request",
    document={
        "title": _m("About your request"),
        "intro": _m("You asked us for help not long ago."),
        "thanks": _m("Thank you. What is still open will be looked at."),
        "questions": [
            {"key": "effort", "kind": "ces", "words": _m("The company made it easy for me to handle my request."), "is_required": True},
            {"key": "settled", "kind": "yesno", "words": _m("Is your request settled now?")},
            {"key": "open", "kind": "text", "words": _m("What is still open?"), "show_if": shown_if("settled", "is", "no"),
             "settings": {"asks_for": "faults", "lines": 3}},
            {"key": "reason", "kind": "text", "words": _m("What made it easy or hard?"), "hint": _m("Please name no other people."),
             "settings": {"asks_for": "open", "lines": 3}},
            CONTACT,
        ],
    },
)  # fmt: skip

WANTS = Template(
    name="wants",
    label=lazy_gettext("Your exact wants"),
    about=lazy_gettext("What they want, when, how they want to buy it, at what price, and whether you stand behind it."),
    slug="your-wants",
    purpose="satisfaction",
    document={
        "title": _m("What exactly do you want from us?"),
        "intro": _m("Not what we think you want: what you want."),
        "thanks": _m("Thank you. What you want is what we will compare ourselves with."),
        "questions": [
            {"key": "facets", "kind": "matrix", "words": _m("How well do we give you …"), "is_required": True,
             "settings": {"rows": options(what=_m("exactly what you want"), when=_m("it when you want it"), how=_m("the way to buy that you want"),
                                          price=_m("it at a price that you are willing to pay"), behind=_m("help afterwards: standing behind it")),
                          "options": options(not_at_all=_m("Not at all"), hardly=_m("Hardly"), partly=_m("Partly"), mostly=_m("Mostly"),
                                             fully=_m("Fully"))}},
            {"key": "wish", "kind": "text", "words": _m("What exactly would you want that you do not get from us?"),
             "settings": {"asks_for": "faults"}},
            {"key": "promised", "kind": "yesno", "words": _m("Did we promise you anything in the last three months?")},
            {"key": "kept", "kind": "choice", "words": _m("Was the promise kept?"), "show_if": shown_if("promised", "is", "yes"),
             "settings": {"options": options(yes=_m("Yes"), partly=_m("In part"), no=_m("No"), not_yet=_m("It is not due yet"))}},
            CONTACT,
        ],
    },
)  # fmt: skip

VALUE = Template(
    name="value",
    label=lazy_gettext("Better value elsewhere"),
    about=lazy_gettext("Whether customers could find better value elsewhere, where, and in what."),
    slug="better-value",
    document={
        "title": _m("Do you get your money’s worth here?"),
        "intro": _m("You would not be unkind to say no: it is what we want to know."),
        "thanks": _m("Thank you. We will look at that offer as you see it."),
        "questions": [
            {"key": "better_value", "kind": "choice", "words": _m("Could you find better value elsewhere?"), "is_required": True,
             "settings": {"options": options(yes=_m("Yes"), no=_m("No"), not_sure=_m("Not sure"))}},
            {"key": "where", "kind": "line", "words": _m("Where?"), "hint": _m("The name of the shop or the company."),
             "show_if": shown_if("better_value", "is", "yes", "not-sure")},
            {"key": "what", "kind": "choice", "words": _m("What would be better there?"), "hint": _m("Choose as many as apply."),
             "show_if": shown_if("better_value", "is", "yes", "not-sure"),
             "settings": {"several": True, "shuffled": True, "other": _m("Something else"),
                          "options": options(price=_m("The price"), quality=_m("The quality"), service=_m("The service"), range=_m("The choice"),
                                             closer=_m("It is closer or easier to reach"), terms=_m("The terms"))}},
            {"key": "proof", "kind": "text", "words": _m("What have you seen or heard of it?"),
             "hint": _m("An offer, a price, what a friend said."), "show_if": shown_if("better_value", "is", "yes", "not-sure"),
             "settings": {"asks_for": "open", "lines": 3}},
            {"key": "stay", "kind": "text", "words": _m("What do you get from us that you would miss?"),
             "settings": {"asks_for": "praise", "lines": 3}},
        ],
    },
)  # fmt: skip

TEMPLATES = (SATISFACTION, PURCHASE, RELATIONSHIP, EFFORT, WANTS, VALUE)
