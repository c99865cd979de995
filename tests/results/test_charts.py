"""Charts: valid, the same each time, unmoved by hostile words, and honest about one answer or none."""

import re
import subprocess
import sys
import threading
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.results import charts
from survey.results.drawing.labels import clean, fit, width, wrap
from survey.results.drawing.look import LOOKS, look
from survey.results.drawing.scales import flags, hairlines
from survey.results.drawing.sheet import NARROW, WIDE, pen
from survey.results.rules.metrics import TrendPoint, csat, nps

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "a" * 1000,
    "wörd " * 400,
    "$" + r"\sqrt{" * 60 + "x" + "}" * 60 + "$",
    "$x_1$ and \\alpha",
    "🙂 schön 🏳️‍🌈 日本語のとても長いラベル",
    "مرحبا بالعالم שלום",
    "a\x00b\x0b\x1bc\ud800d\ufffe",
    "\u202eevil\u202c",
    "<script>alert(1)</script> & ]]> \"quotes' #p1",
    "Z̸̢̛̫͓̟a̷̡͉l̶g̵o̷" * 20,
    "line\nbreak\ttab\u2028end",
    "",
    "   ",
]


def month(index: int, told: dict | None, label: str = "") -> TrendPoint:
    year, number = divmod(2025 * 12 + index, 12)
    return TrendPoint(label or f"M{index}", date(year, number + 1, 1), nps(told or {}))


def told(index: int) -> dict[str, int]:
    return {"10": 20 + index, "8": 10, "3": 12}


def line(points, *, events=(), title="A finding", source="212 answers.", unit="nps", **how) -> bytes:
    return charts.trend(points, title=title, source=source, unit=unit, events=events, **{"theme": "light", **how})


def bars(rows, *, title="A finding", source="17 people.", **how) -> bytes:
    return charts.bars(rows, title=title, source=source, **{"theme": "light", **how})


def columns(values, *, title="A finding", source="324 answers.", **how) -> bytes:
    return charts.distribution(values, title=title, source=source, **{"theme": "light", **how})


def drawn(svg: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def words(svg: bytes) -> list[str]:
    return ["".join(text.itertext()) for text in drawn(svg).iter(f"{SVG}text")]


def colours(svg: bytes, attribute: str = "fill") -> list[str]:
    return [path.get(attribute, "").upper() for path in drawn(svg).iter(f"{SVG}path")]


EVERY = {
    "trend": lambda **how: line([month(i, told(i)) for i in range(5)], events=[(date(2025, 2, 14), "Moved")], **how),
    "bars": lambda **how: bars([("Waiting", 5, False), ("Not known", 4, True)], **how),
    "columns": lambda **how: columns([(str(i), i) for i in range(11)], tone=charts.NPS_TONE, **how),
}


@pytest.mark.parametrize("chart", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("wide", [True, False])
def test_every_chart_is_an_svg_of_its_column_with_nothing_a_strict_policy_refuses(chart, theme, wide):
    svg = chart(theme=theme, wide=wide)
    root = drawn(svg)
    assert (root.tag, root.get("width"), root.get("role")) == (f"{SVG}svg", f"{WIDE if wide else NARROW:.0f}", "img")
    assert root.find(f"{SVG}title").text == "A finding"
    assert not any(element.tag in {f"{SVG}style", f"{SVG}script", f"{SVG}image"} for element in root.iter())
    assert not any("style" in element.attrib for element in root.iter())
    assert b"<!DOCTYPE" not in svg


@pytest.mark.parametrize("chart", EVERY.values(), ids=EVERY)
def test_the_same_input_gives_the_same_bytes(chart):
    assert chart() == chart()
    assert chart() != chart(theme="dark")


@pytest.mark.parametrize("chart", EVERY.values(), ids=EVERY)
def test_charts_can_be_drawn_by_many_threads_at_once(chart):
    expected, found = chart(), []
    threads = [threading.Thread(target=lambda: found.append(chart())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


@pytest.mark.parametrize("chart", EVERY.values(), ids=EVERY)
def test_text_stays_text_in_the_readers_own_font(chart):
    texts = list(drawn(chart()).iter(f"{SVG}text"))
    assert {text.get("font-family") for text in texts} == {texts[0].get("font-family")}
    assert texts[0].get("font-family").startswith("system-ui")
    assert {float(text.get("font-size").removesuffix("px")) >= 11 for text in texts} == {True}


@pytest.mark.parametrize("label", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("wide", [True, False])
def test_hostile_words_only_ever_become_short_text(label, wide):
    made = [
        line(
            [month(0, told(0), label), month(1, told(1), label)],
            events=[(date(2025, 1, 5), label), (date(2025, 1, 6), label)],
            title=label,
            source=label,
            wide=wide,
        ),
        bars([(label, 3, False), ("b", 1, True)], title=label, source=label, wide=wide),
        columns([(label, 3), ("b", 1)], title=label, source=label, wide=wide),
    ]
    for svg in made:
        assert not any(element.tag == f"{SVG}script" for element in drawn(svg).iter())
        assert all(len(said) <= 300 for said in words(svg))


def boxes(svg: bytes) -> list[tuple[float, float, float, float, str]]:
    """The measured extents of every text of a chart: left, top, right, bottom, and the text."""
    found = []
    for text in drawn(svg).iter(f"{SVG}text"):
        said, size = "".join(text.itertext()), float(text.get("font-size").removesuffix("px"))
        with pen():
            wide = width(said, size, bold=text.get("font-weight") == "700")
        left = float(text.get("x")) - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor")]
        base = float(text.get("y"))
        found.append((left, base - 0.75 * size, left + wide, base + 0.2 * size, said))
    return [box for box in found if box[4].strip()]


def overlapping(svg: bytes) -> list[tuple[str, str]]:
    """Texts that stand on each other by more than what rounding takes."""
    placed = boxes(svg)
    return [
        (one[4], other[4])
        for number, one in enumerate(placed)
        for other in placed[number + 1 :]
        if min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1
    ]


SIXTY = [*HOSTILE, *(f"Option {number}: {'long ' * number}" for number in range(60 - len(HOSTILE)))]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    "labels", [HOSTILE, SIXTY, ["a" * 1000] * 60, ["🙂" * 30] * 60], ids=["hostile", "60", "1000", "emoji"]
)
def test_no_label_stands_on_another_or_beyond_the_edge(labels, wide):
    rows = [(label, 1_234_567 - number, number % 5 == 4) for number, label in enumerate(labels)]
    points = [month(index, told(index), label) for index, label in enumerate(labels)]
    events = [(date(2025 + index // 12, index % 12 + 1, 9), label) for index, label in enumerate(labels)]
    tone = {label: charts.NPS_TONE[str(number % 11)] for number, label in enumerate(labels)}
    for svg in (
        bars(rows, wide=wide, title=labels[0], source=labels[1]),
        columns([row[:2] for row in rows], wide=wide),
        columns([row[:2] for row in rows[:11]], wide=wide, tone=tone),
        line(points, events=events, wide=wide),
    ):
        assert overlapping(svg) == []
        edge = WIDE if wide else NARROW
        assert [box for box in boxes(svg) if box[0] < -1 or box[2] > edge + 1] == []


def test_what_is_left_out_of_sixty_columns_is_said():
    assert "324 answers. The first 50 of 60." in words(columns([(f"o{number}", 1) for number in range(60)]))


def test_a_chart_for_print_has_its_letters_as_shapes_and_the_same_lines():
    points = [month(index, told(index)) for index in range(5)]
    for_print, for_screen = line(points, for_print=True, title="", source=""), line(points)
    assert words(for_print) == []
    assert runs_of(for_print) == runs_of(for_screen) == 1
    assert drawn(for_print).find(f"{SVG}title") is None


def test_a_label_of_a_million_characters_costs_no_more_than_a_short_one():
    assert len(clean("x" * 1_000_000)) == 80
    assert clean(" " * 1_000_000) == "…"


def test_a_dollar_sign_is_a_dollar_sign():
    assert "$5 or $6_7$" in words(bars([("$5 or $6_7$", 1, False), ("b", 1, False)]))


def test_a_colour_that_is_none_gives_way_to_the_house_accent():
    assert look("light", "red; drop table").accent == LOOKS["light"].accent
    assert look("dark", None).accent == LOOKS["dark"].accent
    assert look("dark", "#123456").accent == "#123456"


def test_a_trend_names_its_last_value_and_its_interval():
    said = words(line([month(i, told(i)) for i in range(6)]))
    assert {"+28", "+3 to +49"} <= set(said)
    assert "212 answers. Band: interval of 95 per cent." in said


def test_a_trend_of_shares_speaks_in_per_cent():
    points = [TrendPoint(str(i), date(2025, i, 1), csat({5: 74, 1: 33})) for i in range(1, 4)]
    assert {"69%", "60% to 77%"} <= set(words(line(points, unit="percent")))


def runs_of(svg: bytes) -> int:
    """How many separate stretches of line there are: polylines of the accent without a fill."""
    paths = drawn(svg).iter(f"{SVG}path")
    return sum(path.get("stroke-width") == "2.25" and path.get("fill") == "none" for path in paths)


def test_a_month_without_answers_is_a_gap_and_so_is_a_month_that_is_not_there():
    whole = [month(i, told(i)) for i in range(6)]
    silent = [month(i, told(i) if i != 3 else None) for i in range(6)]
    absent = [point for index, point in enumerate(whole) if index != 3]
    assert [runs_of(line(points)) for points in (whole, silent, absent)] == [1, 2, 2]


def test_no_point_and_one_point_say_so_in_words():
    assert "No answers in this period yet." in words(line([]))
    assert "No answers in this period yet." in words(line([month(0, None), month(1, None)]))
    assert "One point so far: a line needs two." in words(line([month(0, told(0))]))
    assert "One point so far: a line needs two." in words(line([month(0, None), month(1, told(1))]))


def test_events_within_the_time_shown_are_named_and_others_are_not():
    points = [month(i, told(i)) for i in range(3)]
    events = [
        (date(2025, 1, 1), "first"),
        (date(2025, 3, 31), "last"),
        (date(2025, 4, 1), "later"),
        (date(2024, 12, 31), "earlier"),
    ]
    said = words(line(points, events=events))
    assert {"first", "last"} <= set(said)
    assert not {"later", "earlier"} & set(said)


@given(
    st.lists(st.tuples(st.floats(40, 560), st.just("name"), st.floats(20, 260)), max_size=12),
)
def test_no_events_name_covers_another_or_is_cut_by_anothers_line(named):
    placed = flags(named, left=0, right=640)
    assert len(placed) == len(named)
    for flag in placed:
        assert flag.span[0] >= -1e-6
        assert flag.span[1] <= 640 + 1e-6
        for other in placed:
            if other is flag:
                continue
            assert flag.lane != other.lane or not flag.meets(other)
            assert not flag.crosses(other.tick) or flag.lane < other.lane


@given(st.floats(-100, 100, allow_subnormal=False), st.floats(0, 200))
def test_hairlines_are_few_and_hold_the_values(low, span):
    high = min(100.0, low + span)
    ticks = hairlines(low, high, floor_at=-100, ceiling_at=100)
    assert 2 <= len(ticks) <= 6
    assert -100 <= ticks[0] <= low + 1e-9
    assert high - 1e-9 <= ticks[-1] <= 100


def test_bars_are_sorted_and_nobodys_are_grey_at_the_end():
    svg = bars([("Moved away", 9, True), ("Price", 3, False), ("Waiting", 5, False)])
    names = [said for said in words(svg) if said in {"Moved away", "Price", "Waiting"}]
    assert names == ["Waiting", "Price", "Moved away"]
    fills = [fill for fill in colours(svg) if fill.startswith("#")]
    assert fills == [LOOKS["light"].accent.upper()] * 2 + [LOOKS["light"].nobody.upper()]


def test_more_than_fifty_bars_are_cut_and_said():
    svg = bars([(f"reason {index}", 100 - index, False) for index in range(60)])
    assert "17 people. The 50 largest of 60." in words(svg)
    assert sum(said.startswith("reason ") for said in words(svg)) == 50


def test_no_bar_and_one_person_say_so_in_words():
    assert "Nobody to count yet." in words(bars([]))
    assert "Nobody to count yet." in words(bars([("Waiting", 0, False)]))
    assert "One so far: a story, not yet a pattern." in words(bars([("Waiting", 1, False), ("Price", 0, False)]))


def test_columns_say_count_and_part_of_all_and_their_groups():
    said = words(columns([("0", 54), ("7", 108), ("10", 162)], tone=charts.NPS_TONE))
    assert {"54", "17%", "108", "33%", "162", "50%", "detractors", "passives", "promoters", "162 · 50%"} <= set(said)


def test_a_small_part_is_not_rounded_to_nothing():
    assert "<1%" in words(columns([("1", 1), ("2", 999)]))


def test_groups_are_told_apart_by_colour_and_place():
    svg = columns([("0", 5), ("7", 5), ("10", 5)], tone=charts.NPS_TONE)
    fills = [fill for fill in colours(svg) if re.fullmatch("#[0-9A-F]{6}", fill)]
    house = LOOKS["light"]
    assert fills == [house.worse, house.nobody, house.better]


def test_a_satisfaction_scale_has_its_top_boxes_on_the_better_side():
    assert [charts.csat_tone()[grade].side for grade in "12345"] == ["worse", "worse", "between", "better", "better"]
    assert [charts.csat_tone(points=4)[grade].side for grade in "1234"] == ["worse", "worse", "better", "better"]


def test_no_answer_and_one_answer_say_so_in_words():
    assert "No answers yet." in words(columns([]))
    assert "No answers yet." in words(columns([("1", 0)]))
    assert "1 answer so far: read it, it is no pattern yet." in words(columns([("1", 1), ("2", 0)]))


def test_words_are_cut_and_wrapped_to_their_room():
    with pen():
        assert fit("short", 200, 13) == "short"
        assert fit("a long label that has no room", 60, 13).endswith("…")
        assert fit("anything", 2, 13) == ""
        lines = wrap("one two three four five six seven eight nine ten", 90, 13, lines=2)
        assert len(lines) == 2
        assert all(width(text, 13) <= 90 for text in lines)
        assert wrap("", 90, 13) == []


def python(code: str, **environment: str) -> str:
    """What a fresh Python with this environment prints."""
    made = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, env=environment
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def test_importing_charts_does_not_import_matplotlib():
    code = "import survey.results.charts, sys; print(sorted({'matplotlib', 'numpy'} & set(sys.modules)))"
    assert python(code) == "[]"


DRAW = "charts.bars([('a', 1, False), ('b', 2, False)], title='t', source='s', theme='light')"


def test_drawing_needs_no_pyplot_and_no_home(tmp_path):
    code = f"import sys; from survey.results import charts; {DRAW}; print('matplotlib.pyplot' in sys.modules)"
    home = tmp_path / "home"
    home.mkdir()
    assert python(code, HOME=str(home), TMPDIR=str(tmp_path)) == "False"
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert list(home.iterdir()) == []


def test_the_list_of_fonts_is_kept_in_the_folder_given(tmp_path):
    keep = f"charts.keep_cache_in(Path({str(tmp_path / 'kept')!r}))"
    python(f"from pathlib import Path; from survey.results import charts; {keep}; {DRAW}", HOME=str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert list((tmp_path / "kept").iterdir())


@pytest.mark.parametrize("wide", [True, False])
def test_an_events_name_is_not_cut_where_it_has_room(wide):
    points = [month(index, told(index)) for index in range(12)]
    events = [(date(2025, 11, day), "Second weights room") for day in range(1, 12)]
    assert words(line(points, events=events, wide=wide)).count("Second weights room") == 11


# ---- by day, with many marks ----------------------------------------------------------------------------------------


def _box(text):
    """Where a text stands, as wide as it is measured: left, top, right, bottom."""
    size, x, y = float(text.get("font-size").removesuffix("px")), float(text.get("x")), float(text.get("y"))
    wide = width(text.text, size, bold=text.get("font-weight") == "700")
    left = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor")]
    return left, y - 0.75 * size, left + wide, y + 0.2 * size


def _overlaps(svg):
    """Every two texts that cover each other by more than a pixel."""
    boxes = [(text.text, _box(text)) for text in drawn(svg).iter(f"{SVG}text") if text.text]
    return [
        (one, other)
        for number, (one, a) in enumerate(boxes)
        for other, b in boxes[number + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    ]


def _days(many, *, every=1):
    first = date(2025, 1, 6)
    points = [(first + timedelta(days=number), told(number)) for number in range(0, many, every)]
    return [TrendPoint(f"{day:%-d %b}", day, nps(given)) for day, given in points]


CLOSE = [(date(2025, 1, 20 + number // 3), f"Something happened, number {number}") for number in range(30)]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("points", [_days(92), _days(371, every=7), _days(14)], ids=["92 days", "53 weeks", "14 days"])
@pytest.mark.parametrize("events", [(), CLOSE, CLOSE[:1] * 12], ids=["none", "close", "one day"])
def test_names_of_marks_and_days_never_cover_each_other(points, events, wide):
    svg = line(points, events=events, wide=wide)
    assert _overlaps(svg) == []
    assert all(_box(text)[0] >= -1 and _box(text)[2] <= (WIDE if wide else NARROW) + 1 for text in drawn(svg).iter(f"{SVG}text"))  # fmt: skip


def test_a_day_without_answers_is_a_gap_and_so_is_one_with_too_few():
    whole = _days(20)
    few = [TrendPoint(point.label, point.period_start, type(point.metric)("nps", None, None, None, 2)) if number == 9 else point
           for number, point in enumerate(whole)]  # fmt: skip
    assert [runs_of(line(points)) for points in (whole, [*whole[:9], *whole[10:]], few)] == [1, 2, 2]
    none = [few[9]]
    assert "No answers in this period yet." not in words(line(none, title="Too few answers for a score."))
