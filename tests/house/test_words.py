"""The words of the interface: every one stands in the catalogues, which are complete and fresh; templates hold none of their own."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.dates import format_datetime
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from survey.foundation.clock import now
from survey.foundation.language import ENGLISH, INTERFACE

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "survey" / "translations"
KEYWORDS = ["marked", "_m", "lazy_gettext", "_l"]
TRANSLATED = [language for language in INTERFACE if language != ENGLISH]
PLACES = re.compile(r"%\(\w+\)s|[\[\]]|</?\w+[^>]*>")
ASKING = {"_", "_l", "gettext", "ngettext", "lazy_gettext", "marked", "_m"}
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if path.parts[-2:] != ("foundation", "kit.html")
)


@cache
def _used():
    """Every message of the code and the templates: a text, or its two forms."""
    with (CATALOGUES / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = set()
    for folder in ("survey", "templates"):
        mapped = [
            (pattern.removeprefix(f"{folder}/"), how) for pattern, how in methods if pattern.startswith(f"{folder}/")
        ]
        known = {pattern.removeprefix(f"{folder}/"): options.get(pattern, {}) for pattern in options}
        keywords = {**DEFAULT_KEYWORDS, **parse_keywords(KEYWORDS)}
        found |= {row[2] for row in extract_from_dir(ROOT / folder, mapped, known, keywords)}
    return found


@cache
def _catalogue(language):
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def _forms(words):
    return tuple(words) if isinstance(words, (tuple, list)) else (words,)


def _messages(language):
    return [message for message in _catalogue(language) if message.id]


def test_there_is_a_language_besides_english():
    assert TRANSLATED


def test_words_are_found_in_code_and_templates():
    assert {"Today", "Send my answers", ("%(num)s answer", "%(num)s answers")} <= _used()
    assert len(_used()) > 1000


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_word_and_no_other(language):
    known, used = {_forms(message.id)[0] for message in _messages(language)}, {_forms(words)[0] for words in _used()}
    assert used - known == set(), "run: make messages"
    assert known - used == set(), "run: make messages"
    assert not _catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_complete_and_sure(language):
    messages = _messages(language)
    assert [message.id for message in messages if message.fuzzy] == []
    assert [message.id for message in messages if not all(part.strip() for part in _forms(message.string))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_same_places_marks_and_blanks(language):
    for message in _messages(language):
        for english, words in zip(_forms(message.id), _forms(message.string), strict=True):
            assert sorted(PLACES.findall(words)) == sorted(PLACES.findall(english)), (english, words)
            assert (words[:1] == " ", words[-1:] == " ") == (english[:1] == " ", english[-1:] == " "), (english, words)
            assert words.replace("%(", "").count("%") == english.replace("%(", "").count("%"), (english, words)


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_is_written(language):
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = {_forms(message.id): _forms(message.string) for message in read_mo(file) if message.id}
    written = {_forms(message.id): _forms(message.string) for message in _messages(language)}
    assert compiled == written, "run: make messages"


@pytest.mark.parametrize("language", TRANSLATED)
def test_patterns_of_days_are_patterns(language):
    patterns = [
        message.string
        for message in _messages(language)
        if re.fullmatch(r"d|(d )?M{3,4}( y)?(, HH:mm)?", str(message.id))
    ]
    assert len(patterns) >= 8
    for pattern in patterns:
        assert not set(re.sub(r"'[^']*'", "", pattern)) - set("dMLyHm .,:"), pattern
        assert format_datetime(now(), pattern, locale=language)


def _sources():
    return [(path, ast.parse(path.read_text())) for path in sorted((ROOT / "survey").rglob("*.py"))]


def test_no_words_are_asked_for_within_a_formatted_text():
    """What looks for words in the code does not look there."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path, tree in _sources()
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ASKING
    ]
    assert hidden == []


def test_words_are_asked_for_as_they_stand():
    """A formatted text is never a key of the catalogues."""
    made = [
        f"{path.name}:{call.lineno}"
        for path, tree in _sources()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ASKING
        if call.args and isinstance(call.args[0], (ast.JoinedStr, ast.BinOp))
    ]
    assert made == []


def test_what_people_are_told_on_a_page_is_asked_for():
    """Refusals and messages are words of the catalogues, but for what only commands say, which is English."""
    bare = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, tree in _sources()
        if not {"commands", "commands.py"} & set(path.parts)
        and path.relative_to(ROOT / "survey").as_posix() not in FOR_COMMANDS
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TELLING and call.args
        if re.search(r"[A-Za-z]{2,} [A-Za-z]", _as_written(call.args[0]))
    ]
    assert bare == []


def _as_written(words):
    parts = words.values if isinstance(words, ast.JoinedStr) else [words]
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


TELLING = {"flash", "notice", "Refused", "NotFound", "Invalid", "ValidationError", "SurveyFull", "Busy", "Remark"}
FOR_COMMANDS = {
    "foundation/archive.py", "foundation/csv.py", "customers/rules/entries.py", "responses/rules/importing.py",
    "reasons/rules/documents.py", "text/rules/columns.py", "text/rules/files.py",
}  # fmt: skip


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_holds_no_words_that_nobody_can_translate(path):
    text = re.sub(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}", "", path.read_text(), flags=re.S)
    text = re.sub(r"\{%-?\s*block (body_class|title)\s*-?%\}.*?\{%-?\s*endblock\s*-?%\}", "", text, flags=re.S)
    bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", text, flags=re.S)
    bare = re.sub(r"<(pre|code)>.*?</\1>", " ", bare, flags=re.S)
    spoken = re.findall(r'(?:aria-label|alt|placeholder|title)="([^"]*)"', bare) + re.sub(r"<[^>]*>", "\n", bare).split(
        "\n"
    )
    if path.name != "_asked.html":  # its macros make attributes
        assert [
            words.strip() for words in spoken if re.search(r"[A-Za-z]{2}", words) and words.strip() not in NAMES
        ] == []
    code = " ".join(first or second for first, second in re.findall(r"\{\{(.*?)\}\}|\{%(.*?)%\}", text, flags=re.S))
    code = re.sub(r"\bngettext\('[^']*',\s*'[^']*'|\b_\('[^']*'", "", code)
    quoted = [words for words in re.findall(r"'([^']*)'", code) if re.search(r"[a-z] [a-z]|^[A-Z][a-z]+", words)]
    assert [words for words in quoted if words not in TECHNICAL] == []


NAMES = {"Hearback", "SVG", "PNG"}
TECHNICAL = {
    "RadioField", "by limit", "by date", "input short", "steps grades", "steps short", "steps cells",
    "flask --app wsgi customers import customers.csv", "flask --app wsgi doctor",
}  # fmt: skip
