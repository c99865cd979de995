"""Rules of the house that the linters do not know."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted((ROOT / "survey").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "service", "misc"}


def _calls(path, *names):
    tree = ast.parse(path.read_text())
    return [
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in names
    ]


def test_only_the_clock_asks_for_the_time():
    asked = {
        path.name for path in CODE if _calls(path, "datetime.now", "datetime.utcnow", "date.today", "datetime.today")
    }
    assert asked == {"clock.py"}


def test_only_the_configuration_reads_the_environment():
    readers = {
        path.relative_to(ROOT / "survey").as_posix()
        for path in CODE
        if re.search(r"os\.(environ|getenv)", path.read_text())
    }
    assert readers <= {"config.py"}


def test_actions_and_queries_never_commit():
    quiet = [path for path in CODE if path.stem in ("actions", "queries", "rules", "models") or "actions" in path.parts]
    assert quiet
    assert [path for path in quiet if ".commit(" in path.read_text()] == []


def test_only_one_module_writes_csv():
    writers = [path.relative_to(ROOT).as_posix() for path in CODE if "csv.writer(" in path.read_text()]
    assert writers == ["survey/foundation/csv.py"]


def test_charts_never_use_pyplot():
    assert [path for path in CODE if re.search(r"import.*pyplot|matplotlib\.pyplot", path.read_text())] == []


def test_no_file_has_a_name_that_says_nothing():
    assert [path for path in CODE if path.stem in FORBIDDEN_NAMES] == []


def test_every_room_says_what_it_owns():
    for plate in (ROOT / "survey").glob("*/__init__.py"):
        tree = ast.parse(plate.read_text())
        assert len(ast.get_docstring(tree) or "") > 60, plate
        assert len(tree.body) == 1, f"{plate} holds code"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_has_no_inline_script_or_style_and_trusts_no_data(path):
    text = path.read_text()
    assert not re.search(r"\|\s*safe\b", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"""(src|href)=["']https?://""", text)
    assert "autoescape false" not in text


def test_every_template_is_used():
    named = "\n".join(path.read_text() for path in CODE + TEMPLATES)
    unused = [
        path.relative_to(ROOT / "templates").as_posix()
        for path in TEMPLATES
        if path.relative_to(ROOT / "templates").as_posix() not in named
        and path.parts[-2] not in ("ask", "tell", "security")
    ]
    assert unused == []


def test_every_question_kind_is_complete():
    from survey.questionnaires.kinds.table import KINDS

    for name, kind in KINDS.items():
        assert kind.name == name
        assert (ROOT / "templates" / "kinds" / "ask" / f"{name}.html").exists(), name
        assert (ROOT / "templates" / "kinds" / "tell" / f"{name}.html").exists(), name
        assert (ROOT / "tests" / "questionnaires" / "kinds" / f"test_{name}.py").exists(), name
        assert (ROOT / "survey" / "questionnaires" / "kinds" / f"{name}.py").exists(), name


def test_nothing_but_its_own_files_names_a_kind_in_code():
    pattern = re.compile(r"\.kind\s*(==|!=|in)\s")
    naming = [path.relative_to(ROOT).as_posix() for path in CODE if pattern.search(path.read_text())]
    assert naming == []


def test_no_file_names_the_machine_that_it_was_written_on():
    for path in [*CODE, *TEMPLATES, *ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("bench/*.py")]:
        assert not re.search(r"/(root|home/\w+)/", path.read_text()), path


def test_style_sheets_know_no_left_and_right():
    """Lines run from right to left in some languages: what stands at the side of a line says start or end."""
    physical = re.compile(
        r"(?<![-\w])((margin|padding|border)-(left|right)|left|right|float|clear)\s*:|text-align\s*:\s*(left|right)"
    )
    for path in (ROOT / "static" / "css").glob("*.css"):
        assert physical.findall(path.read_text()) == [], path.name
