"""`text evaluate-reasons` and `text keywords`: their contract."""

import csv
import io
import json

import pytest

from tests.factories.cafe import CAFE, comments


def _file(header, rows):
    written = io.StringIO()
    csv.writer(written).writerows([header, *rows])
    return written.getvalue()


TAXONOMY = json.dumps({code: {"label": one.label, "phrases": one.phrases} for code, one in CAFE.items()})
LABELLED = _file(["text", "label"], comments())
DELAYS = """text,group
The waiting time was terrible for all of us that day.,angry
The waiting times were awful and my parcel came late.,angry
Such a kind and polite nurse on the second floor.,calm
"""


@pytest.fixture
def run(sqlite_app, tmp_path):
    """Run `text …` on a file with this content; a taxonomy is one more file."""

    def run(command, *options, content, taxonomy=None):
        file, reasons = tmp_path / "answers.csv", tmp_path / "taxonomy.json"
        file.write_text(content, "utf-8")
        if taxonomy is not None:
            reasons.write_text(taxonomy, "utf-8")
            options = ("--taxonomy", str(reasons), *options)
        return sqlite_app.test_cli_runner().invoke(args=["text", command, str(file), *options])

    return run


def test_reasons_are_judged_on_the_rows_that_were_not_learned_from(run):
    found = json.loads(
        run("evaluate-reasons", "--corrections", "100", "--json", content=LABELLED, taxonomy=TAXONOMY).stdout
    )
    assert {"n", "accuracy", "macro_f1", "top2", "accuracy_confident_70"} <= set(found)
    assert (found["n"], found["corrections"]) == (260, 100)
    assert 0.9 <= found["accuracy"] <= found["top2"] <= 1
    assert sum(n for n, _ in found["classes"].values()) == 260


def test_without_corrections_every_row_is_judged_by_the_phrases(run):
    found = json.loads(run("evaluate-reasons", "--json", content=LABELLED, taxonomy=TAXONOMY).stdout)
    assert (found["n"], found["corrections"]) == (360, 0)
    assert found["accuracy"] >= 0.6


def test_the_same_seed_chooses_the_same_rows_and_another_one_others(run):
    def told(seed):
        options = ("--corrections", "60", "--seed", seed, "--json")
        return run("evaluate-reasons", *options, content=LABELLED, taxonomy=TAXONOMY).stdout

    assert told("7") == told("7")
    assert json.loads(told("7"))["classes"] != json.loads(told("8"))["classes"]


def test_reasons_are_judged_in_words_too(run):
    lines = run("evaluate-reasons", "--corrections", "60", content=LABELLED, taxonomy=TAXONOMY).stdout.splitlines()
    assert lines[0].split() == ["learned", "from", "60"]
    assert lines[1].split() == ["judged", "by", "300"]
    assert any(line.startswith("Slow service") and line.endswith("found") for line in lines)


def test_a_label_may_be_the_code_or_the_name_of_a_reason_in_any_case(run):
    content = _file(["comment", "why"], [["so slow", "SLOW"], ["so rude", "rude staff"], ["so dirty", "Not clean"]])
    result = run("evaluate-reasons", "--label-column", "why", "--json", content=content, taxonomy=TAXONOMY)
    assert json.loads(result.stdout)["n"] == 3


def test_a_label_that_is_no_reason_is_named_with_its_line_and_left_out(run):
    result = run("evaluate-reasons", "--json", content=LABELLED + "They were kind,kindness\n", taxonomy=TAXONOMY)
    assert json.loads(result.stdout)["n"] == 360
    assert "Line 362: “kindness” is no reason of the taxonomy." in result.stderr


@pytest.mark.parametrize(
    ("options", "content", "taxonomy", "words"),
    [
        ((), "text\nslow\n", TAXONOMY, "No column is called label."),
        ((), "text,label\nslow,nonsense\n", TAXONOMY, "No label in the column “label” is a reason"),
        ((), LABELLED, "{", "The taxonomy is not JSON"),
        ((), LABELLED, "[]", "holds no reasons"),
        (("--corrections", "360"), LABELLED, TAXONOMY, "leaves none to judge by"),
        (("--label", "x"), LABELLED, TAXONOMY, "There is no column “x”"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_words(run, options, content, taxonomy, words):
    result = run("evaluate-reasons", *options, content=content, taxonomy=taxonomy)
    assert result.exit_code == 1
    assert words in result.stderr


def test_keywords_are_listed_with_counts_moods_and_a_quote(run):
    found = json.loads(run("keywords", "--json", content=DELAYS).stdout)
    assert found["n"] == 3
    assert [one["keyword"] for one in found["keywords"]] == ["waiting time"]
    assert found["keywords"][0] == {
        "keyword": "waiting time", "comments": 2, "share": 0.6667, "positive": 0, "negative": 2,
        "quote": found["keywords"][0]["quote"],
    }  # fmt: skip
    assert found["keywords"][0]["quote"] in DELAYS
    assert found["stop_words_suggested"] == ["time", "waiting"]


def test_keywords_are_listed_in_words(run):
    said = run("keywords", content=DELAYS * 2).stdout
    assert "2  waiting time" in said or "4  waiting time" in said
    assert "In more than a quarter of" in said
    assert "No keyword is shared by two texts." in run("keywords", content="text\nGood\n").stdout


def test_a_quote_is_redacted_and_other_languages_are_left_out(run):
    content = """text
Call me about the waiting time on 0171 2345678 or ann@example.org today
The waiting time is a shame
Wir haben sehr lange gewartet und niemand war da
"""
    result = run("keywords", "--json", content=content)
    found = json.loads(result.stdout)
    assert found["n"] == 2
    assert "1 text is not English and left out." in result.stderr
    assert found["keywords"][0]["quote"].startswith("Call me about the waiting time")
    assert "2345678" not in result.stdout
    assert "ann@" not in result.stdout


def test_groups_are_contrasted_by_a_column(run):
    rows = [["the queue was long", "0"]] * 20 + [["polite nurses", "10"]] * 20 + [["polite nurses", ""]]
    content = _file(["text", "score"], rows)
    found = json.loads(run("keywords", "--contrast", "score", "--json", content=content).stdout)["contrasts"]
    assert list(found) == ["0", "10"]
    assert (found["0"][0]["keyword"], found["0"][0]["here"], found["0"][0]["there"]) == ("queue", 20, 0)
    assert "“0” says more than the others:" in run("keywords", "--contrast", "score", content=content).stdout


@pytest.mark.parametrize(
    ("column", "words"), [("mood", "There is no column “mood”"), ("group", "has 1 different values")]
)
def test_what_cannot_be_contrasted_is_refused_in_words(run, column, words):
    result = run("keywords", "--contrast", column, content="text,group\nThe queue here,a\nThe queue there,a\n")
    assert result.exit_code == 1
    assert words in result.stderr
