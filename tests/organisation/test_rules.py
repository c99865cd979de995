"""Colours that can be read, and pictures that are pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.organisation.rules import (
    CLEAR,
    DARK_PAPER,
    DARK_SURFACE,
    MARK_LIMIT,
    PAPER,
    READABLE,
    WHITE,
    accent_css,
    accent_problem,
    contrast,
    dark_accent,
    darker_accent,
    mark_problem,
    picture_type,
)  # fmt: skip

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
PICTURES = {
    "image/png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "image/gif": b"GIF89a\x01\x00",
    "image/webp": b"RIFF\x1a\x00\x00\x00WEBPVP8 ",
}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#FFFFFF", "#FFFFFF", 1.0), ("#777777", "#FFFFFF", 4.478), ("#0B6B5D", "#FFFFFF", 6.4),
     ("#0B6B5D", "#FBFAF7", 6.1), ("#5CC4B0", "#131716", 8.6), ("#1C2321", "#FBFAF7", 15.3)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.06 if ratio not in (21.0, 1.0) else 1e-9)
    assert contrast(one, other) == contrast(other, one)


@given(COLOURS)
def test_every_colour_is_taken_or_its_darker_shade_is(colour):
    if accent_problem(colour) is None:
        assert contrast(colour, WHITE) >= READABLE
        assert contrast(colour, PAPER) >= READABLE
    else:
        assert accent_problem(darker_accent(colour)) is None


@given(COLOURS)
def test_on_dark_pages_every_accent_is_clear(colour):
    dark = dark_accent(colour)
    assert contrast(dark, DARK_SURFACE) >= READABLE
    assert contrast(dark, DARK_PAPER) >= READABLE


def test_a_colour_that_cannot_be_read_is_refused_with_what_was_measured_and_one_that_can():
    problem = accent_problem("#ffd400")
    assert "#FFD400" in problem
    assert "contrast of 1.4" in problem
    assert darker_accent("#ffd400") in problem


def test_a_ratio_just_below_is_not_shown_as_enough():
    assert contrast("#777777", WHITE) == pytest.approx(4.478, abs=0.001)
    assert "contrast of 4.4" in accent_problem("#777777")


@pytest.mark.parametrize(
    "colour", ["", "red", "#fff", "#GGGGGG", "0B6B5D", "#0B6B5D;}body{display:none", "#0B6B5D\n", "#٠٠٠٠٠٠"]
)
def test_what_is_no_colour_is_refused(colour):
    assert "such as #0B6B5D" in accent_problem(colour)


def test_the_house_accent_needs_no_sheet_and_another_sets_light_dark_and_old_browsers():
    assert accent_css("#0B6B5D") == accent_css("#0b6b5d") == ""
    sheet = accent_css("#7A1F5C")
    dark = dark_accent("#7A1F5C")
    assert f"--accent:light-dark(#7A1F5C,{dark})" in sheet
    assert "--on-accent:light-dark(#FFFFFF,#131716)" in sheet
    assert "@supports not" in sheet
    assert contrast(dark, DARK_SURFACE) >= CLEAR


@pytest.mark.parametrize(("kind", "content"), PICTURES.items())
def test_a_picture_is_known_by_its_first_bytes(kind, content):
    assert picture_type(content) == kind
    assert mark_problem(content) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>",
        b"%PDF-1.7",
        b"RIFF\x00\x00\x00\x00WAVE",
        b" \x89PNG\r\n\x1a\n",
        b"GIF88a",
    ],
)
def test_what_is_no_picture_that_we_take_is_refused(content):
    assert picture_type(content) is None
    assert "not a PNG" in mark_problem(content)


def test_a_picture_may_have_200_kilobytes():
    picture = PICTURES["image/png"]
    assert mark_problem(picture.ljust(MARK_LIMIT, b"\0")) is None
    assert "200 kB" in mark_problem(picture.ljust(MARK_LIMIT + 1, b"\0"))
