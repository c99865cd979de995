"""Advice on a draft: bad questions are told, good ones are left alone."""

import pytest

from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.rules import parse
from survey.questionnaires.rules.advice import advice
from survey.questionnaires.rules.templates import TEMPLATES, questionnaire_from


def choice(words, *options, **more):
    offered = [{"value": f"o{number}", "words": option} for number, option in enumerate(options)]
    return {"key": "q", "kind": "choice", "words": words, "settings": {"options": offered}, **more}


def rating(words, low="Not at all satisfied", high="Very satisfied", points=5):
    settings = {"low": low, "high": high, "points": points}
    return {"key": "q", "kind": "rating", "words": words, "settings": settings}


def text(words, hint=""):
    return {"key": "q", "kind": "text", "words": words, "hint": hint}


def told(*questions, language="en", privacy="identified"):
    """What is said about questions, as one text."""
    numbered = [{**question, "key": f"q{number}"} for number, question in enumerate(questions)]
    found = parse({"title": "T", "language": language, "questions": numbered})
    return " | ".join(remark.words for remark in advice(found, privacy=privacy))


YES_NO = ("Yes", "No")

BAD = [
    (choice("Don’t you agree that our prices are fair?", *YES_NO), "suggests an answer"),
    (rating("How much did you enjoy your stay?"), "suggests an answer"),
    (rating("How friendly was our staff?", "Not friendly", "Very friendly"), "suggests an answer"),
    (choice("Most people like the new menu. As you know it is fresher. Do you like it?", *YES_NO), "suggests an answer"),
    (choice("Wouldn’t you say that the queue was short?", *YES_NO), "suggests an answer"),
    (choice("Of course you will come again, won’t you?", *YES_NO), "suggests an answer"),
    (rating("How satisfied are you with the price and the quality?"), "two questions in one"),
    (rating("How satisfied are you with our opening hours as well as our parking?"), "two questions in one"),
    (choice("Was the room clean and quiet?", *YES_NO), "two questions in one"),
    (choice("Did you find it? Did you buy it?", *YES_NO), "two questions with room for one answer"),
    (rating("How would you rate our award-winning kitchen?"), "already judges"),
    (text("Tell us about the terrible new website."), "already judges"),
    (choice("Do you always read our newsletter?", *YES_NO), "Hardly anything"),
    (choice("Have you never had to wait?", *YES_NO), "Hardly anything"),
    (rating("How was it?", "Good", "Excellent"), "Both ends of the scale are good"),
    (rating("How was it?", "Bad", "Terrible"), "Both ends of the scale are bad"),
    (choice("How was the food?", "Excellent", "Very good", "Good", "Fair", "Poor"), "leans to one side"),
    (choice("How satisfied are you?", "Very satisfied", "Satisfied", "Dissatisfied", "Very dissatisfied"), "no answer in the middle"),
    (rating("How satisfied are you with our shop?", points=4), "no middle"),
    (choice("Where did you hear of us?", "From a friend", "In the newspaper", "On a poster"), "none of these fits"),
    (choice("What did you buy?", "Bread", "Cake", "Coffee", "Sandwiches"), "none of these fits"),
    (choice("How old are you?", "Under 18", "18–30", "30–45", "Over 45"), "overlap"),
    (choice("How old are you?", "Under 18", "18–30", "36–45", "46 or over"), "something is missing"),
    (choice("How much did you spend?", "€0 to €10", "€10 to €50", "€50 or more"), "overlap"),
    (choice("How many visits?", "1-2", "3-5", "7+"), "something is missing"),
    (choice("Did you not receive our letter?", *YES_NO), "a yes can mean a no"),
    (choice("Do you disagree that we should not close on Sundays?", *YES_NO), "a yes can mean a no"),
    (text("Which touchpoints caused friction?"), "Not everybody knows"),
    (choice("Did the onboarding help?", *YES_NO), "Not everybody knows"),
    (text("When you think back to the very last time that you came to see us in the shop on the market square, what was it "
          "that you would have wanted us to do better than we did?"), "Shorter ones"),
    (text("What is your full name?"), "tells who somebody is"),
    (text("What is your phone number?"), "tells who somebody is"),
    (text("What is your e-mail address?"), "keeps the address apart"),
    ({"key": "q", "kind": "matrix", "words": "How satisfied are you with …", "settings": {
        "rows": [{"value": "a", "words": "Food"}, {"value": "b", "words": "Price"}],
        "options": [{"value": f"o{n}", "words": words} for n, words in enumerate(("Very satisfied", "Satisfied", "Dissatisfied", "Happy"))]}},
     "leans to one side"),
    (choice("What is your household income?", "Low", "High"), "nobody’s business"),
]  # fmt: skip

BAD_GERMAN = [
    (choice("Finden Sie nicht auch, dass unsere Preise fair sind?", "Ja", "Nein"), "suggests an answer"),
    (rating("Wie sehr haben Sie unseren hervorragenden Service genossen?"), "already judges"),
    (rating("Wie zufrieden sind Sie mit dem Preis und der Qualität?"), "two questions in one"),
    (choice("Lesen Sie immer unseren Newsletter?", "Ja", "Nein"), "Hardly anything"),
    (choice("Wie war das Essen?", "Ausgezeichnet", "Sehr gut", "Gut", "Schlecht"), "leans to one side"),
    (rating("Wie war es?", "Gut", "Hervorragend"), "Both ends"),
    (choice("Wie haben Sie von uns gehört?", "Freunde", "Zeitung", "Plakat"), "none of these fits"),
    (choice("Wie alt sind Sie?", "unter 18", "18 bis 30", "30 bis 45", "über 45"), "overlap"),
    (choice("Wie alt sind Sie?", "bis 17", "18 bis 30", "36 und älter"), "something is missing"),
    (choice("Haben Sie unseren Brief nicht bekommen?", "Ja", "Nein"), "a yes can mean a no"),
    (text("Welche Touchpoints haben Sie genutzt?"), "Not everybody knows"),
    (text("Wie lautet Ihre Telefonnummer?"), "tells who somebody is"),
]

GOOD = [
    {"key": "q", "kind": "nps", "words": "How likely are you to recommend us to a friend or colleague?"},
    rating("How satisfied are you with our service overall?"),
    rating("How satisfied are you with what you bought?"),
    rating("How easy or difficult was it to get what you needed?", "Very difficult", "Very easy", points=7),
    rating("The team made it easy to solve my problem.", "Strongly disagree", "Strongly agree", points=7),
    rating("How would you rate the value for money?", "Very poor", "Very good"),
    rating("How clean or dirty was the room?", "Very dirty", "Very clean"),
    rating("How long did you wait?", "Far too long", "Not long"),
    rating("How important is parking to you?", "Not at all important", "Very important"),
    rating("On a scale between 1 and 10, where do we stand?", "", "", points=10),
    text("What is the main reason for your score?", "Please name no other people."),
    text("What could we do better?"),
    text("What did you like, and what did you not like?"),
    text("Is there anything else you would like to tell us?"),
    text("Tell us in your own words"),
    text("What were you hoping for and did not get?"),
    text("What would have to change for you to come back?"),
    text("Why did you not buy anything today?"),
    choice("Did you find what you were looking for?", *YES_NO),
    choice("Did you find what you were looking for?", "Yes", "In part", "No"),
    choice("Could you find better value elsewhere?", "Yes", "No", "Not sure"),
    choice("Would you come back?", "Yes", "Perhaps", "No", "I don’t know yet"),
    choice("How did you hear of us?", "From a friend", "Search engine", "Poster", "Something else"),
    choice("What did you come for?", "Food and drinks", "A meeting", "Something else"),
    choice("How often do you visit us?", "Every day", "Every week", "Every month", "Less often"),
    choice("When were you here last?", "Today", "This week", "Longer ago"),
    choice("How old are you?", "Under 18", "18–34", "35–54", "55 or over"),
    choice("How many people work there?", "1–9", "10–49", "50–249", "250 and more"),
    choice("How much did you spend?", "Less than €10", "€10 to €49", "€50 or more"),
    choice("How was the food?", "Very good", "Good", "Neither good nor bad", "Bad", "Very bad"),
    choice("How satisfied are you?", "Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied", "Does not apply"),
    choice("Compared to others, our prices are", "Lower", "About the same", "Higher", "I cannot say, I don’t know the others"),
    choice("Which phone do you use?", "Phone 12", "Phone 15", "Another one"),
    choice("Do you agree to the terms and conditions?", *YES_NO),
    choice("Did you come with friends or family?", *YES_NO),
    choice("How many of you stayed?", "1", "2", "3", "4 or more"),
    choice("What did you like best?", "Friendly staff", "Good food", "Fast service", "Something else"),
    choice("What did you like best?", "The good food", "Nothing"),
    {"key": "q", "kind": "ranking", "words": "What matters most to you?", "settings": {"options": [
        {"value": "a", "words": "Good food"}, {"value": "b", "words": "A low price"}, {"value": "c", "words": "Fast service"}]}},
    {"key": "q", "kind": "matrix", "words": "How far is this true?", "settings": {
        "rows": [{"value": "a", "words": "Tools"}, {"value": "b", "words": "Time"}],
        "options": [{"value": f"o{n}", "words": words} for n, words in enumerate(("Not at all", "Hardly", "Partly", "Mostly", "Fully"))]}},
]  # fmt: skip

GOOD_GERMAN = [
    {"key": "q", "kind": "nps", "words": "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?"},
    rating("Wie zufrieden sind Sie insgesamt mit uns?", "Gar nicht zufrieden", "Sehr zufrieden"),
    rating("Wie leicht oder schwer war es, Hilfe zu bekommen?", "Sehr schwer", "Sehr leicht", points=7),
    rating("Das Team hat es mir leicht gemacht.", "Stimme überhaupt nicht zu", "Stimme voll und ganz zu", points=7),
    text("Was ist der wichtigste Grund für Ihre Bewertung?"),
    text("Was hat Ihnen gefallen, und was hat Ihnen nicht gefallen?"),
    choice("Haben Sie gefunden, was Sie gesucht haben?", "Ja", "Zum Teil", "Nein"),
    choice("Wie alt sind Sie?", "unter 18", "18 bis 34", "35 bis 54", "55 und älter"),
    choice("Wie haben Sie von uns gehört?", "Freunde", "Zeitung", "Etwas anderes"),
    choice("Wie war das Essen?", "Sehr gut", "Gut", "Teils, teils", "Schlecht", "Sehr schlecht"),
    choice("Wie oft kommen Sie?", "Täglich", "Wöchentlich", "Monatlich", "Seltener"),
    choice("Wo haben Sie gekauft?", "Im Laden", "Im Netz", "Weiß ich nicht mehr"),
]


@pytest.mark.parametrize(("question", "says"), BAD, ids=[question["words"][:50] for question, _ in BAD])
def test_a_bad_question_is_told(question, says):
    found = told(question)
    assert found
    assert says in found


@pytest.mark.parametrize(("question", "says"), BAD_GERMAN, ids=[question["words"][:50] for question, _ in BAD_GERMAN])
def test_a_bad_question_is_told_in_german_too(question, says):
    assert says in told(question, language="de-AT")


@pytest.mark.parametrize("question", GOOD, ids=[question["words"][:50] for question in GOOD])
def test_a_good_question_is_left_alone(question):
    assert told(question) == ""


@pytest.mark.parametrize("question", GOOD_GERMAN, ids=[question["words"][:50] for question in GOOD_GERMAN])
def test_a_good_question_is_left_alone_in_german(question):
    assert told(question, language="de") == ""


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_needs_advice(name):
    made = questionnaire_from(TEMPLATES[name], title=None, reasons=None)
    for privacy in ("identified", "confidential", "anonymous"):
        assert advice(made, privacy=privacy) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_question_of_any_kind_needs_none(kind):
    made = parse({"title": "T", "questions": [{"key": "q", "kind": kind, "words": KINDS[kind].words}]})
    assert advice(made, privacy="identified") == []


def test_a_survey_that_takes_too_long_is_told_once():
    assert "stop in the middle" in told(*[text("What was it like?")] * 20)
    assert told(*[text("What was it like?")] * 10) == ""


def test_demanding_too_much_is_told():
    needed = [{**text("What was it like?"), "is_required": True}] * 4
    assert "4 of 5 questions must be answered" in told(*needed, text("What else?"))
    assert told(*needed, *[text("What else?")] * 4) == ""


def test_an_anonymous_survey_does_not_ask_for_an_address():
    assert "breaks that promise" in told(text("What is your e-mail address?"), privacy="anonymous")


def test_advice_names_its_place_and_words_of_other_languages_are_not_judged():
    made = parse(
        {
            "title": "T",
            "questions": [{**text("What?"), "key": "a"}, {**choice("Do you always agree?", *YES_NO), "key": "b"}],
        }
    )
    assert [remark.place for remark in advice(made, privacy="identified")] == ["b"]
    assert told(choice("N’êtes-vous pas d’accord ?", "Oui", "Non"), language="fr") == ""


def test_what_is_put_into_words_is_not_judged():
    assert told(text("Last time you said {q0|always}. What was it?")) == ""
