"""Answers for statistical software: read back, they are the same; names, types and words are what such software takes."""

import csv
import io
import json
from datetime import UTC, date, datetime
from importlib.util import find_spec

import polars
import pyreadstat
import pytest

from survey.responses import analysis
from survey.responses.lists import size_words
from survey.responses.queries import segment_names
from survey.responses.rules import limited
from survey.responses.rules.analysing import safe_names
from tests.factories.people import sign_in, submit
from tests.factories.surveys import EVERY_ANSWER, answer, make_person, with_every_kind, with_questions

MOMENT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def app(lean_app):
    """What these pages say does not depend on the database; on both runs what asks it for more than rows."""
    return lean_app


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *args: runner.invoke(args=["responses", *map(str, args)])


def _filled():
    survey = with_every_kind()
    person_id = make_person(external_id="C-7")
    answer(survey, {**EVERY_ANSWER, "why": "ü" * 4000}, person_id=person_id, on=date(2026, 5, 1), at=MOMENT, segments={"Site & floor": "north"})  # fmt: skip
    answer(survey, {"nps": 0, "hours": 2}, on=date(2026, 5, 2))
    return survey


def _exported(run, tmp_path, form, *more):
    path = tmp_path / f"out.{form}"
    done = run("export", "spring", "--format", form, "--output", path, *more)
    assert done.exit_code == 0, done.output
    return path


@pytest.mark.usefixtures("both_databases")
def test_parquet_reads_back_typed_and_whole(run, tmp_path):
    _filled()
    path = _exported(run, tmp_path, "parquet")
    frame = polars.read_parquet(path)
    first, second = frame.rows(named=True)
    assert (first["submitted_on"], first["submitted_at"]) == (date(2026, 5, 1), MOMENT.replace(tzinfo=None))
    assert (first["version"], first["person"], first["segment_Site___floor"]) == (1, "C-7", "north")
    assert (first["nps"], first["hours"], first["day"], first["branch"]) == (9, 1.5, date(2026, 9, 30), "quay")
    assert (first["why"], first["word"], first["member"]) == ("ü" * 4000, "Loud", "007")
    assert [first[f"heard.{value}"] for value in ("friend", "net", "other", "none")] == [1, 0, 1, 0]
    assert first["heard.other.text"] == "A poster; on a bus"
    assert (first["each.rooms"], first["matters.time"], first["matters.price"]) == ("very-bad", 1, 2)
    assert (second["nps"], second["hours"], second["person"]) == (0, 2.0, None)
    assert {second[name] for name in ("why", "heard.friend", "branch", "day", "rating", "each.rooms")} == {None}
    assert "contact" not in frame.columns
    described = json.loads(polars.read_parquet_metadata(path)["hearback"])
    assert described["labels"]["branch"] == "Which branch?"
    assert described["values"]["branch"] == {"north": "North Street", "quay": "The Quay"}


def test_parquet_may_hold_words_instead_of_codes(run, tmp_path):
    _filled()
    frame = polars.read_parquet(_exported(run, tmp_path, "parquet", "--values", "labels"))
    assert frame["branch"].to_list() == ["The Quay", None]
    assert frame["nps"].to_list() == [9, 0]


def test_spss_reads_back_with_words_for_variables_and_codes(run, tmp_path):
    _filled()
    frame, about = pyreadstat.read_sav(str(_exported(run, tmp_path, "sav")), output_format="polars")
    first, second = frame.rows(named=True)
    assert (first["submitted_on"], first["nps"], first["hours"], first["day"]) == (date(2026, 5, 1), 9, 1.5, date(2026, 9, 30))  # fmt: skip
    assert (first["why"], first["branch"], first["heard.friend"], first["heard.net"]) == ("ü" * 4000, "quay", 1, 0)
    assert (second["nps"], second["heard.friend"], second["day"], second["why"]) == (0, None, None, "")
    assert about.column_names_to_labels["nps"] == "Would you recommend us?"
    assert about.column_names_to_labels["heard.net"] == "How did you hear of us?: On the net"
    assert about.variable_value_labels["branch"] == {"north": "North Street", "quay": "The Quay"}
    assert about.column_names_to_labels["each.rooms"] == "How good was each?: Changing rooms"
    assert about.variable_measure["branch"] == "nominal"
    assert about.variable_measure["hours"] == "scale"


@pytest.mark.usefixtures("both_databases")
@pytest.mark.parametrize("form", ["sav", "parquet"])
def test_as_many_rows_as_are_counted_in_parts_too(run, tmp_path, monkeypatch, form):
    survey = with_every_kind()
    for number in range(7):
        answer(survey, {"nps": number})
    monkeypatch.setattr(analysis, "PART", 3)
    path = tmp_path / f"out.{form}"
    done = run("export", "spring", "--format", form, "--output", path)
    assert "Wrote 7 answers" in done.output
    frame = polars.read_parquet(path) if form == "parquet" else pyreadstat.read_sav(str(path), output_format="polars")[0]  # fmt: skip
    assert frame["nps"].to_list() == list(range(7))


@pytest.mark.parametrize("form", ["sav", "parquet"])
def test_nobody_is_a_file_without_rows(run, tmp_path, form):
    with_every_kind()
    path = _exported(run, tmp_path, form)
    frame = polars.read_parquet(path) if form == "parquet" else pyreadstat.read_sav(str(path), output_format="polars")[0]  # fmt: skip
    assert frame.height == 0
    assert "nps" in frame.columns


@pytest.mark.parametrize("form", ["sav", "parquet"])
def test_a_survey_that_shows_groups_gives_answers_alone(run, tmp_path, form):
    survey = with_every_kind(privacy="confidential")
    for number in range(7):
        answer(survey, {"nps": number}, segments={"site": "north"})
    assert "fewer than 8 people" in run("export", "spring", "--format", form, "--output", tmp_path / "x").output
    answer(survey, {"nps": 7}, segments={"site": "north"})
    path = _exported(run, tmp_path, form)
    frame = polars.read_parquet(path) if form == "parquet" else pyreadstat.read_sav(str(path), output_format="polars")[0]  # fmt: skip
    assert not {"id", "submitted_on", "person", "segment_site"} & set(frame.columns)
    assert sorted(frame["nps"].to_list()) == list(range(8))


def test_without_the_packages_a_sentence_says_what_to_install(run, tmp_path, client, monkeypatch):
    with_every_kind()
    monkeypatch.setattr(analysis, "find_spec", lambda name: None if name == "pyreadstat" else find_spec(name))
    done = run("export", "spring", "--format", "sav", "--output", tmp_path / "x.sav")
    assert done.exit_code == 1
    assert "make install-analysis" in done.output
    assert not (tmp_path / "x.sav").exists()
    answer_id = answer(with_questions([{"key": "a", "kind": "nps", "words": "A?"}], slug="other"), {"a": 9})
    assert answer_id
    sign_in(client)
    page = client.get("/surveys/other/responses").text
    assert "Parquet" in page
    assert "SPSS" not in page
    refused = submit(client, "/surveys/other/responses.sav", page="/surveys/other/responses")
    assert refused.status_code == 400
    assert "make install-analysis" in refused.text


def test_a_file_for_spss_has_a_limit_that_is_said(run, tmp_path, monkeypatch):
    survey = with_every_kind()
    for number in range(3):
        answer(survey, {"nps": number})
    monkeypatch.setattr(analysis, "SAV_ROWS", 2)
    done = run("export", "spring", "--format", "sav", "--output", tmp_path / "x.sav")
    assert done.exit_code == 1
    assert "at most 2 answers" in done.output


def test_the_browser_hands_them_out_too(client):
    survey = with_every_kind()
    for number in range(3):
        answer(survey, {"nps": number}, voice="customer" if number else "unverified")
    sign_in(client)
    page = "/surveys/spring/responses?voice=customer"
    assert "About 1 kB as a table" in client.get(page).text
    found = submit(client, "/surveys/spring/responses.parquet", {"voice": "customer"}, page=page)
    assert found.status_code == 200, found.text
    assert polars.read_parquet(io.BytesIO(found.data))["nps"].to_list() == [1, 2]
    assert submit(client, "/surveys/spring/responses.sav", page=page).data[:4] == b"$FL2"


@pytest.mark.parametrize(("values", "cells"), [
    ("both", {"used": "The web; The shop", "used.code": "web; shop", "each.rooms": "Very bad", "stars": "Very satisfied", "stars.code": "5"}),
    ("labels", {"used": "The web; The shop", "each.rooms": "Very bad", "stars": "Very satisfied"}),
    ("codes", {"used": "web; shop", "each.rooms": "very-bad", "stars": "5"}),
])  # fmt: skip
def test_a_table_holds_words_codes_or_both(run, values, cells):
    answer(with_every_kind(), EVERY_ANSWER)
    done = run("export", "spring", "--values", values)
    (row,) = csv.DictReader(io.StringIO(done.stdout_bytes.decode(), newline=""))
    told = {name: row[name] for name in row if name.split(".")[0] in ("used", "stars") or name == "each.rooms"}
    assert told == cells


def test_codes_can_be_read_in_again(run, tmp_path):
    answer(with_every_kind(), {**EVERY_ANSWER, "why": "fine"})
    with_every_kind(slug="copy")
    path = _exported(run, tmp_path, "csv", "--values", "codes")
    assert "1 new" in run("import", "copy", path).output
    again = run("export", "copy", "--values", "codes").stdout_bytes.decode()
    (first,), (second,) = (list(csv.DictReader(io.StringIO(text, newline=""))) for text in (path.read_text(), again))
    assert {name: first[name] for name in EVERY_ANSWER if name in first} == {name: second[name] for name in EVERY_ANSWER if name in second}  # fmt: skip


def test_the_browser_knows_no_other_choice(client):
    answer(with_every_kind(), EVERY_ANSWER)
    sign_in(client)
    page = "/surveys/spring/responses"
    assert submit(client, "/surveys/spring/responses.csv", {"values": "all"}, page=page).status_code == 400
    told = submit(client, "/surveys/spring/responses.csv", {"values": "codes"}, page=page).text
    assert "web; shop" in told
    assert "The web" not in told


def test_names_are_safe_and_stay_apart():
    given = ["a", "A", "a.b", "to", "1st", "ü", "", "a b", "a_b", "x" * 100, "x" * 100, "ends."]
    names = safe_names(given)
    assert len({name.casefold() for name in names}) == len(given)
    assert names[:4] == ["a", "A_2", "a.b", "v_to"]
    assert all(0 < len(name) <= 64 and name[0].isalpha() and name.isascii() and name[-1] != "." for name in names)


def test_texts_are_cut_between_characters():
    assert limited("ü" * 10, 5) == "üü"
    assert limited("short", 100) == "short"


def test_sizes_are_said_in_words():
    assert [size_words(size) for size in (0, 12_400, 12_400_000)] == ["about 1 kB", "about 12 kB", "about 12 MB"]


def test_segments_are_known_by_name(app):
    survey = with_every_kind()
    assert segment_names(survey.id) == []
    answer(survey, {"nps": 1}, segments={"site": "north", "tier": "a"})
    answer(survey, {"nps": 1}, segments={"site": "south"})
    assert segment_names(survey.id) == ["site", "tier"]
