"""Answers read in from the browser: seen first, stored once, the same as by the command."""

import csv
import io
import json
from datetime import date

import pytest
from sqlalchemy import func, select

from survey.access.models import AuditEntry
from survey.foundation.db import db, write
from survey.foundation.imports import jobs as import_jobs
from survey.foundation.imports.models import ImportContent, ImportFile, ImportReject
from survey.reactions import IMPORTS
from survey.responses import imports
from survey.responses.models import Response
from tests.factories.people import sign_in
from tests.factories.surveys import answer, from_template, republish, with_every_kind
from tests.factories.uploads import hand_in, page_of, press, read_in, say, tried, work
from tests.foundation.test_spreadsheets import workbook

START = "/surveys/spring/import"
FILE = "nps;reason;rating;site;day\n9;Fine;5;north;01.05.2026\n3;;;south;02.05.2026\n11;Too much;4;;03.05.2026\n9;Fine;5;north;01.05.2026\n7;x\n"


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture
def leader(client):
    sign_in(client)
    return client


def _count(model=Response):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def _stored():
    db.session.rollback()
    rows = db.session.scalars(select(Response)).all()
    return sorted(
        (json.dumps(row.answers, sort_keys=True), str(row.submitted_on), row.voice, row.channel, str(row.form_id))
        for row in rows
    )


@pytest.mark.usefixtures("both_databases")
def test_a_file_is_seen_first_and_then_read_whole(leader):
    from_template()
    path = page_of(leader, START, FILE)
    page = leader.get(path).text
    assert "What do its 5 columns mean?" in page
    assert "Fine" in page
    assert say(leader, path, column_3="@group", column_4="@day").status_code == 303
    assert "Being tried" in leader.get(path).text
    work(leader)
    page = leader.get(path).text
    assert "3 of 5 rows can be read in" in page
    assert "Cannot be taken: nps: Choose one number from 0 to 10." in page
    assert "2 cells where the header has 5" in page
    assert "site: north" in page
    assert _count() == 0
    assert press(leader, path, "read").status_code == 303
    work(leader)
    page = leader.get(path).text
    assert "3 of 5 rows were read in" in page
    rows = db.session.scalars(select(Response).order_by(Response.submitted_on)).all()
    assert [row.submitted_on for row in rows] == [date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 2)]
    assert [row.segments for row in rows] == [{"site": "north"}, {"site": "north"}, {"site": "south"}]
    assert {(row.voice, row.channel, row.submitted_at) for row in rows} == {("customer", "import", None)}
    assert _count(ImportContent) == 0


def test_the_same_file_again_adds_nothing_and_says_so_before(leader):
    from_template()
    read_in(leader, START, FILE)
    path = tried(leader, START, FILE)
    page = leader.get(path).text
    assert "Here already" in page
    press(leader, path, "read")
    work(leader)
    assert _count() == 3


@pytest.mark.usefixtures("both_databases")
def test_the_browser_stores_what_the_command_stores(app, leader, tmp_path):
    from_template()
    file = "score,said,when\n1,a,2026-05-01\n5,b,2026-05-02\n6,c,2026-05-03\n9,d,2026-05-04\n"
    path = tmp_path / "file.csv"
    path.write_text(file)
    options = [
        "--map",
        "score=rating",
        "--map",
        "said=reason",
        "--scale",
        "rating=5..1",
        "--missing",
        "rating=6",
        "--date",
        "when",
    ]
    done = app.test_cli_runner().invoke(args=["responses", "import", "spring", str(path), *options])
    assert "4 rows in the file = 3 stored + 1 rejected." in done.output
    by_command = _stored()
    chosen = {"column_0": "rating", "scale_0": "5..1", "missing_0": "6", "column_1": "reason", "column_2": "@day"}
    page = leader.get(tried(leader, START, file, **chosen)).text
    assert "3 of 4 rows can be read in" in page
    assert "“9” is not on the scale 5..1" in page
    read_in(leader, START, file, **chosen)
    assert _stored() == by_command
    from_template(slug="autumn")
    read_in(leader, "/surveys/autumn/import", file, **chosen)
    assert [row[:4] for row in _stored()[::2]] == [row[:4] for row in by_command]


def test_a_button_that_is_pressed_twice_reads_once(leader):
    from_template()
    path = tried(leader, START, FILE)
    assert [press(leader, path, "read").status_code for _ in range(2)] == [303, 303]
    work(leader)
    assert press(leader, path, "stop").status_code == 303
    assert (_count(), _count(ImportReject)) == (3, 2)
    assert "3 of 5 rows were read in" in leader.get(path).text


@pytest.mark.usefixtures("both_databases")
def test_reading_that_is_killed_goes_on_where_it_stood(app, leader, monkeypatch):
    from_template()
    monkeypatch.setattr(import_jobs, "AT_ONCE", 10)
    rows = "".join(f"{number % 12},words {number}\n" for number in range(95))
    path = tried(leader, START, f"nps,reason\n{rows}")
    press(leader, path, "read")
    file = db.session.scalar(select(ImportFile))
    real, seen = import_jobs._write, []

    def dies(*args):
        seen.append(args)
        if len(seen) == 4:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(import_jobs, "_write", dies)
    with pytest.raises(KeyboardInterrupt):
        import_jobs.read_imports(IMPORTS, [file.id])
    page = leader.get(path).text
    assert "30 of 95 rows" in page
    monkeypatch.setattr(import_jobs, "_write", real)
    work(leader)
    rejected = sum(number % 12 == 11 for number in range(95))
    assert (_count(), _count(ImportReject)) == (95 - rejected, rejected)
    assert "of 95 rows were read in" in leader.get(path).text


@pytest.mark.usefixtures("both_databases")
def test_two_workers_read_nothing_twice(leader, monkeypatch):
    from_template()
    path = tried(leader, START, FILE)
    press(leader, path, "read")
    file, real = db.session.scalar(select(ImportFile)), import_jobs._write

    def late(*args):
        monkeypatch.setattr(import_jobs, "_write", real)
        import_jobs.read_imports(IMPORTS, [file.id])
        return real(*args)

    monkeypatch.setattr(import_jobs, "_write", late)
    import_jobs.read_imports(IMPORTS, [file.id])
    file = db.session.get(ImportFile, file.id, populate_existing=True)
    assert (_count(), file.counts["rows"], file.state) == (3, 5, "done")


@pytest.mark.usefixtures("both_databases")
def test_a_row_that_cannot_be_stored_keeps_no_other_out(leader, monkeypatch):
    from_template()
    path = tried(leader, START, "nps,reason\n1,a\n2,poison\n3,c\n12,d\n5,e\n")
    press(leader, path, "read")
    real = imports.submit

    def submit(submission):
        if submission.answers.get("reason") == "poison":
            raise ValueError("no")
        return real(submission)

    monkeypatch.setattr(imports, "submit", submit)
    work(leader)
    assert _count() == 3
    db.session.rollback()
    lost = dict(db.session.execute(select(ImportReject.line, ImportReject.reason)).all())
    assert lost == {3: "this row could not be stored", 5: "nps: Choose one number from 0 to 10."}


@pytest.mark.usefixtures("both_databases")
def test_stopping_keeps_what_was_read(leader, monkeypatch):
    from_template()
    monkeypatch.setattr(import_jobs, "AT_ONCE", 2)
    monkeypatch.setattr(import_jobs, "BATCHES", 1)
    path = tried(leader, START, "nps\n" + "9\n" * 7)
    press(leader, path, "read")
    import_jobs.read_imports(IMPORTS, [db.session.scalar(select(ImportFile.id))])
    assert press(leader, path, "stop").status_code == 303
    work(leader)
    page = leader.get(path).text
    assert "Stopped after 2 of 7 rows" in page
    assert _count() == 2
    read_in(leader, START, "nps\n" + "9\n" * 7)
    assert _count() == 7


def test_what_was_not_taken_comes_back_as_a_file_that_runs_nothing(leader):
    from_template()
    path = read_in(leader, START, 'nps,reason,=cmd\n99,=1+1,"a, b"\n9,ok,\n8\n')
    answer = leader.get(f"{path}/rejects.csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert rows == [
        ["row", "reason", "nps", "reason", "'=cmd"],
        ["2", "nps: Choose one number from 0 to 10.", "99", "'=1+1", "a, b"],
        ["4", "1 cells where the header has 3", "8"],
    ]


def test_a_spreadsheet_and_lines_of_json_are_read_too(leader):
    survey = from_template()
    read_in(leader, START, workbook(["NPS", "Reason", "day"], [9, "=1+1", date(2026, 5, 1)]), column_2="@day")
    answer(survey, {"nps": 3, "reason": "a\r\nb"})
    from_template(slug="copy")
    lines = "".join(
        json.dumps({"id": str(number), "submitted_on": "2026-05-02", "answers": {"nps": number}}) + "\n"
        for number in (1, 2)
    )
    path = read_in(
        leader, "/surveys/copy/import", lines + '{"answers": {"nps": "9"}}\n{"answers": {"nps": 12}, "id": "x"}\n'
    )
    assert "2 of 4 rows were read in" in leader.get(path).text
    assert "9" in [str(row.answers.get("nps")) for row in db.session.scalars(select(Response))]
    read_in(leader, "/surveys/copy/import", lines)
    assert _count() == 4


def test_what_was_chosen_for_the_same_columns_stands_there_again(leader):
    from_template()
    tried(leader, START, "a,b\n1,2\n", column_0="reason", column_1="rating", scale_1="5..1", voice="employee")
    page = leader.get(page_of(leader, START, "A , b\nx,4\n")).text
    assert "was here before" in page
    assert '<option value="rating" selected>' in page
    assert 'value="5..1"' in page
    assert '<option value="employee" selected>' in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"column_0": ""}, "No column answers a question"),
        ({"column_1": "nps"}, "given to two columns"),
        ({"scale_0": "best"}, "is not a scale"),
        ({"scale_0": "5..1"}, "steps"),
        ({"column_0": "nothing"}, "No column answers a question"),
    ],
)
def test_what_makes_no_sense_is_said_and_kept(leader, changes, words):
    from_template()
    answer = say(leader, page_of(leader, START, "nps,b\n1,2\n"), **changes)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        (b"a,A\n1,2\n", "Two columns"),
        (b",\n1,2\n", "names no column"),
        (b"\xd0\xcf\x11\xe0", "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_and_nothing_is_kept(leader, content, words):
    from_template()
    answer = hand_in(leader, START, content)
    assert answer.status_code == 422
    assert words in answer.text
    assert _count(ImportFile) == 0


def test_hostile_cells_do_no_harm(leader):
    from_template()
    rows = b"1,a,<img src=x>\n2," + b"x" * 200_000 + b',\n3,Jos\xe9,y\n4,a\x00b,\n5,"open\n'
    path = tried(leader, START, b"nps,reason,<script>alert(1)</script>\n" + rows)
    page = leader.get(path).text + leader.get(f"{path}/columns").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "Windows-1252" in page
    assert "3 of 5 rows can be read in" in page
    press(leader, path, "read")
    work(leader)
    assert {row.answers["reason"] for row in db.session.scalars(select(Response))} == {"a", "ab", "José"}


def test_a_file_that_holds_nothing_but_headings_cannot_be_read_in(leader):
    from_template()
    path = tried(leader, START, "nps\n")
    assert "Read it in" not in leader.get(path).text
    assert press(leader, path, "read").status_code == 400


def test_a_file_that_is_too_long_is_refused_as_a_whole(leader, monkeypatch):
    from_template()
    monkeypatch.setattr(import_jobs, "ROW_LIMIT", 3)
    path = tried(leader, START, "nps\n" + "1\n" * 4)
    assert "has more than" in leader.get(path).text
    assert press(leader, path, "read").status_code == 400
    assert _count() == 0


def test_a_file_that_is_too_large_is_refused_in_words(leader, monkeypatch):
    from_template()
    monkeypatch.setattr("survey.foundation.imports.pages.FILE_LIMIT", 10)
    assert "too large" in hand_in(leader, START, "nps\n1\n2\n3\n4\n5\n").text


def test_many_rows_are_counted_quickly_and_stored_nowhere(leader):
    from_template()
    path = tried(leader, START, "nps\n" + "9\n10\n11\n" * 33_334)
    page = leader.get(path).text
    assert "66,668 of 100,002 rows can be read in" in page
    assert "33,334 rows" in page
    assert _count() == 0


def test_a_file_can_be_thrown_away(leader):
    from_template()
    path = tried(leader, START, FILE)
    assert press(leader, path, "throw-away").status_code == 303
    assert leader.get(path).status_code == 404
    assert (_count(ImportFile), _count(ImportContent)) == (0, 0)


@pytest.mark.usefixtures("both_databases")
def test_what_is_left_for_a_month_goes(leader, monkeypatch):
    from_template()
    tried(leader, START, FILE)
    read = read_in(leader, START, "nps\n1\n99\n")
    monkeypatch.setattr(import_jobs, "KEPT", -import_jobs.KEPT)
    work(leader)
    assert (_count(ImportFile), _count(ImportContent), _count(ImportReject)) == (1, 0, 0)
    assert "1 of 2 rows were read in" in leader.get(read).text


@pytest.mark.usefixtures("both_databases")
def test_a_survey_that_goes_meanwhile_stops_the_reading(leader):
    from_template()
    path = tried(leader, START, FILE)
    press(leader, path, "read")
    file_id = db.session.scalar(select(ImportFile.id))

    def lose():
        file = db.session.get(ImportFile, file_id)
        file.choices = {**file.choices, "version": "00000000-0000-4000-8000-000000000000"}

    write(lose)
    work(leader)
    assert "Stopped after 0 of 5 rows" in leader.get(path).text


# ---- who may -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["staff", "viewer"])
def test_only_leaders_read_answers_in(client, role):
    from_template()
    sign_in(client, role)
    assert client.get(START).status_code == 403
    assert "/import" not in client.get("/surveys/spring/responses").text


def test_a_file_is_found_only_under_its_own_survey(leader):
    from_template()
    from_template(slug="autumn")
    path = page_of(leader, START, FILE)
    assert leader.get(path.replace("spring", "autumn")).status_code == 404
    assert leader.get(path.replace("/surveys/spring", "/people")).status_code == 404
    assert leader.get("/surveys/nothing/import").status_code == 404


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_of_a_survey_that_shows_groups_only_who_handed_a_file_in_sees_its_rows(app, leader, privacy):
    from_template(privacy=privacy)
    path = tried(leader, START, "nps,reason\n9,Secret words\n99,Other words\n")
    assert "Secret words" in leader.get(path).text
    other = app.test_client()
    sign_in(other)
    page = other.get(path)
    assert page.status_code == 200
    assert "words" not in page.text.split("<main")[1].replace("in words", "")
    assert "Secret" not in other.get(f"{path}/columns").text
    press(leader, path, "read")
    work(leader)
    assert other.get(f"{path}/rejects.csv").status_code == 400
    assert "Other words" in leader.get(f"{path}/rejects.csv").text
    db.session.rollback()
    file = db.session.scalar(select(ImportFile))
    assert "Secret" not in str([file.found, file.samples])


def test_an_anonymous_answer_learns_nothing_of_whose_it_is(leader):
    with_every_kind(privacy="anonymous")
    path = page_of(leader, START, "nps,site,lang,who\n9,north,de,employee\n")
    page = leader.get(path).text
    assert "@group" not in page
    assert "@voice" not in page
    say(leader, path, column_1="@group", column_2="@language", column_3="@voice")
    work(leader)
    press(leader, path, "read")
    work(leader)
    row = db.session.scalar(select(Response))
    assert (row.segments, row.language, row.voice, row.submitted_at) == ({}, "und", "customer", None)


def test_reading_in_stands_in_the_audit_once(leader):
    from_template()
    read_in(leader, START, FILE)
    said = db.session.scalars(select(AuditEntry.what)).all()
    assert said.count("answers read in from a file") == 1


def test_a_survey_that_was_published_anew_meanwhile_is_answered_as_it_was_when_tried(leader):
    survey = from_template()
    path = tried(leader, START, "nps\n9\n")
    first = db.session.scalar(select(ImportFile)).choices["version"]
    republish(survey, title="Anew")
    press(leader, path, "read")
    work(leader)
    assert str(db.session.scalar(select(Response.version_id))) == first
