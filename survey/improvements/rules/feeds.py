"""The posts as feeds: Atom (RFC 4287) and JSON Feed 1.1."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, tostring

ATOM = "http://www.w3.org/2005/Atom"
FOUNDED = "2026"  # the year of a tag URI says when its owner held the domain; fixed, so that identities stay
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One post: its title, the page where it stands, its HTML (already sanitised)."""

    id: UUID
    title: str
    url: str
    html: str
    summary: str
    stage: str
    published_at: datetime


@dataclass(frozen=True)
class Feed:
    """The posts of an organisation, newest first. Addresses are absolute; `updated_at` is aware."""

    title: str
    subtitle: str
    author: str
    language: str
    base_url: str
    page_url: str
    updated_at: datetime
    entries: Sequence[Entry]


def tag_uri(base_url: str, path: str) -> str:
    """Return an identity (RFC 4151) that stays when titles and addresses change."""
    return f"tag:{urlsplit(base_url).hostname},{FOUNDED}:{path}"


def atom(feed: Feed) -> bytes:
    """Return the feed as an Atom document."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    _texts(
        root,
        id=tag_uri(feed.base_url, "improving"),
        title=feed.title,
        subtitle=feed.subtitle,
        updated=_stamp(feed.updated_at),
    )
    _text(SubElement(root, "author"), "name", feed.author)
    SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{feed.page_url}.atom")
    SubElement(root, "link", rel="alternate", type="text/html", href=feed.page_url)
    for entry in feed.entries:
        _atom_entry(SubElement(root, "entry"), feed.base_url, entry)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode").encode()


def json_feed(feed: Feed) -> dict[str, Any]:
    """Return the feed as a JSON Feed document."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page_url,
        "feed_url": f"{feed.page_url}.json",
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [dict(_json_item(feed.base_url, entry)) for entry in feed.entries],
    }


def _atom_entry(node: Element, base_url: str, entry: Entry) -> None:
    stamp = _stamp(entry.published_at)
    _texts(
        node, id=_identity(base_url, entry), title=entry.title, published=stamp, updated=stamp, summary=entry.summary
    )
    SubElement(node, "link", rel="alternate", type="text/html", href=entry.url)
    SubElement(node, "category", term=entry.stage)
    _text(node, "content", entry.html, {"type": "html"})


def _json_item(base_url: str, entry: Entry) -> Iterator[tuple[str, Any]]:
    yield "id", _identity(base_url, entry)
    yield "url", entry.url
    yield "title", entry.title
    yield "content_html", entry.html
    yield "summary", entry.summary
    yield "date_published", _stamp(entry.published_at)
    yield "tags", [entry.stage]


def _identity(base_url: str, entry: Entry) -> str:
    return tag_uri(base_url, f"improvement-update/{entry.id}")


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _texts(parent: Element, **texts: str) -> None:
    for name, words in texts.items():
        _text(parent, name, words)


def _text(parent: Element, name: str, words: str, attributes: Mapping[str, str] | None = None) -> None:
    SubElement(parent, name, dict(attributes or {})).text = NOT_XML.sub("", words)
