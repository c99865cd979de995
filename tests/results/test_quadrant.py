"""The chart of what works against what goes with high scores: legible with any names, the same each time, honest about nothing."""

import random
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.results import charts
from survey.results.charts import Spot
from survey.results.drawing.labels import width
from survey.results.drawing.placing import Box, around, placed, written
from survey.results.drawing.quadrant import MOST
from survey.results.drawing.sheet import pen

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [
    "a" * 1000, "wörd " * 200, "$" + r"\sqrt{x}" * 20, "🙂 schön 日本語のとても長いラベル", "مرحبا بالعالم", "<b>&</b>", "", "a\x00b\u202ec",
]  # fmt: skip


def spot(works, matters, *, name="The staff", is_clear=True, is_first=False):
    return Spot(name, (works, max(works - 8, 0), min(works + 8, 100)), (matters, max(matters - 12, -100), min(matters + 12, 100)), is_clear, is_first)  # fmt: skip


def drawn(spots, **how):
    return charts.quadrant(spots, title="A finding", source="212 answers.", **{"theme": "light", **how})


def boxes(svg):
    found = []
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        words = "".join(text.itertext())
        size, bold = float(text.get("font-size").removesuffix("px")), text.get("font-weight") in ("bold", "700")
        wide, x = width(words, size, bold=bold), float(text.get("x"))
        left = {"middle": x - wide / 2, "end": x - wide}.get(text.get("text-anchor"), x)
        if words.strip():
            y = float(text.get("y"))
            found.append((words, Box(left, y - 0.72 * size, left + wide, y + 0.2 * size)))
    return found


def overlapping(svg):
    with pen():
        found = boxes(svg)
    return [(one, other) for (one, a), (other, b) in combinations(found, 2) if a.meets(b)]


SPOTS = [spot(82, 21, name="Quality"), spot(48, 38, name="Value", is_first=True), spot(55, 3, name="Ease", is_clear=False)]  # fmt: skip


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_names_its_points_and_its_quarters_and_is_the_same_each_time(wide, theme):
    svg = drawn(SPOTS, wide=wide, theme=theme)
    words = " ".join(word for word, _box in boxes(svg))
    for name in ("Quality", "Value", "Ease", "A finding", "212 answers."):
        assert name in words
    for part in ("first", "keep", "later", "enough", "share of good answers", "goes with high scores"):
        assert part in words
    assert svg == drawn(SPOTS, wide=wide, theme=theme)
    assert overlapping(svg) == []


def test_without_anything_rated_it_says_so():
    assert "Too few answers" in drawn([]).decode()


@pytest.mark.parametrize("wide", [True, False])
def test_very_many_hostile_names_at_one_place_do_not_cover_each_other(wide):
    spots = [spot(50, 10, name=NAMES[number % len(NAMES)]) for number in range(60)]
    svg = drawn(spots, wide=wide)
    assert overlapping(svg) == []
    assert f"The first {MOST} of 60." in svg.decode()


@pytest.mark.parametrize("seed", range(3))
def test_names_never_overlap_wherever_the_points_are(seed):
    draw = random.Random(seed)
    spots = [spot(draw.uniform(0, 100), draw.uniform(-100, 100), name=draw.choice(NAMES)) for _number in range(9)]
    assert overlapping(drawn(spots, wide=bool(seed % 2))) == []


@settings(max_examples=100)
@given(st.lists(st.tuples(st.floats(60, 540), st.floats(40, 300), st.floats(5, 200)), max_size=15))
def test_placed_names_stand_inside_and_touch_neither_each_other_nor_a_point(points):
    within, taken = Box(0, 0, 600, 340), [Box(0, 0, 120, 20)]
    names = placed(points, within=within, taken=taken, reach=5)
    rooms = [written(name.x, name.base, size) for name, (_x, _y, size) in zip(names, points, strict=True) if name]
    assert all(within.holds(room) for room in rooms)
    assert not any(a.meets(b) for a, b in combinations(rooms, 2))
    assert not any(
        room.meets(other) for room in rooms for other in (*taken, *(around(x, y, 5) for x, y, _size in points))
    )


def test_up_to_twenty_points_far_from_each_other_are_all_named():
    points = [(80 + 100 * (number % 5), 40 + 70 * (number // 5), 90.0) for number in range(20)]
    assert None not in placed(points, within=Box(0, 0, 640, 340), taken=[], reach=5)
