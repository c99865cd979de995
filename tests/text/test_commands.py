import json

import pytest

from survey.text import jobs as text_jobs
from survey.text.queries import comments_of, count_unread
from survey.text.rules import read
from survey.text.rules.columns import label, rating_scale, wordiest
from survey.text.rules.scores import evaluation, guess
from tests.factories.counted import answer, make_survey

FILE = """id,comment,score,label
1,"The staff were lovely, thank you.",1,positive
2,"The waiting time was terrible, I waited two hours.",5,negative
3,n/a,3,neutral
4,"They lost my parcel twice and the waiting time was awful.",7,Negative
"""


@pytest.fixture
def run(sqlite_app, tmp_path):
    """Run `text …` on a file with this content."""

    def run(command, *options, content=FILE):
        path = tmp_path / "answers.csv"
        path.write_text(content)
        return sqlite_app.test_cli_runner().invoke(args=["text", command, str(path), *options])

    return run


def _lines(result):
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_tagging_writes_a_line_of_json_for_each_row_in_order(run):
    result = run("tag")
    found = _lines(result)
    assert [one["row"] for one in found] == [1, 2, 3, 4]
    assert [one["sentiment"] for one in found] == ["positive", "negative", "none", "negative"]
    assert set(found[1]) >= {
        "row", "language", "sentiment", "polarity", "confidence", "reasons", "keywords", "redacted",
    }  # fmt: skip
    assert found[1]["reasons"][0]["code"] == "A2"
    assert found[1]["reasons"][0]["source"] == "rule"
    assert found[1]["polarity"] < 0 < found[0]["polarity"]
    assert "Read 4 texts of the column “comment”." in result.stderr


def test_blank_rows_and_rows_that_cannot_be_read_keep_their_place(run):
    found = _lines(run("tag", content='text,id\n"",1\nBad\n   ,3\nGreat,4\n'))
    assert [one["sentiment"] for one in found] == ["none", "none", "none", "positive"]
    assert "cells where the header has 2" in found[1]["note"]


def test_tagging_takes_role_score_and_language_of_each_row(run):
    content = (
        "text,role,score,language\n"
        "Nothing,improve,,en\nNothing,good,,en\nIt was an ambulance.,open,-1,en\nIt was an ambulance.,open,1,en\n"
        "Es war alles wunderbar,,,de\nC'était vraiment très bien,,,fr\nC'était vraiment très bien,,1,fr\n"
    )
    found = _lines(run("tag", content=content))
    assert [one["sentiment"] for one in found] == [
        "positive", "negative", "negative", "positive", "positive", "none", "positive",
    ]  # fmt: skip
    assert [one["language"] for one in found] == ["en", "en", "en", "en", "de", "fr", "fr"]


def test_tagging_takes_out_personal_data(run):
    (found,) = _lines(run("tag", content="text\nCall Anna on 0151 2345 6789 about 12.05.2024\n"))
    assert found["redacted"] == "Call [name] on [phone] about 12.05.2024"


def test_tagging_writes_a_file_when_told_so(run, tmp_path):
    result = run("tag", "--output", str(tmp_path / "out.jsonl"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 4


def test_the_text_is_the_column_with_the_most_words_when_no_name_says_so(run):
    result = run("tag", content="a,b\nx y,They were very kind to us\n")
    assert "of the column “b”" in result.stderr


def test_the_writers_own_score_helps_to_read(run):
    content = "text,score\nIt was an ambulance.,5\nIt was an ambulance.,1\nIt was an ambulance.,6\n"
    for options in (("--rating", "score=5..1"), ("--score-column", "score", "--score-best", "1", "--score-worst", "5")):
        sentiments = [one["sentiment"] for one in _lines(run("tag", *options, content=content))]
        assert sentiments == ["negative", "positive", "none"]


@pytest.mark.parametrize(
    ("options", "content", "words"),
    [
        (("--column", "remarks"), FILE, "There is no column “remarks”. The columns are: id, comment, score, label."),
        ((), "a,b\n1,2\n", "No column looks like text. Name it with --column; there are: a, b."),
        ((), "", "The file is empty."),
        (("--rating", "score"), FILE, "“score” is no scale."),
        (("--rating", "score=3..3"), FILE, "“3..3” is no scale."),
        (("--rating", "grade=1..5"), FILE, "There is no column “grade”."),
    ],
)
@pytest.mark.parametrize("command", ["tag", "evaluate", "keywords"])
def test_a_wrong_file_or_column_is_refused_in_words(run, command, options, content, words):
    result = run(command, *options, content=content)
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_broken_row_is_named_and_the_others_are_judged(run):
    result = run("evaluate", "--json", content="text,label\nGood,positive\nBad\nAwful,negative\n")
    assert json.loads(result.stdout)["n"] == 2
    assert "Line 3: 1 cells where the header has 2." in result.stderr
    assert "1 line was left out." in result.stderr


def test_of_many_broken_rows_the_first_are_named_and_all_are_counted(run):
    result = run("tag", content="text,id\nGood,1\n" + "Bad\n" * 1500)
    assert result.stderr.count("Line ") == 20
    assert "1,500 lines were noted." in result.stderr


def test_evaluating_compares_with_peoples_labels(run):
    found = json.loads(run("evaluate", "--json").stdout)
    assert set(found) >= {
        "n", "accuracy", "macro_f1", "classes", "accuracy_confident_70", "comments_per_cpu_second",
    }  # fmt: skip
    assert (found["n"], found["accuracy"], found["macro_f1"], found["accuracy_confident_70"]) == (4, 1.0, 1.0, 1.0)
    assert found["classes"]["negative"] == {"n": 2, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert found["confusion"]["negative"] == {"negative": 2, "neutral": 0, "positive": 0}


def test_evaluating_prints_a_table(run):
    lines = run("evaluate").stdout.splitlines()
    assert lines[0].split() == ["n", "4"]
    assert lines[1].split() == ["accuracy", "100.0", "%"]
    assert lines[-3].split() == ["negative", "2", "0", "0"]


def test_evaluating_uses_role_and_score_only_where_it_is_told_to(run):
    content = "text,label,role,score\nNothing,positive,improve,1\nNothing,negative,good,5\nIt was an ambulance.,negative,open,5\n"
    alone = json.loads(run("evaluate", "--json", content=content).stdout)
    told = json.loads(
        run("evaluate", "--json", "--role-column", "role", "--score-column", "score", content=content).stdout
    )
    assert alone["accuracy"] < told["accuracy"] == 1.0


def test_two_labels_are_judged_by_the_side_alone(run):
    content = "text,label\nIt is a phone.,positive\nGreat phone.,positive\nAwful phone.,negative\n"
    found = json.loads(run("evaluate", "--json", content=content).stdout)
    assert set(found["classes"]) <= {"positive", "negative"}


def test_languages_are_compared_with_those_of_the_file(run):
    content = (
        "text,label\nThe staff were very kind to all of us,en\nDas Personal war sehr freundlich zu uns,de\n"
        "Le personnel était très gentil avec nous,fr\nVery kind,en\nno language,\n"
    )
    found = json.loads(run("evaluate-language", "--json", content=content).stdout)
    assert (found["n"], found["accuracy"], found["false_alarms"]) == (4, 1.0, 0.0)
    assert "de            100.0 % found" in run("evaluate-language", content=content).stdout


def test_a_label_nobody_knows_is_named_and_left_out(run):
    result = run("evaluate", "--json", content=FILE + "5,Some words here,2,angry\n")
    assert json.loads(result.stdout)["n"] == 4
    assert "Line 6: “angry” is not one of negative, neutral, mixed, positive." in result.stderr


def test_evaluating_without_labels_is_refused(run):
    assert "No column is called label" in run("evaluate", content="text\nGood\n").stderr
    assert "No label in the column “score” is one of" in run("evaluate", "--label", "score").stderr


def test_every_command_explains_itself(sqlite_app):
    for command in (
        (),
        ("tag",),
        ("evaluate",),
        ("evaluate-language",),
        ("evaluate-reasons",),
        ("keywords",),
        ("read",),
    ):
        result = sqlite_app.test_cli_runner().invoke(args=["text", *command, "--help"])
        assert result.exit_code == 0
        assert "Usage:" in result.stdout


def test_comments_whose_jobs_were_lost_are_read_on_demand(app, heard):
    survey = make_survey()
    ids = [answer(survey, {"why": words}) for words in ("The staff were lovely.", "The staff were rude.", "n/a")]
    result = app.test_cli_runner().invoke(args=["text", "read"])
    assert (result.exit_code, result.stdout) == (0, "Read 3 comments.\n")
    assert {comment.sentiment for comment in comments_of(ids)} == {"positive", "negative", "none"}
    assert len(heard) == 3
    assert app.test_cli_runner().invoke(args=["text", "read"]).stdout == "Read 0 comments.\n"


def test_comments_that_still_cannot_be_read_are_said(app, heard, monkeypatch):
    answer(make_survey(), {"why": "The staff were lovely."})

    def broken(*args, **how):
        raise RuntimeError("no")

    monkeypatch.setattr(text_jobs, "read", broken)
    result = app.test_cli_runner().invoke(args=["text", "read"])
    assert result.exit_code == 1
    assert "1 comments could not be read" in result.stderr
    assert count_unread() == 1


# ---- the rules behind them ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "word"),
    [(" NEG ", "negative"), ("Positive", "positive"), ("neutral", "neutral"), ("both", "mixed"), ("5", None)],
)
def test_labels_are_known_by_several_words(cell, word):
    assert label(cell) == word


@pytest.mark.parametrize(
    ("scale", "cell", "rating"),
    [("1..5", "1", -1), ("1..5", "4", 0.5), ("5..1", "1", 1), ("0..10", "5", 0), ("1..5", "6", None), ("1..5", "nan", None),
     ("1..5", "", None), ("1..5", "three", None), ("-1..1", " 0.5 ", 0.5)],
)  # fmt: skip
def test_a_score_becomes_a_rating_from_minus_one_to_one(scale, cell, rating):
    assert rating_scale(scale)(cell) == rating


def test_a_column_without_sentences_is_no_text():
    assert wordiest(["id", "city"], [{"id": "1", "city": "New York"}, {"id": "2", "city": ""}]) is None
    assert wordiest(["id", "said"], [{"id": "1", "said": "They were kind"}, {"id": "2", "said": ""}]) == "said"


def test_a_guess_is_mixed_only_where_people_said_so():
    reading = read("Great food but the service was awful")
    assert guess(reading, frozenset({"mixed", "positive"}))[0] == "mixed"
    assert guess(reading, frozenset({"neutral", "positive"}))[0] in ("negative", "neutral", "positive")
    assert guess(reading, frozenset({"negative", "positive"}))[0] in ("negative", "positive")


def test_golden_numbers_of_an_evaluation():
    truth = ["negative"] * 4 + ["positive"] * 4 + ["neutral"] * 2
    found_as = ["negative"] * 3 + ["positive"] * 4 + ["negative", "neutral", "positive"]
    sure = [0.9] * 3 + [0.1] + [0.9] * 3 + [0.2] + [0.9, 0.1]
    found = evaluation(truth, found_as, sure)
    assert found.accuracy == pytest.approx(0.7)
    assert found.accuracy_confident_70 == 1.0
    assert (found.classes["negative"].precision, found.classes["negative"].recall) == (0.75, 0.75)
    assert found.macro_f1 == pytest.approx((0.75 + 2 * 3 / 9 + 2 * 1 / 3) / 3)
    assert evaluation(["positive"], ["negative"], [1.0]).classes["positive"].precision is None
