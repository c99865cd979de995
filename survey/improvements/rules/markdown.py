"""Markdown to HTML: the only place in the house where HTML is made that templates trust.

Two fences stand one behind the other: the renderer knows no raw HTML, and what it made passes an allow-list of
elements, attributes and link schemes.
"""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h2", "h3", "h4", "hr"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow noopener"
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


def _leads_out(url: str) -> bool:
    """Only whole addresses: a relative one means something else in every feed reader."""
    return url.casefold().startswith(("http://", "https://", "mailto:"))


def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "linkify": False})
    renderer.validateLink = _leads_out  # type: ignore[method-assign]
    return renderer.enable("strikethrough").disable(["image", "html_block", "html_inline"])


_RENDERER = _renderer()


@lru_cache(maxsize=512)
def trusted_html(markdown: str) -> Markup:
    """Return the HTML of a Markdown text, safe to stand in a page or a feed whatever the text holds."""
    tokens = _RENDERER.parse(markdown)
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)  # the page's own headings stand above those of a post
    html = _RENDERER.renderer.render(tokens, _RENDERER.options, {})
    return Markup(_fenced(html))  # noqa: S704 - this is the sanitiser


def plain(markdown: str) -> str:
    """Return the words of a Markdown text alone, on one line."""
    text = nh3.clean(str(trusted_html(markdown)).replace("</p>", "</p> ").replace("<br>", " "), tags=set())
    return " ".join(Markup(text).unescape().split())  # noqa: S704 - turned back into text at once


def _fenced(html: str) -> str:
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_kept_attribute, url_schemes=SCHEMES, link_rel=REL
    )


def _kept_attribute(_tag: str, name: str, value: str) -> str | None:
    return value if name != "href" or _leads_out(value) else None
