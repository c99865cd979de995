"""The measurements still fit what they measure: the page they fill in, the server command they borrow, the files they read."""

import random

import pytest

from bench import hostile, load, shapes
from bench.respond import GOALS
from bench.servers import product_command
from tests.factories.surveys import from_template


def test_the_load_client_fills_in_the_real_page(client):
    address = f"/s/{from_template().slug}"
    body = load.filled_in(client.get(address).data, random.Random(1))
    answer = client.post(address, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303


def test_a_baseline_runs_by_the_command_of_the_product(tmp_path):
    command = product_command(tmp_path, 8123, "bench.bare:floor")
    assert command[-1] == "bench.bare:floor"
    assert {"granian", "8123", "--blocking-threads"} <= set(command)


def test_columns_are_told_by_shape_alone(tmp_path):
    path = tmp_path / "some.csv"
    path.write_text(
        "\ufeffa ,b,c,d\n1,I waited,9000,x\n5,They were kind to me,9001,y\n3,,9002,\n7,No,9003,\n", encoding="utf-8"
    )
    table = shapes.sheet(path)
    assert shapes.longest_text(table) == "b"
    assert shapes.small_scale(table) == ("a", [1, 3, 5, 7])
    assert table.values("b") == ["I waited", "They were kind to me", "No"]


def test_a_file_without_words_or_scale_has_none(tmp_path):
    path = tmp_path / "some.csv"
    path.write_text("", encoding="utf-8")
    assert shapes.longest_text(shapes.sheet(path)) is None
    assert shapes.small_scale(shapes.sheet(path)) is None


def test_every_string_of_a_document_is_found():
    assert list(hostile.strings({"a": ["b", {"c": ["d"]}, 1, None]})) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("value", "words"), [(0.7, "on target"), (0.5, "within the gate"), (0.39, "MISSES THE GATE")])
def test_a_rate_is_better_when_it_is_higher(value, words):
    rate = next(goal for goal in GOALS if goal.more_is_better)
    assert rate.verdict(value) == words
