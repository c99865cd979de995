"""How a letter looks: one paper, printed as HTML and as plain text by two layouts that walk the same blocks."""

from dataclasses import dataclass
from functools import lru_cache

from css_inline import CSSInliner
from flask import Response, current_app
from jinja2 import Template
from markupsafe import Markup

from survey.foundation.language import our_words, speaking
from survey.foundation.web import framed
from survey.letters.rules import specimen as specimens
from survey.letters.rules.paper import Foot, Paper
from survey.letters.rules.plain import set_in_lines
from survey.organisation.queries import organisation
from survey.organisation.rules import DARK_PAPER, WHITE, dark_accent

PREVIEWED = 120  # characters that inboxes show of a letter; what the preheader leaves is filled, or they go on with the greeting
FILLER = "\u034f\u00a0"  # takes room and shows nothing
SIDES = {"ltr": {"start": "left", "end": "right"}, "rtl": {"start": "right", "end": "left"}}


@dataclass(frozen=True)
class Printed:
    """A letter as it goes out, in both its forms."""

    subject: str
    text: str
    html: str
    preheader: str = ""


def printed(paper: Paper, foot: Foot, *, accent: str | None = None) -> Printed:
    """Return a letter in both its forms, in the accent of the organisation or in a given one (#0B6B5D), without any picture."""
    with speaking(paper.language):
        said = {"paper": paper, "foot": foot, "set_in_lines": set_in_lines, "ours": our_words(paper.language)}
        html = _template("letters/layout.html").render(
            said,
            sheet=_sheet(accent or organisation().accent, paper.direction),
            filler=FILLER * max(0, PREVIEWED - len(paper.preheader)),
        )
        text = _template("letters/layout.txt").render(said)
    return Printed(paper.subject, f"{text.strip()}\n", INLINER.inline(html), paper.preheader)


# Style attributes are what every mail program reads; at-rules stay in the head, for the dark and for narrow windows.
INLINER = CSSInliner(keep_at_rules=True, remove_inlined_selectors=True, minify_css=True, load_remote_stylesheets=False)


def _template(name: str) -> Template:
    """A template for itself: what `render_template` adds for pages is read from a request, and a worker has none."""
    return current_app.jinja_env.get_template(name)


def _sheet(accent: str, direction: str) -> Markup:
    """The style sheet of letters, of which `INLINER` makes attributes."""
    css = _template("letters/letter.css").render(_colours(accent), **SIDES[direction])
    return Markup("<style>{}</style>").format(Markup(css))  # noqa: S704 - of our own file; an accent is six digits


@lru_cache(maxsize=16)
def _colours(accent: str) -> dict[str, str]:
    return {"accent": accent, "on_accent": WHITE, "dark_accent": dark_accent(accent), "dark_on_accent": DARK_PAPER}


def preview_response(printed: Printed) -> Response:
    """Return a letter as a page of ours shows it in a frame: its links lead nowhere, nothing is loaded, nobody else may frame it."""
    return framed(printed.html)


def specimen() -> Printed:
    """Return a letter with every block, as the page kit shows it."""
    return printed(specimens.PAPER, specimens.FOOT)
