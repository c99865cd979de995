"""For the people who work here: asked, or asking."""

from survey.foundation.language import lazy_gettext
from survey.questionnaires.rules.templates.values import TEAM, Template, options

AGREE = options(no="Not at all", hardly="Hardly", partly="Partly", mostly="Mostly", fully="Fully")

PULSE = Template(
    name="pulse",
    label=lazy_gettext("Employee pulse"),
    about=lazy_gettext("For employees, confidentially: what keeps them from serving customers well, and whether they are heard."),
    slug="pulse",
    group=TEAM,
    privacy="confidential",
    document={
        "title": "What keeps you from serving customers well?",
        "intro": "Answers are shown in groups only, never one alone.",
        "thanks": "Thank you. What changes because of it is told to all of you.",
        "questions": [
            {"key": "recommend", "kind": "nps", "words": "How likely are you to recommend working here to a friend?"},
            {"key": "facets", "kind": "matrix", "words": "How far is this true?",
             "settings": {"options": AGREE,
                          "rows": options(tools="I have what I need to serve customers well", heard="My suggestions get an answer",
                                          decide="I may decide what a customer needs at once", proud="I would buy here myself")}},
            {"key": "obstacle", "kind": "text", "words": "What gets in your way most often?", "settings": {"asks_for": "faults"}},
            {"key": "customers", "kind": "text", "words": "What do customers tell you that nobody above you hears?",
             "settings": {"asks_for": "faults", "lines": 3}},
            {"key": "idea", "kind": "text", "words": "What would you change first?", "settings": {"asks_for": "open", "lines": 3}},
        ],
    },
)  # fmt: skip

INTERVIEW = Template(
    name="interview",
    label=lazy_gettext("Talk with a lost customer"),
    about=lazy_gettext("A guide for whoever calls a lost customer: listen first, say it back, write down their words."),
    slug="lost-customer-talk",
    group=TEAM,
    reasons_key="reasons",
    document={
        "title": "A talk with a customer whom we lost",
        "intro": "Filled in by whoever made the call, while it is fresh. First listen; offer nothing before they have been heard.",
        "thanks": "Written down. Thank you for listening.",
        "layout": "sections",
        "questions": [
            {"key": "listen", "kind": "section", "words": "Listen",
             "settings": {"text": "“You left us, and I would like to understand why. I am not calling to win you back today.” Then be quiet."}},
            {"key": "day", "kind": "date", "words": "On which day did you talk?"},
            {"key": "words", "kind": "text", "words": "Why they left, in their own words", "is_required": True,
             "hint": "As they said it. No names of colleagues.", "settings": {"asks_for": "faults", "lines": 6}},
            {"key": "expected", "kind": "text", "words": "What they had expected instead", "settings": {"asks_for": "open", "lines": 3}},
            {"key": "playback", "kind": "section", "words": "Say it back",
             "settings": {"text": "“If I understood you well, you left because … Is that right?” Ask until they say yes."}},
            {"key": "understood", "kind": "choice", "words": "Did they say that you understood?", "is_required": True,
             "settings": {"options": options(yes="Yes", partly="In part", no="No", not_asked="I did not ask")}},
            {"key": "reasons", "kind": "reasons", "words": "The reason that mattered most", "hint": "As they see it, not as we do."},
            {"key": "where", "kind": "line", "words": "Where they went", "hint": "Empty where they did not say."},
            {"key": "next", "kind": "section", "words": "What follows"},
            {"key": "scope", "kind": "choice", "words": "Is this theirs alone, or would others leave for it too?",
             "settings": {"options": options(one_off="Theirs alone", systemic="Others too", not_sure="I cannot tell")}},
            {"key": "prevent", "kind": "text", "words": "What would have kept them", "settings": {"asks_for": "open", "lines": 3}},
            {"key": "promise", "kind": "text", "words": "What you promised, and until when", "settings": {"asks_for": "open", "lines": 2}},
        ],
    },
)  # fmt: skip

MYSTERY = Template(
    name="mystery",
    label=lazy_gettext("Be your own customer"),
    about=lazy_gettext("For a visit, a call or an order as if you were a customer: what you met on the way."),
    slug="own-customer",
    group=TEAM,
    document={
        "title": "I was a customer of ours",
        "intro": "Go where nobody knows you, or ask a friend to. Write down what happened, not who was there.",
        "thanks": "Written down. What you met can become an improvement.",
        "questions": [
            {"key": "day", "kind": "date", "words": "On which day?"},
            {"key": "journey", "kind": "choice", "words": "What did you do?", "is_required": True,
             "settings": {"other": "Something else",
                          "options": options(visit="Visited", call="Called", order="Ordered", wrote="Wrote", complained="Complained")}},
            {"key": "wanted", "kind": "line", "words": "What did you want?"},
            {"key": "got", "kind": "choice", "words": "Did you get it?",
             "settings": {"options": options(yes="Yes", partly="In part", no="No")}},
            {"key": "waited", "kind": "number", "words": "How long did you wait in all?",
             "settings": {"lowest": 0, "unit": "minutes"}},
            {"key": "effort", "kind": "ces", "words": "It was easy to get what I wanted."},
            {"key": "friction", "kind": "text", "words": "What was in the way?", "hint": "Things and rules, no names.",
             "settings": {"asks_for": "faults"}},
            {"key": "good", "kind": "text", "words": "What was good?", "settings": {"asks_for": "praise", "lines": 3}},
            {"key": "again", "kind": "yesno", "words": "Would you buy here again?"},
        ],
    },
)  # fmt: skip

TEMPLATES = (PULSE, INTERVIEW, MYSTERY)
