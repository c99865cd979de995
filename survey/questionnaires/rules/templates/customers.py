"""For people who are customers now."""

from survey.foundation.language import lazy_gettext
from survey.questionnaires.rules.templates.values import Template, options, shown_if

CONTACT = {"key": "contact", "kind": "contact", "words": "May we write to you about it?",
           "hint": "Your address is kept apart from your answers."}  # fmt: skip

SATISFACTION = Template(
    name="satisfaction",
    label=lazy_gettext("Satisfaction"),
    about=lazy_gettext("Would they recommend you, why, and how satisfied are they."),
    slug="satisfaction",
    purpose="satisfaction",
    document={
        "title": "How are we doing?",
        "intro": "Tell us how it really is, good or bad.",
        "thanks": "Thank you. Somebody will read every word of this.",
        "questions": [
            {"key": "nps", "kind": "nps", "words": "How likely are you to recommend us to a friend?", "is_required": True},
            {"key": "reason", "kind": "text", "words": "What is the main reason for your score?",
             "hint": "Please name no other people.", "settings": {"asks_for": "open"}},
            {"key": "rating", "kind": "rating", "words": "How satisfied are you with our service overall?"},
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
        "title": "How was your purchase?",
        "intro": "It is still fresh: tell us how it was.",
        "thanks": "Thank you. Somebody will read every word of this.",
        "questions": [
            {"key": "satisfaction", "kind": "csat", "words": "How satisfied are you with what you bought?", "is_required": True},
            {"key": "wrong", "kind": "choice", "words": "What was not as you wanted it?", "hint": "Choose as many as apply.",
             "settings": {"several": True, "shuffled": True, "other": "Something else", "none": "Nothing: all was as I wanted it",
                          "options": options(thing="What I bought", price="The price", delivery="The delivery",
                                             advice="The advice", website="The website", waiting="The waiting")}},
            {"key": "reason", "kind": "text", "words": "What is the main reason for your answer?",
             "hint": "Please name no other people.", "settings": {"asks_for": "open"}},
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
        "title": "How do we do for you?",
        "intro": "We ask all our customers twice a year.",
        "thanks": "Thank you. Somebody will read every word of this.",
        "questions": [
            {"key": "nps", "kind": "nps", "words": "How likely are you to recommend us to a friend or colleague?", "is_required": True},
            {"key": "reason", "kind": "text", "words": "What is the main reason for your score?",
             "hint": "Please name no other people.", "settings": {"asks_for": "open"}},
            {"key": "facets", "kind": "matrix", "words": "How satisfied are you with …",
             "settings": {"rows": options(quality="What you get from us", value="What you get for your money",
                                          people="How our people treat you", ease="How easy we are to deal with",
                                          repair="How we put things right")}},
            {"key": "better", "kind": "text", "words": "What is one thing that we should do better?",
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
        "title": "About your request",
        "intro": "You asked us for help not long ago.",
        "thanks": "Thank you. What is still open will be looked at.",
        "questions": [
            {"key": "effort", "kind": "ces", "words": "The company made it easy for me to handle my request.", "is_required": True},
            {"key": "settled", "kind": "yesno", "words": "Is your request settled now?"},
            {"key": "open", "kind": "text", "words": "What is still open?", "show_if": shown_if("settled", "is", "no"),
             "settings": {"asks_for": "faults", "lines": 3}},
            {"key": "reason", "kind": "text", "words": "What made it easy or hard?", "hint": "Please name no other people.",
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
        "title": "What exactly do you want from us?",
        "intro": "Not what we think you want: what you want.",
        "thanks": "Thank you. What you want is what we will compare ourselves with.",
        "questions": [
            {"key": "facets", "kind": "matrix", "words": "How well do we give you …", "is_required": True,
             "settings": {"rows": options(what="exactly what you want", when="it when you want it", how="the way to buy that you want",
                                          price="it at a price that you are willing to pay", behind="help afterwards: standing behind it"),
                          "options": options(not_at_all="Not at all", hardly="Hardly", partly="Partly", mostly="Mostly",
                                             fully="Fully")}},
            {"key": "wish", "kind": "text", "words": "What exactly would you want that you do not get from us?",
             "settings": {"asks_for": "faults"}},
            {"key": "promised", "kind": "yesno", "words": "Did we promise you anything in the last three months?"},
            {"key": "kept", "kind": "choice", "words": "Was the promise kept?", "show_if": shown_if("promised", "is", "yes"),
             "settings": {"options": options(yes="Yes", partly="In part", no="No", not_yet="It is not due yet")}},
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
        "title": "Do you get your money’s worth here?",
        "intro": "You would not be unkind to say no: it is what we want to know.",
        "thanks": "Thank you. We will look at that offer as you see it.",
        "questions": [
            {"key": "better_value", "kind": "choice", "words": "Could you find better value elsewhere?", "is_required": True,
             "settings": {"options": options(yes="Yes", no="No", not_sure="Not sure")}},
            {"key": "where", "kind": "line", "words": "Where?", "hint": "The name of the shop or the company.",
             "show_if": shown_if("better_value", "is", "yes", "not-sure")},
            {"key": "what", "kind": "choice", "words": "What would be better there?", "hint": "Choose as many as apply.",
             "show_if": shown_if("better_value", "is", "yes", "not-sure"),
             "settings": {"several": True, "shuffled": True, "other": "Something else",
                          "options": options(price="The price", quality="The quality", service="The service", range="The choice",
                                             closer="It is closer or easier to reach", terms="The terms")}},
            {"key": "proof", "kind": "text", "words": "What have you seen or heard of it?",
             "hint": "An offer, a price, what a friend said.", "show_if": shown_if("better_value", "is", "yes", "not-sure"),
             "settings": {"asks_for": "open", "lines": 3}},
            {"key": "stay", "kind": "text", "words": "What do you get from us that you would miss?",
             "settings": {"asks_for": "praise", "lines": 3}},
        ],
    },
)  # fmt: skip

TEMPLATES = (SATISFACTION, PURCHASE, RELATIONSHIP, EFFORT, WANTS, VALUE)
