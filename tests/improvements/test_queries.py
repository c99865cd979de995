"""What stands on the board, and what customers may read."""

from datetime import timedelta

import pytest

from survey.foundation.errors import Refused
from survey.improvements import queries
from tests.improvements.test_actions import NOW, ON, post, start


def _published(title, days, stage="shipped", codes=("A2",)):
    improvement = start(title, codes=codes)
    post(improvement, stage=stage, words=title, now=NOW + timedelta(days=days), on=ON + timedelta(days=days))
    return improvement


def _titles(rows):
    return [row.title for row in rows]


@pytest.mark.usefixtures("app")
class TestReads:
    def test_customers_read_the_newest_stage_first_and_nothing_hidden(self):
        _published("old", 1)
        start("hidden")
        _published("new", 9)
        _published("between", 5)
        assert _titles(queries.published()) == ["new", "between", "old"]
        assert _titles(queries.published(limit=1)) == ["new"]

    def test_pages_hold_every_row_once(self):
        for number in range(7):
            _published(f"n{number}", number // 2)
        seen, cursor = [], None
        while True:
            page = queries.published_page(cursor=cursor, size=3)
            seen += _titles(page.items)
            cursor = page.next
            if cursor is None:
                break
        assert seen == _titles(queries.published())
        assert len(seen) == 7

    @pytest.mark.parametrize("cursor", ["x", "WyJ4IiwieSJd"])
    def test_a_page_that_nobody_linked_to_is_refused(self, cursor):
        with pytest.raises(Refused):
            queries.published_page(cursor=cursor)

    def test_the_board_begins_with_what_is_being_done(self):
        _published("done", 1)
        _published("not done", 2, stage="declined")
        start("hidden")
        _published("soon", 3, stage="planned")
        _published("now", 0, stage="in_progress")
        assert _titles(queries.board()) == ["now", "soon", "hidden", "done", "not done"]

    def test_answers_are_found_by_their_reasons(self):
        _published("waiting", 1, codes=["A2", "R1"])
        _published("price", 2, codes=["P2"])
        start("hidden", codes=["A2"])
        assert _titles(queries.answering(["A2", "R1"], limit=3)) == ["waiting"]
        assert _titles(queries.answering(["A2", "P2"], limit=1)) == ["price"]
        assert queries.answering([], limit=3) == []

    def test_a_published_answer_stands_before_a_hidden_one(self):
        _published("told", 1, codes=["A2"])
        start("hidden", codes=["A2", "S1"], now=NOW + timedelta(days=30))
        found = queries.answers_by_code(["A2", "S1", "P2"])
        assert {code: row.title for code, row in found.items()} == {"A2": "told", "S1": "hidden"}

    def test_the_newest_updates_come_with_their_improvement(self):
        first = _published("first", 1)
        _published("second", 2)
        post(first, words="again", now=NOW + timedelta(days=3))
        assert [(u.words, u.improvement.title) for u in queries.newest_updates()] == [
            ("again", "first"), ("second", "second"), ("first", "first"),
        ]  # fmt: skip

    def test_what_is_hidden_changes_nothing_in_public(self):
        assert queries.last_changed() is None
        start("hidden")
        assert queries.last_changed() is None
        _published("told", 1)
        assert queries.last_changed() == NOW + timedelta(days=1)
