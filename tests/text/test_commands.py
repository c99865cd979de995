import csv
import json

import pytest

from survey.text import jobs as text_jobs
from survey.text.queries import comments_of, count_unread
from survey.text.rules.columns import label, rating_scale, wordiest
from survey.text.rules.scores import evaluation
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


def _rows(text):
    return list(csv.DictReader(text.splitlines()))


def test_tagging_keeps_every_row_and_column_and_writes_the_findings_beside_them(run):
    result = run("tag")
    rows = _rows(result.stdout)
    assert [row["id"] for row in rows] == ["1", "2", "3", "4"]
    assert list(rows[0]) == [
        "id", "comment", "score", "label",
        "sentiment", "text_sentiment", "confidence", "signal_words", "keywords", "reasons",
    ]  # fmt: skip
    assert [row["sentiment"] for row in rows] == ["positive", "negative", "none", "negative"]
    assert rows[1]["reasons"].startswith("A2 0.")
    assert "waiting time" in rows[1]["signal_words"] + rows[1]["keywords"]
    assert "Read 4 texts of the column “comment”." in result.stderr


def test_tagging_writes_a_file_when_told_so(run, tmp_path):
    result = run("tag", "--output", str(tmp_path / "out.csv"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(_rows((tmp_path / "out.csv").read_text())) == 4


def test_a_tagged_file_can_be_tagged_again(run, tmp_path):
    once = run("tag").stdout
    rows = _rows(run("tag", content=once).stdout)
    assert rows[1]["sentiment"] == rows[1]["read_sentiment"] == "negative"


def test_what_a_spreadsheet_would_run_is_written_as_text(run):
    result = run("tag", content="text\n=1+1 is what they charged us\n")
    assert result.stdout.splitlines()[1].startswith("'=1+1")


def test_the_text_is_the_column_with_the_most_words_when_no_name_says_so(run):
    result = run("tag", content="a,b\nx y,They were very kind to us\n")
    assert "of the column “b”" in result.stderr


def test_the_writers_own_score_helps_to_read(run):
    content = "text,score\nIt was an ambulance.,5\nIt was an ambulance.,1\nIt was an ambulance.,6\n"
    sentiments = [row["sentiment"] for row in _rows(run("tag", "--rating", "score=5..1", content=content).stdout)]
    assert sentiments == ["negative", "positive", "none"]


def test_a_column_says_the_language_of_each_row(run):
    content = "text,lang\nThe staff were lovely,en\nThe staff were lovely,de\n"
    assert [row["sentiment"] for row in _rows(run("tag", content=content).stdout)] == ["positive", "not_scored"]


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


def test_a_broken_row_is_named_and_the_others_are_read(run):
    result = run("tag", content="text,id\nGood,1\nBad\nFine,3\n")
    assert result.exit_code == 0
    assert [row["id"] for row in _rows(result.stdout)] == ["1", "3"]
    assert "Line 3: 1 cells where the header has 2." in result.stderr
    assert "1 line was left out." in result.stderr


def test_of_many_broken_rows_the_first_are_named_and_all_are_counted(run):
    result = run("tag", content="text,id\nGood,1\n" + "Bad\n" * 1500)
    assert result.stderr.count("Line ") == 20
    assert "1,500 lines were left out." in result.stderr


def test_evaluating_compares_with_peoples_labels(run):
    found = json.loads(run("evaluate", "--json").stdout)
    assert (found["n"], found["accuracy"], found["macro_f1"]) == (4, 1.0, 1.0)
    assert (found["negative_precision"], found["negative_recall"]) == (1.0, 1.0)
    assert found["confusion"]["negative"] == {"negative": 2, "neutral": 0, "positive": 0}


def test_evaluating_prints_a_table(run):
    lines = run("evaluate").stdout.splitlines()
    assert lines[0].split() == ["n", "4"]
    assert lines[1].split() == ["accuracy", "100.0", "%"]
    assert lines[-3].split() == ["negative", "2", "0", "0"]


def test_a_label_nobody_knows_is_named_and_left_out(run):
    result = run("evaluate", "--json", content=FILE + "5,Some words here,2,angry\n")
    assert json.loads(result.stdout)["n"] == 4
    assert "Line 6: “angry” is not one of negative, neutral, mixed, positive." in result.stderr


def test_evaluating_without_labels_is_refused(run):
    assert "No column is called label" in run("evaluate", content="text\nGood\n").stderr
    assert "No label in the column “score” is one of" in run("evaluate", "--label", "score").stderr


def test_every_command_explains_itself(sqlite_app):
    for command in ((), ("tag",), ("evaluate",), ("evaluate-reasons",), ("keywords",), ("read",)):
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


def test_a_mixed_reading_takes_no_side_where_people_never_said_mixed():
    found = evaluation(["positive", "neutral"], ["positive", "mixed"])
    assert (found.accuracy, dict(found.confusion["neutral"])) == (1.0, {"neutral": 1, "positive": 0})
    assert evaluation(["mixed", "neutral"], ["mixed", "mixed"]).accuracy == 0.5


def test_shares_of_nothing_are_not_said():
    found = evaluation(["positive"], ["positive"])
    assert (found.negative_precision, found.negative_recall) == (None, None)


def test_golden_numbers_of_an_evaluation():
    truth = ["negative"] * 4 + ["positive"] * 4 + ["neutral"] * 2
    read = ["negative", "negative", "negative", "positive"] + ["positive"] * 3 + ["negative"] + ["neutral", "positive"]
    found = evaluation(truth, read)
    assert found.accuracy == pytest.approx(0.7)
    assert (found.negative_precision, found.negative_recall) == (0.75, 0.75)
    assert found.macro_f1 == pytest.approx((0.75 + 2 * 3 / 9 + 2 * 1 / 3) / 3)
