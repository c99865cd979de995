"""Whatever is sent to a survey is answered in words: never a fault, and what was typed comes back exactly."""

import json
import re
from html import unescape
from urllib.parse import urlsplit
from uuid import UUID

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from survey.foundation.clock import now
from survey.foundation.csv import unsafe
from survey.foundation.db import db, write
from survey.questionnaires.actions import create, publish
from survey.questionnaires.kinds.table import KINDS
from survey.questionnaires.queries import newest_version, questionnaire_of
from survey.responses.exports import csv_lines, export_of, json_lines
from survey.responses.models import Response
from survey.responses.queries import response
from tests.factories.people import sign_in
from tests.factories.surveys import EVERY_KIND, hidden, with_questions

CALM = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Values that mean something to some kind, among whatever else can be typed.
VALUES = st.one_of(
    st.sampled_from(["", "yes", "no", "other", "none", "0", "3", "5", "10", "-1", "1e9", "Z2", "P1", "web", "shop", "2026-02-30", "٣",
                     "bo@example.org", "a" * 10_001, "\x00", "\ud800", "1,5", "NaN", "<script>", "=1+1", "\u202e"]),
    st.text(max_size=30),
)  # fmt: skip


def _names(questions):
    """The names of all inputs, and some that are nobody's."""
    parts = [f"{one.key}.{part}" for one in questions for part in KINDS[one.kind].parts(one)]
    return (
        [one.key for one in questions]
        + parts
        + ["nps.nothing", "form.page", "form.go", "form.version", "form.token", "x", "nps.", "."]
    )


def _encoded(fields):
    return {
        name: [value.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for value in values]
        for name, values in fields.items()
    }


def test_no_form_is_a_fault(client):
    survey = with_questions(EVERY_KIND["questions"])
    questions = questionnaire_of(newest_version(survey.id)).questions
    page = hidden(client.get("/s/spring").text)
    fields = st.dictionaries(st.sampled_from(_names(questions)), st.lists(VALUES, max_size=3), max_size=12)

    @CALM
    @given(fields)
    @example({"nps": ["9"], "form.token": ["x"]})
    def send(sent):
        answer = client.post("/s/spring", data={**page, **_encoded(sent)})
        assert answer.status_code in (200, 303, 413, 422), answer.status_code

    send()


def test_no_way_through_several_pages_is_a_fault(client):
    shown_if = {"match": "any", "conditions": [{"question": "nps", "test": "at_most", "values": ["6"]}]}
    questions = [{**one, "show_if": shown_if} if one["kind"] == "text" else one for one in EVERY_KIND["questions"]]

    def make():
        publish(
            create(
                "walk",
                purpose="other",
                document={**EVERY_KIND, "layout": "questions", "questions": questions},
                now=now(),
            ),
            now=now(),
        )

    write(make)
    pages = st.sampled_from(["", "0", "1", "2", "3", "9", "-1", "x", "999999"])
    buttons = st.sampled_from(["next", "back", "later", "anew", "send", ""])
    steps = st.lists(st.tuples(buttons, pages, st.sampled_from(["", "3", "9", "x"]), VALUES), min_size=1, max_size=6)

    @CALM
    @given(steps)
    def walk(taken):
        token = hidden(client.get("/s/walk").text)["form.token"]
        for go, page, grade, words in taken:
            sent = {
                "form.token": token,
                "form.version": "1",
                "form.go": go,
                "form.page": page,
                "nps": grade,
                "why": words,
            }
            answer = client.post("/s/walk", data=_encoded({name: [value] for name, value in sent.items()}))
            assert answer.status_code in (200, 303, 413, 422), answer.status_code
            assert client.get(f"/s/walk?form.page={page}").status_code == 200

    walk()


def test_hostile_words_come_back_exactly_from_form_database_page_csv_and_json(client):
    survey = with_questions([{"key": "why", "kind": "text", "words": "Why?"}])
    sign_in(client, "leader")

    @CALM
    @given(st.text(min_size=1, max_size=200))
    @example("='cmd'|' /C calc'!A0")
    @example("'=1+1")
    @example("\t+1")
    @example("a\r\nb\rc\nd")
    @example("\u2028\u2029\u0085\ufeff\u200b")
    @example("Z̴̡̛͇a̸lgo ﷽ \U0010ffff 👩‍👩‍👧‍👦")
    @example("</textarea><script>alert(1)</script>{{7*7}}{why}")
    @example("NULL\x00undefined\x01\x7f")
    def goes_round(words):
        db.session.rollback()
        sent = {**hidden(client.get("/s/spring").text), "why": words}
        kept = words.replace("\x00", "")
        if not kept.strip():
            assert client.post("/s/spring", data=sent).status_code == 422
            return
        answer = client.post("/s/spring", data=sent)
        assert answer.status_code == 303
        found = (
            db.session.query(Response).filter_by(form_id=UUID(urlsplit(answer.location).path.rpartition("/")[2])).one()
        )
        assert found.answers == {"why": kept}
        page = client.get(f"/responses/{found.id}").text
        shown = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)[1]
        assert unescape(shown).split() == unescape(_as_html(kept)).split()
        export = export_of(survey)
        assert kept in [json.loads(line)["answers"]["why"] for line in json_lines(export)]
        assert kept in [unsafe(row[-1]) for row in _rows(csv_lines(export))]
        assert response(found.id) is not None

    goes_round()


def _as_html(words):
    from markupsafe import escape

    return str(escape(words))


def _rows(lines):
    import csv
    import io

    return list(csv.reader(io.StringIO("".join(lines), newline="")))
