"""From matplotlib's SVG to ours: pixels, system fonts, and nothing that a strict content policy refuses."""

import re
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
METADATA = f"{{{SVG}}}metadata"
STYLE = f"{{{SVG}}}style"
TEXT = f"{{{SVG}}}text"
FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"
REFERENCE = re.compile(r"#([\w-]+)")

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


def finished(drawn: bytes, title: str) -> bytes:
    """The drawing as an SVG that names itself, sets text in the reader's own font and carries no style."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 (our own drawing, not somebody's upload)
    _remove(root, {METADATA, STYLE})
    for element in root.iter():
        _unstyle(element)
    _keep_needed_ids(root)
    _frame(root, title)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _remove(root: ElementTree.Element, tags: set[str]) -> None:
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in tags]:
            parent.remove(child)


def _unstyle(element: ElementTree.Element) -> None:
    """Style declarations become attributes of the same names."""
    for declaration in filter(None, element.attrib.pop("style", "").split(";")):
        name, _, value = declaration.partition(":")
        element.set(name.strip(), value.strip())
    if element.tag == TEXT:
        element.set("font-family", FONTS)
        element.attrib.pop("transform", None)


def _keep_needed_ids(root: ElementTree.Element) -> None:
    """Ids that nothing points at would only clash when two charts stand on one page."""
    needed = {name for element in root.iter() for value in element.attrib.values() for name in REFERENCE.findall(value)}
    for element in root.iter():
        if element.get("id") not in needed:
            element.attrib.pop("id", None)


def _frame(root: ElementTree.Element, title: str) -> None:
    _, _, width, height = root.attrib["viewBox"].split()
    root.attrib.update(
        {"width": width, "height": height, "role": "img", "stroke-linejoin": "round", "stroke-linecap": "butt"}
    )
    if title:
        name = ElementTree.Element(f"{{{SVG}}}title")
        name.text = title
        root.insert(0, name)
