"""Answers from files and into files: nothing is lost on either way."""

import csv
import io
import json
import zipfile
from datetime import date
from html import unescape

import pytest
from sqlalchemy import select

from survey.foundation.csv import safe, unsafe
from survey.foundation.db import db
from survey.questionnaires.kinds.reasons import DEFAULT_PICK, picks
from survey.responses.models import Response
from tests.factories.sheets import day_of, sheet_rows
from tests.factories.surveys import (
    EVERY_ANSWER,
    answer,
    from_template,
    make_person,
    republish,
    send,
    with_every_kind,
    with_questions,
)

HOSTILE = (
    "=1+1", "@SUM(A1)", "+49 30 1234", "-5", "'quoted'", "'=1", "\tTab first", "a\r\nb", "line\nfeed", ",;\"'`", '"""', "NULL", "undefined",
    "true", "0", "1e3", "٧", "½", "Ω≈ç√∫", "田中さん", "﷽", "עברית and عربي", "\u202eright to left\u202c", "Z̮̞̠a̷l̶g̸o", "👩‍👩‍👧‍👦🏳️‍🌈", "e\u0301 é",
    "\u200bzero", "\ufeffbom", "\u00a0nbsp", "\x01\x1f\x7f\x85", "<script>alert(1)</script>", "{{7*7}} ${7*7} %s %n", "'; DROP TABLE response;--",
    "../../etc/passwd", "http://example.org", "\U0010ffff", "a" * 2000, " leading and trailing ", "-", "—", "＝1+1", "a\u2028b\u2029c",
)  # fmt: skip


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()

    def invoke(*args):
        done = runner.invoke(args=["responses", *map(str, args)])
        db.session.rollback()
        return done

    return invoke


def _file(tmp_path, *lines, name="answers.csv"):
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _answers():
    return [
        dict(sorted(row.answers.items()))
        for row in db.session.scalars(select(Response).order_by(Response.submitted_on, Response.id))
    ]


# ---- in -------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_a_file_is_taken_whole_and_twice_is_once(run, tmp_path):
    from_template()
    file = _file(tmp_path, "\ufeffNPS , Reason,Rating", "9,Fine,5", "3,,", "9,Fine,5")
    first = run("import", "spring", file)
    assert first.exit_code == 0, first.output
    assert "3 rows in the file = 3 stored + 0 rejected.\n3 new, 0 were there already." in first.output
    assert "Columns taken: NPS as nps, Reason as reason, Rating as rating." in first.output
    assert "/surveys/spring/results" in first.output
    assert "= 3 stored + 0 rejected.\n0 new, 3 were there already." in run("import", "spring", file).output
    assert sorted(map(str, _answers())) == sorted(
        map(str, [{"nps": 9, "rating": 5, "reason": "Fine"}, {"nps": 3}, {"nps": 9, "rating": 5, "reason": "Fine"}])
    )


def test_a_column_may_be_called_like_the_question(run, tmp_path):
    from_template()
    done = run("import", "spring", _file(tmp_path, "how likely are you to recommend us to a friend?,x", "7,1"))
    assert "\n1 new" in done.output
    assert _answers() == [{"nps": 7}]


def test_a_reversed_scale_is_turned_round_and_codes_off_it_are_missing(run, tmp_path):
    from_template()
    file = _file(tmp_path, "said,grade", "a,1", "b,5", "c,6", "d,7.0", "e,", "f,3.0")
    done = run(
        "import",
        "spring",
        file,
        "--map",
        "said=reason",
        "--map",
        "Grade=rating",
        "--scale",
        "rating=5..1",
        "--missing",
        "rating=6,7",
    )
    assert "6 rows in the file = 6 stored" in done.output
    assert {row["reason"]: row.get("rating") for row in _answers()} == {
        "a": 5,
        "b": 1,
        "c": None,
        "d": None,
        "e": None,
        "f": 3,
    }


def test_a_row_that_cannot_be_taken_is_told_with_its_line_and_the_reason(run, tmp_path):
    from_template()
    file = _file(
        tmp_path,
        "nps,reason",
        "9,ok",
        "11,too much",
        '3,"two',
        'lines"',
        "2.5,half",
        "4",
        "٧,seven",
        f"1,{'x' * 10_001}",
        "5,last",
    )
    rejects = tmp_path / "rejects.csv"
    done = run("import", "spring", file, "--rejects", rejects)
    assert done.exit_code == 0
    assert "8 rows in the file = 3 stored + 5 rejected.\n3 new, 0 were there already." in done.output
    with rejects.open(encoding="utf-8", newline="") as handle:
        told = {row["line"]: row["reason"] for row in csv.DictReader(handle)}
    assert told == {
        "3": "nps: Choose one number from 0 to 10.",
        "6": "nps: Choose one number from 0 to 10.",
        "7": "1 cells where the header has 2",
        "8": "nps: Choose one number from 0 to 10.",
        "9": "reason: This is 10,001 characters long; the most we can keep is 10,000.",
    }
    assert "line 3: rejected: nps: Choose one number from 0 to 10." in done.output


def test_grades_off_the_file_s_own_scale_are_rejected(run, tmp_path):
    from_template()
    done = run("import", "spring", _file(tmp_path, "rating", "5", "6", "0"), "--scale", "rating=5..1")
    assert "3 rows in the file = 1 stored + 2 rejected.\n1 new, 0 were there already." in done.output
    assert "line 3: rejected: rating: “6” is not on the scale 5..1" in done.output


@pytest.mark.usefixtures("both_databases")
def test_rows_with_an_id_are_known_by_it_in_any_file(run, tmp_path):
    from_template()
    run("import", "spring", _file(tmp_path, "no,nps", "a1,5", "a2,6"), "--id", "No")
    done = run("import", "spring", _file(tmp_path, "no,nps", "a2,9", "a3,7", ",8", name="later.csv"), "--id", "no")
    assert "3 rows in the file = 2 stored + 1 rejected.\n1 new, 1 were there already." in done.output
    assert sorted(row["nps"] for row in _answers()) == [5, 6, 7]


def test_the_same_file_may_answer_two_surveys(run, tmp_path):
    from_template()
    from_template(slug="autumn")
    file = _file(tmp_path, "nps", "5")
    assert "\n1 new" in run("import", "spring", file).output
    assert "\n1 new" in run("import", "autumn", file).output


def test_days_are_read_as_people_write_them(run, tmp_path):
    from_template()
    days = (
        "2026-05-01",
        "02.05.2026",
        "3 May 2026",
        "May 4, 2026",
        "2026-05-05T10:00:00Z",
        "31.02.2026",
        "",
        "2999-01-01",
    )
    done = run(
        "import",
        "spring",
        _file(tmp_path, "nps;when".replace(";", ","), *(f'1,"{day}"' for day in days)),
        "--date",
        "When",
    )
    assert "8 rows in the file = 5 stored + 3 rejected.\n5 new, 0 were there already." in done.output
    stored = db.session.scalars(select(Response).order_by(Response.submitted_on)).all()
    assert [row.submitted_on.isoformat() for row in stored] == [f"2026-05-0{day}" for day in range(1, 6)]
    assert {row.submitted_at for row in stored} == {None}


def test_imported_answers_say_whose_they_are_and_start_nothing(run, tmp_path):
    from_template("exit")
    done = run(
        "import",
        "spring",
        _file(tmp_path, "reasons,words", "P2,Too dear", "The price went up,"),
        "--voice",
        "former_customer",
    )
    assert done.exit_code == 0, done.output
    rows = db.session.scalars(select(Response)).all()
    assert {(row.voice, row.channel) for row in rows} == {("former_customer", "import")}
    assert [row.answers["reasons"]["codes"] for row in rows] == [["P2"], ["P2"]]


def test_several_choices_may_stand_in_one_cell(run, tmp_path):
    with_every_kind()
    run("import", "spring", _file(tmp_path, "nps,used", "1,The shop; web"))
    assert _answers() == [{"nps": 1, "used": ["web", "shop"]}]


@pytest.mark.parametrize(("more", "words"), [
    (["--map", "nothing=nps"], "There is no column “nothing”"),
    (["--map", "a=nothing"], "There is no field “nothing”"),
    (["--map", "a=reason", "--scale", "reason=5..1"], "“reason” has no scale"),
    (["--map", "a=nps", "--scale", "nps=5..1"], "has 5 steps, but “nps” has 11"),
    (["--map", "a=nps", "--scale", "nps=best"], "is not a scale"),
    (["--map", "a=nps", "--missing", "x=1"], "There is no question “x”"),
    (["--map", "a=nps", "--date", "x"], "There is no column “x”"),
    ([], "No column answers a question"),
])  # fmt: skip
def test_what_cannot_be_meant_is_refused_before_anything_is_stored(run, tmp_path, more, words):
    from_template()
    done = run("import", "spring", _file(tmp_path, "a,b", "1,2"), *more)
    assert done.exit_code == 1
    assert words in done.output
    assert _answers() == []


def test_a_file_of_which_nothing_can_be_stored_fails(run, tmp_path):
    from_template()
    done = run("import", "spring", _file(tmp_path, "nps", "99"))
    assert done.exit_code == 1
    assert "No row could be stored." in done.output


def test_a_survey_that_is_not_there_or_not_published_is_refused(run, tmp_path):
    with_questions([{"key": "nps", "kind": "nps", "words": "?"}], slug="draft", is_published=False)
    file = _file(tmp_path, "nps", "9")
    for slug, words in (("nothing", "There is no survey “nothing”"), ("draft", "never published")):
        done = run("import", slug, file)
        assert (done.exit_code, words in done.output) == (1, True)


# ---- out ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both_databases")
def test_hostile_text_goes_round_byte_by_byte(app, client, run):
    with_questions([{"key": "words", "kind": "text", "words": "Anything?"}])
    for words in HOSTILE:
        assert send(client, "/s/spring", {"words": words}).status_code == 303
    # A browser sends line breaks as CR LF; whatever came is what is kept.
    assert sorted(row["words"] for row in _answers()) == sorted(HOSTILE)
    rows = list(csv.DictReader(io.StringIO(run("export", "spring").stdout_bytes.decode(), newline="")))
    assert sorted(unsafe(row["words"]) for row in rows) == sorted(HOSTILE)
    assert all(safe(row["words"]) in (row["words"], f"'{row['words']}") for row in rows)
    told = [
        json.loads(line)
        for line in run("export", "spring", "--format", "jsonl").stdout_bytes.decode().split("\n")
        if line
    ]
    assert sorted(row["answers"]["words"] for row in told) == sorted(HOSTILE)


@pytest.mark.usefixtures("both_databases")
def test_an_export_can_be_imported_again(run, tmp_path):
    survey = with_every_kind()
    answer(
        survey,
        {"nps": 9, "why": "=1+1", "rating": 4, "used": ["web", "shop"], "reasons": {"codes": ["P2"], "other": ""}},
    )
    answer(survey, {"nps": 0})
    with_every_kind(slug="copy")
    before = sorted(map(str, _answers()))
    file = tmp_path / "out.csv"
    assert run("export", "spring", "--output", file).exit_code == 0
    done = run("import", "copy", file)
    assert "\n2 new" in done.output, done.output
    assert sorted(map(str, _answers())) == sorted(before * 2)


# Answers to every kind that are hard to bring through a table.
TRICKY = (
    EVERY_ANSWER,
    {"nps": 0, "heard": ["friend", "net"], "reasons": {"codes": [], "other": "", "also": ["P2"]}},
    {
        "nps": 1,
        "heard": {"chosen": ["net"], "other": "; ="},
        "reasons": {"codes": [], "other": "P2; A2", "also": ["S1", "P1"]},
    },
    {
        "nps": 2,
        "heard": ["none"],
        "matters": {"order": ["staff"]},
        "each": {"rows": {"staff": "very-good"}},
        "hours": 24,
    },
    {"nps": 3, "word": "'=1", "member": "-0012", "hours": 0, "again": "yes", "reasons": {"codes": ["Z2"], "other": ""}},
    {"nps": 4, "hours": 0.1, "matters": {"order": ["price", "time", "staff"]}, "why": " a\u2028 \n"},
)


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_answer_of_every_kind_goes_out_and_comes_in_again_the_same(run, tmp_path, form):
    survey = with_every_kind()
    for one in TRICKY:
        answer(survey, one, on=date(2026, 5, 1))
    with_every_kind(slug="copy")
    before = sorted(json.dumps(row, sort_keys=True) for row in _answers())
    file = tmp_path / f"out.{form}"
    assert run("export", "spring", "--format", form, "--output", file).exit_code == 0
    done = run("import", "copy", file, *(["--date", "submitted_on"] if form == "csv" else []))
    assert f"\n{len(TRICKY)} new" in done.output, done.output
    assert sorted(json.dumps(row, sort_keys=True) for row in _answers()) == sorted(before * 2)
    assert set(db.session.scalars(select(Response.submitted_on))) == {date(2026, 5, 1)}


def test_a_spreadsheet_holds_the_same_cells_as_the_table(run, tmp_path):
    survey = with_every_kind()
    answer(survey, EVERY_ANSWER)
    file = tmp_path / "out.xlsx"
    assert run("export", "spring", "--format", "xlsx", "--output", file).exit_code == 0
    (row,) = csv.DictReader(io.StringIO(run("export", "spring").stdout_bytes.decode(), newline=""))
    with zipfile.ZipFile(file) as archive:
        shown = unescape(archive.read("xl/worksheets/sheet1.xml").decode())
    for key in (
        "why",
        "reasons.other",
        "heard",
        "heard.other",
        "matters",
        "matters.price",
        "each.rooms",
        "stars",
        "stars.code",
        "day",
    ):
        assert unsafe(row[key]) in shown, key
    assert row["heard"] == "From a friend; or family; Some other way"
    assert (row["matters"], row["matters.code"], row["matters.time"], row["matters.staff"]) == (
        "No waiting; The price",
        "time; price",
        "1",
        "",
    )
    assert (row["each.rooms"], row["hours"], row["stars"], row["stars.code"]) == (
        "Very bad",
        "1.5",
        "Very satisfied",
        "5",
    )


@pytest.mark.parametrize(("line", "reason"), [
    ("{", "not JSON"), ("[1]", "an object in braces"), ("{}", "“answers” is needed"), ('{"answers": []}', "“answers” is needed"),
    ('{"answers": {"sun": 1}}', "There is no question “sun”"), ('{"answers": {"contact": "x"}}', "There is no question “contact”"),
    ('{"answers": {"nps": 11}}', "nps: Choose"), ('{"answers": {"nps": "9"}}', "nps: this is not how"),
    ('{"answers": {"nps": true}}', "nps: Choose"), ('{"answers": {"each": {"rows": {"sky": "good"}}}}', "each: this is not how"),
    ('{"answers": {"each": {"rows": "good"}}}', "each: this is not how"), ('{"answers": {"matters": {"order": "price"}}}', "matters: "),
    ('{"answers": {"matters": ["price"]}}', "matters: this is not how"), ('{"answers": {"reasons": {}}}', "reasons: this is not how"),
    ('{"answers": {"used": ["shop", "web"]}}', "used: this is not how"), ('{"answers": {"used": []}}', "used: this is not how"),
    ('{"answers": {"why": "\\ud800"}}', "why: This contains"), ('{"answers": {"hours": 25}}', "hours: Write a number"),
    ('{"answers": {"nps": 1}, "submitted_on": "2999-01-01"}', "lies in the future"),
])  # fmt: skip
def test_a_line_of_json_that_is_no_answer_is_told_with_the_reason(run, tmp_path, line, reason):
    with_every_kind()
    done = run("import", "spring", _file(tmp_path, line, "", '{"answers": {"nps": 7}}', name="answers.jsonl"))
    assert "line 1: rejected: " in done.output
    assert reason in done.output
    assert "2 rows in the file = 1 stored + 1 rejected." in done.output
    assert _answers() == [{"nps": 7}]


def test_lines_of_json_are_known_by_their_id_and_take_no_map(run, tmp_path):
    with_every_kind()
    file = _file(
        tmp_path,
        '{"id": 1, "answers": {"nps": 7}}',
        '{"id": 1, "answers": {"nps": 7}}',
        '{"answers": {"nps": 7}}',
        name="a.ndjson",
    )
    assert (
        "3 rows in the file = 2 stored + 1 rejected.\n1 new, 1 were there already."
        in run("import", "spring", file, "--id", "id").output
    )
    assert "are for tables" in run("import", "spring", file, "--map", "a=nps").output


@pytest.mark.usefixtures("both_databases")
def test_an_identified_export_says_who_and_when_in_words_and_values(run):
    survey = with_every_kind()
    person_id = make_person(external_id="C-7")
    answer(survey, {"nps": 9, "used": ["web"]}, person_id=person_id, voice="customer", segments={"site": "north"})
    (row,) = csv.DictReader(io.StringIO(run("export", "spring").stdout_bytes.decode(), newline=""))
    stored = db.session.scalar(select(Response))
    assert row["submitted_at"] == stored.submitted_at.isoformat()
    assert (row["person"], row["voice"], row["segments"]) == ("C-7", "customer", "site=north")
    assert (row["nps"], row["used"], row["used.code"], row["why"]) == ("9", "The web", "web", "")
    assert "contact" not in row


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_a_survey_that_shows_groups_gives_answers_alone_and_only_of_enough_people(run, privacy):
    survey = with_every_kind(privacy=privacy)
    for number in range(7):
        answer(survey, {"nps": number}, segments={"site": "north"})
    refused = run("export", "spring")
    assert refused.exit_code == 1
    assert "fewer than 8 people" in refused.output
    answer(survey, {"nps": 7})
    rows = list(csv.DictReader(io.StringIO(run("export", "spring").stdout_bytes.decode(), newline="")))
    assert {int(row["nps"]) for row in rows} == set(range(8))
    assert {"nps", "why", "rating", "used", "used.code", "reasons", "reasons.code", "reasons.other"} <= set(rows[0])
    assert {name.split(".")[0] for name in rows[0]} == set(EVERY_ANSWER)
    assert json.loads(run("export", "spring", "--format", "jsonl").stdout.splitlines()[0]).keys() == {"answers"}


def test_a_spreadsheet_holds_text_and_no_formula(run, tmp_path):
    survey = with_every_kind()
    answer(survey, {"nps": 9, "why": '=HYPERLINK("http://x.test")', "reasons": {"codes": ["P2"], "other": ""}})
    file = tmp_path / "out.xlsx"
    assert "needs a file" in run("export", "spring", "--format", "xlsx").output
    assert run("export", "spring", "--format", "xlsx", "--output", file).exit_code == 0
    with zipfile.ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK" in sheet
    assert {pick["code"]: pick["words"] for pick in picks(DEFAULT_PICK)}["P2"] in sheet


def test_a_spreadsheet_tells_numbers_and_days_from_words(run, tmp_path):
    survey = with_every_kind()
    answer(survey, {**EVERY_ANSWER, "nps": 0, "why": "007"}, on=date(2026, 5, 1))
    file = tmp_path / "out.xlsx"
    assert "Wrote 1 answers" in run("export", "spring", "--format", "xlsx", "--output", file).stderr
    names, row = sheet_rows(file.read_bytes())
    cells = dict(zip(names, row, strict=True))
    assert (cells["nps"], cells["hours"], cells["stars.code"], cells["version"]) == (0.0, 1.5, 5.0, 1.0)
    assert (day_of(cells["submitted_on"]), cells["why"], cells["member"], cells["stars"]) == (
        date(2026, 5, 1),
        "007",
        "007",
        "Very satisfied",
    )


def test_versions_are_told_apart_and_a_question_keeps_its_name(run):
    questions = [{"key": "version", "kind": "line", "words": "Which version do you use?"}]
    survey = with_questions(questions)
    answer(survey, {"version": "old"})
    republish(survey, title="Second")
    answer(survey, {"version": "new"})
    rows = list(csv.DictReader(io.StringIO(run("export", "spring", "--bom").stdout_bytes.decode(), newline="")))
    assert {(row["response.version"], row["version"]) for row in rows} == {("1", "old"), ("2", "new")}
    assert list(rows[0])[0] == "\ufeffid"
    told = map(json.loads, run("export", "spring", "--format", "jsonl").stdout.splitlines())
    assert {row["version"] for row in told} == {1, 2}


@pytest.mark.usefixtures("both_databases")
def test_lines_of_json_give_the_same_results_in_another_survey(app, run, tmp_path):
    survey = with_every_kind()
    for one in TRICKY:
        answer(survey, one, on=date(2026, 5, 1), voice="customer")
    with_every_kind(slug="copy")
    file = tmp_path / "out.jsonl"
    assert run("export", "spring", "--format", "jsonl", "--output", file).exit_code == 0
    assert run("import", "copy", file, "--id", "id").exit_code == 0
    shown = [
        json.loads(app.test_cli_runner().invoke(args=["results", "show", slug, "--json"]).stdout)
        for slug in ("spring", "copy")
    ]
    assert shown[0].pop("survey") != shown[1].pop("survey")
    assert shown[0] == shown[1]
    assert shown[0]["n"] == len(TRICKY)


def test_an_empty_survey_exports_its_headings(run, tmp_path):
    from_template()
    assert run("export", "spring").stdout.startswith("id,submitted_on,")
    file = tmp_path / "out.xlsx"
    assert run("export", "spring", "--format", "xlsx", "--output", file).exit_code == 0
    with zipfile.ZipFile(file) as archive:
        assert "submitted_on" in archive.read("xl/worksheets/sheet1.xml").decode()
