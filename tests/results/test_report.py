"""The report as PDF: its figures are those of the JSON, the page and the table; it leaks nothing and takes any words."""

import csv
import html
import io
import json
import logging
import re
from datetime import timedelta

import pytest
import time_machine
from pypdf import PdfReader

from survey.foundation.db import write
from survey.foundation.language import number_words
from survey.improvements.actions import post_update, start
from survey.questionnaires.actions import create, publish
from tests.factories.counted import NOW, TODAY, answer, answer_often, make_survey, read
from tests.factories.people import sign_in

LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)
MONTH_BEFORE = LAST_MONTH.replace(day=1) - timedelta(days=1)


@pytest.fixture
def app(sqlite_app):
    """What these pages read is tested on both databases elsewhere; how they say it does not depend on the database."""
    return sqlite_app


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def _pdf(client, slug="autumn", **args):
    done = client.get(f"/surveys/{slug}/results/report.pdf", query_string=args)
    assert done.status_code == 200, done.text
    assert done.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(done.data))


def _text(reader):
    return " ".join(page.extract_text() for page in reader.pages).replace("\n", " ")


def _lines(reader):
    return [line for page in reader.pages for line in page.extract_text().split("\n")]


def _two(value):
    return number_words(value, places=2)


def _golden(survey):
    both, one = ["web", "shop"], ["web"]
    answer_often(survey, ({"nps": 9, "used": both}, 162), ({"nps": 8, "used": one}, 54), on=LAST_MONTH)
    answer_often(survey, ({"nps": 8, "used": one}, 54), ({"nps": 3, "used": one}, 54), ({"rating": 5}, 74), ({"rating": 2}, 33))  # fmt: skip


def _of_question(lines, words, following):
    """The lines of a question in the report."""
    start = lines.index(words)
    ends = [lines.index(other, start) for other in following if other in lines[start:]]
    return lines[start : min(ends)]


def test_every_figure_of_the_json_stands_in_the_pdf(app, client):
    _golden(make_survey())
    told = json.loads(app.test_cli_runner().invoke(args=["results", "show", "autumn", "--json"]).output)
    sign_in(client)
    lines = _lines(_pdf(client))
    assert f"{told['n']} people answered “The autumn survey”. NPS is +33, between +25 and +41." in " ".join(lines)
    words = {"nps": "Would you recommend us?", "why": "Why?", "rating": "How satisfied are you?", "used": "What do you use?"}  # fmt: skip
    labels = {"used": {"web": "The web", "shop": "The shop"}}
    for question in told["questions"]:
        rest = [*(words[key] for key in words if key != question["key"]), "How this was counted"]
        mine = _of_question(lines, words[question["key"]], rest)
        for metric in question["metrics"]:
            parts = [_two(metric[name]) for name in ("value", "low", "high")]
            [row] = [line for line in mine if re.search(rf"\b{metric['n']}$", line) and parts[0] in line]
            assert [part.strip("+%") for part in row.split()[-4:-1]] == parts
        for value, n in question["distribution"].items():
            label = labels.get(question["key"], {}).get(value, value)
            [row] = [line for line in mine if line.startswith(f"{label} ") and line.endswith("%")]
            share = _two(100 * n / question["n"])
            assert row == f"{label} {n} {share}%"


def test_the_page_the_table_and_the_pdf_agree_to_two_places(client):
    _golden(make_survey())
    sign_in(client)
    page = html.unescape(client.get("/surveys/autumn/results").text)
    table = list(csv.DictReader(io.StringIO(client.get("/surveys/autumn/results.csv").text.removeprefix("\ufeff"))))
    lines = _lines(_pdf(client))
    [metric] = [row for row in table if row["question"] == "nps" and row["metric"]]
    assert [metric[name] for name in ("value", "n", "metric", "low", "high")] == ["nps", "324", "33.33", "24.95", "41.11"]  # fmt: skip
    assert "NPS +33.33 +24.95 +41.11 324" in lines
    [csat] = [row for row in table if row["question"] == "rating" and row["value"] == "csat"]
    assert [csat[name] for name in ("metric", "low", "high", "n")] == ["69.16", "59.87", "77.12", "107"]
    assert "CSAT 69.16% 59.87% 77.12% 107" in lines
    months = re.findall(r'<th scope="row">(\w+)</th>' + r'<td class="number">([^<]+)</td>' * 4, page)
    assert len(months) == 2
    for month in months:
        assert " ".join(month) in lines


def test_the_table_holds_each_value_and_no_formula(client):
    survey = make_survey()
    _golden(survey)
    sign_in(client)
    done = client.get("/surveys/autumn/results.csv")
    assert (done.status_code, done.mimetype) == (200, "text/csv")
    rows = list(csv.reader(io.StringIO(done.text.removeprefix("\ufeff"))))
    assert rows[0] == ["question", "value", "label", "n", "share", "metric", "low", "high"]
    assert ["nps", "9", "9", "162", "50.00", "", "", ""] in rows
    assert ["used", "web", "The web", "324", "100.00", "", "", ""] in rows
    assert ["used", "", "What do you use?", "324", "", "", "", ""] in rows


def test_a_negative_number_is_a_number_and_a_formula_is_not(client):
    questions = [{"key": "nps", "kind": "nps", "words": "=1+1"}]
    survey = _published("formulas", questions)
    for grade in (0, 0, 0, 3, 9):
        answer(survey, {"nps": grade})
    sign_in(client)
    rows = list(csv.reader(io.StringIO(client.get("/surveys/formulas/results.csv").text.removeprefix("\ufeff"))))
    assert ["nps", "", "'=1+1", "5", "", "", "", ""] in rows
    assert any(row[:2] == ["nps", "nps"] and row[5] == "-60.00" for row in rows)


def test_filters_of_the_address_apply_and_stand_in_words(client):
    survey = make_survey()
    for number in range(12):
        answer(survey, {"nps": 9}, on=TODAY if number < 7 else MONTH_BEFORE, voice="customer" if number % 2 else "unverified")  # fmt: skip
    sign_in(client)
    assert "7 people answered" in _text(_pdf(client, period="this-month", voice="all"))
    text = _text(_pdf(client, voice="unverified"))
    assert "6 people answered" in text
    assert "Whose answers Open link, not verified" in text


def test_segments_of_the_address_apply_and_stand_in_words(client):
    survey = make_survey()
    for number in range(12):
        answer(survey, {"nps": 9}, segments={"site": "North" if number < 5 else "South"})
    sign_in(client)
    address = {"segment.site": "North"}
    text = _text(_pdf(client, **address))
    assert "5 people answered" in text
    assert "Site North" in text
    rows = client.get("/surveys/autumn/results.csv", query_string=address).text
    assert "nps,9,9,5,100.00" in rows
    page = html.unescape(client.get("/surveys/autumn/results", query_string=address).text)
    assert "/surveys/autumn/results/report.pdf?segment.site=North" in page
    assert 'name="segment.site" value="North"' in page


def test_what_makes_no_sense_is_refused_in_words(client):
    make_survey()
    sign_in(client)
    for address in (
        "results/report.pdf?period=never",
        "results/report.pdf?paper=a0",
        "results/report.pdf?voice=dogs",
        "results.csv?sentiment=blue",
    ):
        done = client.get(f"/surveys/autumn/{address}")
        assert done.status_code == 400, address
        assert "There is no such" in html.unescape(done.text), address
    assert client.get("/surveys/nothing/results/report.pdf").status_code == 404
    assert client.get("/surveys/nothing/results.csv").status_code == 404


def test_a_stranger_gets_neither(client):
    make_survey()
    for address in ("results/report.pdf", "results.csv"):
        assert client.get(f"/surveys/autumn/{address}").status_code == 302


def _comments(survey, *, many=9, on=TODAY):
    for number in range(many):
        words = f"I waited far too long at the desk, call me at +49 171 123456{number}, every evening of the week"
        read(answer(survey, {"nps": 3, "why": words}, on=on), "negative", reasons=(("A2", 0.9),))


def test_quotes_stand_for_people_and_tell_nothing_personal(client):
    _comments(make_survey())
    sign_in(client)
    text = _text(_pdf(client))
    assert "I waited far too long at the desk, call me at [phone]" in text
    assert "Stands for 9 people who speak of" in text
    assert "123456" not in text


def test_a_viewer_gets_the_numbers_and_no_words(client):
    _comments(make_survey(), on=LAST_MONTH)
    sign_in(client, "viewer")
    text = _text(_pdf(client))
    assert "At least 5 people answered" in text
    assert "waited" not in text
    assert "In their own words" not in text


@pytest.mark.parametrize("many", [6, 12])
def test_a_confidential_survey_tells_no_more_than_its_page(client, many):
    survey = make_survey(privacy="confidential")
    _comments(survey, many=many, on=LAST_MONTH)
    for grade in (9, 9):
        answer(survey, {"nps": grade, "why": "Splendid as ever, thank you all"}, on=LAST_MONTH)
    _comments(survey, many=2)  # of a month that is not over
    sign_in(client)
    text = _text(_pdf(client))
    assert f"At least {(many + 2) // 5 * 5} people answered" in text
    assert "This survey promises that only groups are shown." in text
    assert client.get("/surveys/autumn/results/report.pdf?sentiment=negative").status_code == 400
    rows = client.get("/surveys/autumn/results.csv").text
    assert "nps,9,9,,," in rows


def test_a_confidential_survey_of_too_few_tells_nothing(client):
    _comments(make_survey(privacy="confidential"), many=3, on=LAST_MONTH)
    sign_in(client)
    text = _text(_pdf(client))
    assert "Nothing of “The autumn survey” may be shown yet." in text
    assert "waited" not in text
    assert "Question by question" not in text


def test_what_is_being_done_about_the_reasons_is_told(client):
    _comments(make_survey())

    def improve():
        found = start("Shorter queues", you_said="People wait", codes=["A2"], by=None, now=NOW)
        post_update(found, stage="in_progress", words="We hired **two** people.", by=None, now=NOW, on=TODAY)

    write(improve)
    sign_in(client)
    text = _text(_pdf(client))
    assert "What we are doing" in text
    assert "Shorter queues" in text
    assert "We hired two people." in text


def _published(slug, questions, title="A survey"):
    document = {"title": title, "intro": "", "thanks": "", "language": "en", "questions": questions}

    def make():
        survey = create(slug, purpose="satisfaction", document=document, now=NOW)
        publish(survey, now=NOW)
        return survey

    return write(make)


HOSTILE = [
    "L" * 1000,
    "word " * 200,
    r"$\frac{x}{0}$ and $5",
    "🙂 👩‍👩‍👧 schön",
    "日本語のとても長いラベル",
    "مرحبا بالعالم (שלום) 12%",
    "**bold** __under__ --strike-- [link](http://x)",
    "<b>&amp;</b>",
    "a\u202eb\u200bc",
    "{nb} %(n)s {0}",
]


def test_any_words_are_printed_without_an_error_or_a_word_in_the_log(client, caplog):
    words = [one[:150] for one in HOSTILE]
    options = [{"value": f"o{number}", "words": one} for number, one in enumerate([*words, *(f"Option {i}" for i in range(40))])]  # fmt: skip
    questions = [{"key": f"q{number}", "kind": "choice", "words": one, "settings": {"options": options[number : number + 30]}}
                 for number, one in enumerate(words)]  # fmt: skip
    survey = _published("hostile", questions, title=HOSTILE[5])
    for number in range(6):
        answer(survey, {f"q{place}": [f"o{place + number}"] for place in range(len(HOSTILE))})
    sign_in(client)
    with caplog.at_level(logging.WARNING):
        reader = _pdf(client, "hostile")
    assert [record.getMessage() for record in caplog.records if "fpdf" in record.name or "fontTools" in record.name] == []  # fmt: skip
    text = _text(reader)
    assert r"$\frac{x}{0}$ and $5" in text
    assert "**bold** __under__" in text
    assert "▯ stands for characters that this print has no letters for" in text
    assert "Option 27" in text


def test_the_report_says_what_it_is_and_can_be_walked_through(client):
    survey = make_survey()
    _golden(survey)
    sign_in(client)
    reader = _pdf(client)
    assert reader.metadata.title == "The autumn survey – Your organisation"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - a value of the file
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert titles == ["The autumn survey", "Month by month", "Question by question", "How this was counted"]
    assert "Made on 20 October 2026" in _text(reader)
    assert f"· The autumn survey {len(reader.pages)}" in _lines(reader)[-1]
    assert [round(float(size)) for size in reader.pages[0].mediabox.upper_right] == [595, 842]
    letter = _pdf(client, paper="letter")
    assert [round(float(size)) for size in letter.pages[0].mediabox.upper_right] == [612, 792]


def test_nobody_and_few_are_said_in_words(client):
    survey = make_survey()
    sign_in(client)
    assert "Nobody has answered “The autumn survey” here yet." in _text(_pdf(client))
    answer(survey, {"nps": 9})
    assert "1 answer so far: too few for a score; read it." in _text(_pdf(client))


def test_the_page_leads_to_the_report_with_its_view(client):
    _golden(make_survey())
    sign_in(client)
    page = html.unescape(client.get("/surveys/autumn/results?period=last-month").text)
    assert "/surveys/autumn/results/report.pdf?period=last-month" in page
    assert "/surveys/autumn/results.csv?period=last-month" in page
    assert re.search(r'action="/surveys/autumn/responses.csv">.*?name="period" value="last-month"', page, re.S)


def test_the_command_writes_the_same_report(app, tmp_path):
    _golden(make_survey())
    path = tmp_path / "report.pdf"
    run = app.test_cli_runner().invoke
    done = run(args=["results", "report", "autumn", "--out", str(path), "--period", "all"])
    assert done.exit_code == 0, done.output
    assert f"Wrote the report of “autumn” to {path}: 431 answers." in done.output
    assert "NPS +33.33 +24.95 +41.11 324" in _lines(PdfReader(path))
    done = run(args=["results", "report", "autumn", "--period", "never", "--out", str(path)])
    assert done.exit_code != 0
    assert "There is no such period." in done.output
    assert run(args=["results", "report", "nothing"]).exit_code != 0


def test_what_moved_since_the_time_before_is_told_with_all_that_was_compared(client):
    survey = make_survey()
    for on, grade in ((MONTH_BEFORE, 0), (LAST_MONTH, 10)):
        for _ in range(30):
            answer(survey, {"nps": grade}, on=on)
    sign_in(client)
    text = _text(_pdf(client, period="last-month"))
    assert "What moved" in text
    assert "Would you recommend us? (NPS) −100 (30) +100 (30)" in text
    assert "What moved" not in _text(_pdf(client))  # nothing was before all time
