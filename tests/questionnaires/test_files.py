"""Surveys as files: out and in again exactly; what is corrupt is refused with place and reason, and makes nothing."""

import copy
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from survey.foundation.errors import Refused
from survey.questionnaires import queries
from survey.questionnaires.rules import files, parse
from survey.questionnaires.rules.schema import survey_schema
from survey.questionnaires.rules.templates import TEMPLATES, questionnaire_from
from tests.factories.drafts import make_survey
from tests.factories.people import csrf_token, sign_in
from tests.factories.surveys import EVERY_KIND

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = Draft202012Validator(survey_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
CONDITION = {"question": "nps", "test": "at_most", "values": ["6"]}
FULL = {
    "hearback_survey": 1,
    "slug": "full",
    "purpose": "other",
    "privacy": "confidential",
    "questionnaire": {
        **EVERY_KIND,
        "layout": "sections",
        "questions": [{**one, "show_if": {"match": "any", "conditions": [CONDITION]}} if one["key"] == "why" else one
                      for one in EVERY_KIND["questions"]],
        "endings": [{"key": "sorry", "words": "We are sorry.", "after": "nps", "when": {"match": "all", "conditions": [CONDITION]}}],
        "translations": {"ar": {"": {"title": "كيف؟"}, "nps": {"words": "هل توصي بنا؟"}, "ending.sorry": {"words": "آسفون"}}},
    },
}  # fmt: skip


def full():
    return copy.deepcopy(FULL)


def of_template(name):
    template = TEMPLATES[name]
    asked = questionnaire_from(template, title="Füße “im” Schuh\t☂", reasons=None)
    return files.SurveyFile("from-template", template.purpose, template.privacy, asked)


# ---- round trip -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_goes_out_and_comes_in_again_exactly(name):
    content = files.written(of_template(name))
    assert files.read(content) == of_template(name)
    assert files.written(files.read(content)) == content
    SCHEMA.validate(json.loads(content))


def test_a_file_with_everything_comes_back_exactly():
    content = files.written(files.read(json.dumps(FULL)))
    assert files.written(files.read(content)) == content
    assert json.loads(content)["questionnaire"]["translations"] == FULL["questionnaire"]["translations"]
    SCHEMA.validate(FULL)
    SCHEMA.validate(json.loads(content))


def test_a_file_may_say_little():
    little = {"hearback_survey": 1, "slug": "little", "questionnaire": {"questions": [{"key": "nps", "kind": "nps"}]}}
    found = files.read(json.dumps({"$schema": "survey.schema.json", **little}))
    assert (found.purpose, found.privacy) == ("other", "identified")
    SCHEMA.validate(little)


def test_the_schema_that_is_handed_out_is_the_one_that_holds():
    Draft202012Validator.check_schema(survey_schema())
    assert json.loads((DOCS / "survey.schema.json").read_text()) == survey_schema(), (
        "write it anew: flask --app wsgi surveys schema > docs/survey.schema.json"
    )


# ---- corruption -----------------------------------------------------------------------------------------------------


def at(*path, put):
    """Put a value at a place of the file."""

    def corrupt(document):
        inner = document
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = put

    return corrupt


def without(*path):
    def corrupt(document):
        inner = document
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]

    return corrupt


Q = ("questionnaire", "questions")
KEYS = [one["key"] for one in EVERY_KIND["questions"]]
NPS, WHY, RATING, USED, REASONS = (KEYS.index(key) for key in ("nps", "why", "rating", "used", "reasons"))
STARS, HEARD, EACH, HOURS, DAY = (KEYS.index(key) for key in ("stars", "heard", "each", "hours", "day"))
A_OPTION = {"value": "web", "words": "The web"}
TWICE = "what a schema cannot say"
# what is done -> the place, and the reason, that the refusal must name; TWICE where a schema cannot say it
CORRUPTIONS = [
    (at("hearback_survey", put=2), "hearback_survey:", ""),
    (at("hearback_survey", put=True), "hearback_survey:", ""),
    (without("hearback_survey"), "hearback_survey:", ""),
    (at("answers", put=[]), "answers: this is not known", ""),
    (at("slug", put="New"), "slug: an address", ""),
    (at("slug", put="new"), "slug: an address", ""),
    (at("slug", put=None), "slug: an address", ""),
    (without("slug"), "slug: an address", ""),
    (at("purpose", put="fun"), "purpose: one of", ""),
    (at("privacy", put=["anonymous"]), "privacy: one of", ""),
    (without("questionnaire"), "the questionnaire: an object", ""),
    (at("questionnaire", put=[]), "the questionnaire: an object", ""),
    (at("questionnaire", "colour", put="red"), "the questionnaire: “colour” is not known", ""),
    (at("questionnaire", "title", put=3), "title: a text", ""),
    (at("questionnaire", "title", put="x" * 121), "title: This is 121 characters", ""),
    (at("questionnaire", "language", put="English"), "language: a code", ""),
    (at("questionnaire", "layout", put="book"), "layout: one of", ""),
    (at("questionnaire", "questions", put={}), "questions: a list", ""),
    (at("questionnaire", "questions", put=[{"key": "a", "kind": "nps"}] * 51), "questions: a list of at most 50", ""),
    (at(*Q, 1, put="nps"), "questions[1]: an object", ""),
    (at(*Q, 1, "points", put=5), "questions[1]: “points” is not known", ""),
    (at(*Q, 1, "key", put="Why"), "questions[1].key: small letters", ""),
    (without(*Q, 1, "key"), "questions[1].key: small letters", ""),
    (at(*Q, 1, "key", put="nps"), "questions[1].key: “nps” is there twice", TWICE),
    (at(*Q, 1, "kind", put="star"), "questions[1].kind: there is no kind “star”", ""),
    (at(*Q, 1, "kind", put=["text"]), "questions[1].kind: there is no kind", ""),
    (at(*Q, 1, "words", put=None), "questions[1].words: a text", ""),
    (at(*Q, 1, "words", put="x" * 301), "questions[1].words: This is 301 characters", ""),
    (at(*Q, 1, "words", put="\ud800"), "questions[1].words: This contains characters", TWICE),
    (at(*Q, 1, "is_required", put="yes"), "questions[1].is_required: true or false", ""),
    (at(*Q, 1, "settings", put=[]), "questions[1].settings: an object", ""),
    (at(*Q, 1, "settings", put={"shape": "round"}), "questions[1].settings: “shape” is not known", ""),
    (at(*Q, RATING, "settings", put={"points": 11}), f"questions[{RATING}].settings.points:", ""),
    (at(*Q, RATING, "settings", put={"points": "5"}), f"questions[{RATING}].settings.points:", ""),
    (at(*Q, STARS, "settings", "look", put="moons"), f"questions[{STARS}].settings.look:", ""),
    (at(*Q, STARS, "settings", "grades", put=["Bad", "Good"]), f"questions[{STARS}].settings.grades:", ""),
    (at(*Q, USED, "settings", "several", put=1), f"questions[{USED}].settings.several:", ""),
    (at(*Q, USED, "settings", "options", put=[A_OPTION, A_OPTION]), f"questions[{USED}].settings.options:", TWICE),
    (at(*Q, USED, "settings", "options", 0, "value", put="a b"), f"questions[{USED}].settings.options:", ""),
    (without(*Q, USED, "settings", "options", 0, "words"), f"questions[{USED}].settings.options:", ""),
    (at(*Q, USED, "settings", "options", put=[A_OPTION] * 31), f"questions[{USED}].settings.options:", ""),
    (at(*Q, HEARD, "settings", "none", put="x" * 201), f"questions[{HEARD}].settings.none:", ""),
    (at(*Q, EACH, "settings", "rows", put="all"), f"questions[{EACH}].settings.rows:", ""),
    (at(*Q, REASONS, "settings", "options", 0, "code", put="QQ"), f"questions[{REASONS}].settings.options:", ""),
    (at(*Q, HOURS, "settings", "highest", put="many"), f"questions[{HOURS}].settings.highest:", ""),
    (at(*Q, HOURS, "settings", "highest", put=2_000_000_000), f"questions[{HOURS}].settings.highest:", ""),
    (at(*Q, DAY, "settings", "earliest", put="01.02.2020"), f"questions[{DAY}].settings.earliest:", ""),
    (at(*Q, DAY, "settings", "earliest", put="2026-02-30"), f"questions[{DAY}].settings.earliest:", ""),
    (at(*Q, WHY, "show_if", put=[]), f"questions[{WHY}].show_if: an object", ""),
    (at(*Q, WHY, "show_if", "match", put="some"), f"questions[{WHY}].show_if.match: one of", ""),
    (at(*Q, WHY, "show_if", "conditions", put=[]), f"questions[{WHY}].show_if.conditions: at least one", ""),
    (at(*Q, WHY, "show_if", "conditions", 0, "test", put="like"), f"questions[{WHY}].show_if.conditions[0].test:", ""),
    (at(*Q, WHY, "show_if", "conditions", 0, "values", put=[6]), f"questions[{WHY}].show_if.conditions[0].values[0]:", ""),
    (without(*Q, WHY, "show_if", "conditions", 0, "question"), f"questions[{WHY}].show_if.conditions[0].question:", ""),
    (at("questionnaire", "endings", 0, "key", put=""), "endings[0].key: small letters", ""),
    (at("questionnaire", "endings", 0, "after", put=3), "endings[0].after:", ""),
    (at("questionnaire", "endings", 0, "words", put=["We"]), "endings[0].words: a text", ""),
    (at("questionnaire", "endings", 0, "when", put={}), "endings[0].when.conditions:", ""),
    (at("questionnaire", "endings", put=[FULL["questionnaire"]["endings"][0]] * 2), "endings[1].key: “sorry” is there twice", TWICE),
    (at("questionnaire", "translations", put=[]), "translations: an object", ""),
    (at("questionnaire", "translations", put={"Klingon": {}}), "translations: a code", ""),
    (at("questionnaire", "translations", "ar", put=[]), "translations.ar: an object", ""),
    (at("questionnaire", "translations", "ar", "nps", put="?"), "translations.ar: an object", ""),
    (at("questionnaire", "translations", "ar", "nps", "words", put=1), "translations.ar.nps.words: a text", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("corrupt", "said", "beyond"), CORRUPTIONS, ids=[f"{n}: {row[1]}" for n, row in enumerate(CORRUPTIONS)]
)
def test_a_corrupt_file_is_refused_with_place_and_reason(corrupt, said, beyond):
    document = full()
    corrupt(document)
    with pytest.raises(Refused) as refused:
        files.read(json.dumps(document))
    assert str(refused.value).startswith(said)
    assert SCHEMA.is_valid(document) == bool(beyond)


@pytest.mark.parametrize(("content", "said"), [
    (b"", "Line 1, column 1: this is not JSON"),
    (b'{"hearback_survey": 1,\n "slug": }', "Line 2, column 10: this is not JSON"),
    (b'{"hearback_survey": 1', "Line 1"),
    (b"[]", "The file must hold one object"),
    (b"[" * 100_000, "This is not JSON that can be read"),
    (b'{"hearback_survey": ' + b"1" * 5_000 + b"}", "This is not JSON that can be read"),
    (b'{"hearback_survey": 1, "slug": "a", "slug": "b"}', "“slug” is there twice"),
    (b'{"hearback_survey": NaN}', "NaN is not a number"),
    (b'{"hearback_survey": -Infinity}', "-Infinity is not a number"),
    (b"\xff\xfe{\x00", "Byte 1: the file is not UTF-8"),
    (b'{"slug": "caf\xe9"}', "Byte 14: the file is not UTF-8"),
    (b" " * (files.FILE_LIMIT + 1), "The file has 2,000,001 bytes"),
    (b"PK\x03\x04", "Line 1, column 1: this is not JSON"),
])  # fmt: skip
def test_what_is_no_file_of_ours_is_refused_with_place_and_reason(content, said):
    with pytest.raises(Refused) as refused:
        files.read_bytes(content)
    assert str(refused.value).startswith(said)


def test_a_mark_at_the_beginning_of_the_file_is_none_of_its_words():
    assert files.read_bytes(b"\xef\xbb\xbf" + json.dumps(FULL).encode()).slug == "full"


def _paths(value, before=()):
    yield before
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield from _paths(one, (*before, step))


PLACES = [path for path in _paths(FULL) if path]
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)  # fmt: skip
NOT_FOR_A_SCHEMA = (
    "there twice",
    "have the same",
    "characters that are not valid",
    "a code such as",
    "must be made of",
    "whole number",
)


def taken(document):
    """What is read of a document; the sentence where it is refused."""
    try:
        return files.read(json.dumps(document))
    except Refused as refused:
        return str(refused)


@given(place=st.sampled_from(PLACES), junk=JUNK)
def test_whatever_is_put_anywhere_is_taken_or_refused_and_the_schema_agrees(place, junk):
    document = full()
    at(*place, put=junk)(document)
    found = taken(document)
    if isinstance(found, str):
        assert not SCHEMA.is_valid(document) or any(words in found for words in NOT_FOR_A_SCHEMA), (place, junk, found)
    else:
        assert files.read(files.written(found)) == found


# ---- the doors ------------------------------------------------------------------------------------------------------


def run(app, *words):
    return app.test_cli_runner().invoke(args=["surveys", *words])


def test_commands_hand_out_and_read_in_and_make_nothing_of_a_corrupt_file(app, tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(FULL))
    bad.write_text(json.dumps({**FULL, "slug": "bad", "privacy": "open"}))
    assert run(app, "import", str(good)).exit_code == 0
    refused = run(app, "import", str(bad))
    assert (refused.exit_code, refused.output) == (
        1,
        "Error: privacy: one of identified, confidential, anonymous is needed.\n",
    )
    assert [one.slug for one in queries.all_surveys()] == ["full"]
    out = run(app, "export", "full").output
    assert out == files.written(files.read(out)) + "\n"
    assert queries.survey_by_slug("full").draft == json.loads(out)["questionnaire"]
    assert json.loads(run(app, "schema").output) == survey_schema()


@pytest.fixture
def staff(client):
    sign_in(client, "staff")
    return client


def upload(client, content):
    chosen = FileStorage(io.BytesIO(content), "survey.json", "file", "application/json")
    boundary, body = encode_multipart({"csrf_token": csrf_token(client, "/surveys/from-file"), "file": chosen})
    return client.post("/surveys/from-file", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def test_a_browser_downloads_a_survey_and_reads_it_in_again(staff):
    make_survey("exit", slug="bye")
    sent = staff.get("/surveys/bye/survey.json")
    assert sent.headers["Content-Disposition"] == 'attachment; filename="bye.json"'
    assert upload(staff, sent.data).location == "/surveys/bye-2/edit"
    copy, original = queries.survey_by_slug("bye-2"), queries.survey_by_slug("bye")
    assert (copy.draft, copy.purpose, copy.versions) == (original.draft, "exit", [])
    assert "survey.json" in staff.get("/surveys/bye").text
    assert "/surveys/from-file" in staff.get("/surveys/new").text


@pytest.mark.parametrize(("content", "said"), [
    (b"{", "Line 1, column 2"), (json.dumps({**FULL, "purpose": "fun"}).encode(), "purpose: one of"),
    (b" " * (files.FILE_LIMIT + 1), "2,000,001 bytes"), (b"", "not JSON"),
])  # fmt: skip
def test_a_browser_is_told_what_is_wrong_with_a_file_and_nothing_is_made(staff, content, said):
    answer = upload(staff, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert queries.all_surveys() == []


def test_a_file_far_too_large_is_not_even_read(staff):
    assert upload(staff, b" " * 5_000_000).status_code == 413


def test_no_file_at_all_is_told(staff):
    answer = staff.post("/surveys/from-file", data={"csrf_token": csrf_token(staff, "/surveys/from-file")})
    assert (answer.status_code, "Choose a file." in answer.text) == (422, True)


def test_a_draft_without_words_can_be_handed_on_too():
    asked = parse({"title": "", "questions": []})
    SCHEMA.validate(json.loads(files.written(files.SurveyFile("empty", "other", "identified", asked))))
