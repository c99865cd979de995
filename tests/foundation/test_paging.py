"""Cursors: ours come back, others are refused in words."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.foundation.errors import Refused
from survey.foundation.paging import decode, encode, page


@given(st.lists(st.text(max_size=30), min_size=2, max_size=2))
def test_a_cursor_comes_back_as_it_was(keys):
    assert decode(encode(keys), parts=2) == keys


DEEP = base64.urlsafe_b64encode(b"[" * 3000).decode()


@pytest.mark.parametrize(
    "cursor", ["", "x", "%%%", "bm8", encode(["one"]), DEEP, DEEP[:300], "é", encode(["a", "b", "c"])]
)
def test_what_is_no_cursor_of_ours_is_refused(cursor):
    with pytest.raises(Refused):
        decode(cursor, parts=2)


@given(st.text(max_size=500))
def test_no_text_breaks_it(text):
    with suppress(Refused):
        assert len(decode(text, parts=2)) == 2


def test_the_last_page_has_no_next():
    assert page([1, 2, 3], lambda one: [str(one)], size=3).next is None
    first = page([1, 2, 3, 4], lambda one: [str(one)], size=3)
    assert list(first.items) == [1, 2, 3]
    assert decode(first.next, parts=1) == ["3"]
