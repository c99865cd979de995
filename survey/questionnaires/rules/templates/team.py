"""For the people who work here: asked, or asking."""

from survey.foundation.language import lazy_gettext
from survey.foundation.language import marked as _m
from survey.questionnaires.rules.templates.values import TEAM, Template, options

AGREE = options(no=_m("Not at all"), hardly=_m("Hardly"), partly=_m("Partly"), mostly=_m("Mostly"), fully=_m("Fully"))

PULSE = Template(
    name="pulse",
    label=lazy_gettext("Employee pulse"),
    about=lazy_gettext("For employees, confidentially: what keeps them from serving customers well, and whether they are heard."),
    slug="pulse",
    group=TEAM,
    privacy="confidential",
    document={
        "title": _m("What keeps you from serving customers well?"),
        "intro": _m("Answers are shown in groups only, never one alone."),
        "thanks": _m("Thank you. What changes because of it is told to all of you."),
        "questions": [
            {"key": "recommend", "kind": "nps", "words": _m("How likely are you to recommend working here to a friend?")},
            {"key": "facets", "kind": "matrix", "words": _m("How far is this true?"),
             "settings": {"options": AGREE,
                          "rows": options(tools=_m("I have what I need to serve customers well"), heard=_m("My suggestions get an answer"),
                                          decide=_m("I may decide what a customer needs at once"), proud=_m("I would buy here myself"))}},
            {"key": "obstacle", "kind": "text", "words": _m("What gets in your way most often?"), "settings": {"asks_for": "faults"}},
            {"key": "customers", "kind": "text", "words": _m("What do customers tell you that nobody above you hears?"),
             "settings": {"asks_for": "faults", "lines": 3}},
            {"key": "idea", "kind": "text", "words": _m("What would you change first?"), "settings": {"asks_for": "open", "lines": 3}},
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
        "title": _m("A talk with a customer whom we lost"),
        "intro": _m("Filled in by whoever made the call, while it is fresh. First listen; offer nothing before they have been heard."),
        "thanks": _m("Written down. Thank you for listening."),
        "layout": "sections",
        "questions": [
            {"key": "listen", "kind": "section", "words": _m("Listen"),
             "settings": {"text": _m("“You left us, and I would like to understand why. I am not calling to win you back today.” Then be quiet.")}},
            {"key": "day", "kind": "date", "words": _m("On which day did you talk?")},
            {"key": "words", "kind": "text", "words": _m("Why they left, in their own words"), "is_required": True,
             "hint": _m("As they said it. No names of colleagues."), "settings": {"asks_for": "faults", "lines": 6}},
            {"key": "expected", "kind": "text", "words": _m("What they had expected instead"), "settings": {"asks_for": "open", "lines": 3}},
            {"key": "playback", "kind": "section", "words": _m("Say it back"),
             "settings": {"text": _m("“If I understood you well, you left because … Is that right?” Ask until they say yes.")}},
            {"key": "understood", "kind": "choice", "words": _m("Did they say that you understood?"), "is_required": True,
             "settings": {"options": options(yes=_m("Yes"), partly=_m("In part"), no=_m("No"), not_asked=_m("I did not ask"))}},
            {"key": "reasons", "kind": "reasons", "words": _m("The reason that mattered most"), "hint": _m("As they see it, not as we do.")},
            {"key": "where", "kind": "line", "words": _m("Where they went"), "hint": _m("Empty where they did not say.")},
            {"key": "next", "kind": "section", "words": _m("What follows")},
            {"key": "scope", "kind": "choice", "words": _m("Is this theirs alone, or would others leave for it too?"),
             "settings": {"options": options(one_off=_m("Theirs alone"), systemic=_m("Others too"), not_sure=_m("I cannot tell"))}},
            {"key": "prevent", "kind": "text", "words": _m("What would have kept them"), "settings": {"asks_for": "open", "lines": 3}},
            {"key": "promise", "kind": "text", "words": _m("What you promised, and until when"), "settings": {"asks_for": "open", "lines": 2}},
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
        "title": _m("I was a customer of ours"),
        "intro": _m("Go where nobody knows you, or ask a friend to. Write down what happened, not who was there."),
        "thanks": _m("Written down. What you met can become an improvement."),
        "questions": [
            {"key": "day", "kind": "date", "words": _m("On which day?")},
            {"key": "journey", "kind": "choice", "words": _m("What did you do?"), "is_required": True,
             "settings": {"other": _m("Something else"),
                          "options": options(visit=_m("Visited"), call=_m("Called"), order=_m("Ordered"), wrote=_m("Wrote"), complained=_m("Complained"))}},
            {"key": "wanted", "kind": "line", "words": _m("What did you want?")},
            {"key": "got", "kind": "choice", "words": _m("Did you get it?"),
             "settings": {"options": options(yes=_m("Yes"), partly=_m("In part"), no=_m("No"))}},
            {"key": "waited", "kind": "number", "words": _m("How long did you wait in all?"),
             "settings": {"lowest": 0, "unit": _m("minutes")}},
            {"key": "effort", "kind": "ces", "words": _m("It was easy to get what I wanted.")},
            {"key": "friction", "kind": "text", "words": _m("What was in the way?"), "hint": _m("Things and rules, no names."),
             "settings": {"asks_for": "faults"}},
            {"key": "good", "kind": "text", "words": _m("What was good?"), "settings": {"asks_for": "praise", "lines": 3}},
            {"key": "again", "kind": "yesno", "words": _m("Would you buy here again?")},
        ],
    },
)  # fmt: skip

TEMPLATES = (PULSE, INTERVIEW, MYSTERY)
