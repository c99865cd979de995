"""What a browser sends of a form, for tests."""

from typing import Any

import html5lib


def form_values(text: str, form_id: str) -> dict[str, str]:
    """Return the name and value of every input that a browser would send of a form that nobody touched."""
    page = html5lib.parse(text, namespaceHTMLElements=False)
    kept: dict[str, str] = {}
    for control in page.find(f".//form[@id='{form_id}']").iter():
        if control.tag in ("input", "textarea", "select") and control.get("name") and _is_sent(control):
            kept[control.get("name")] = _value(control)
    return kept


def _is_sent(control: Any) -> bool:
    return control.get("type") not in ("checkbox", "radio") or control.get("checked") is not None


def _value(control: Any) -> str:
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options
        return str(chosen[0].get("value"))
    return str(control.text or "") if control.tag == "textarea" else str(control.get("value") or "")
