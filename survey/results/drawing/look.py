"""The house colours of a chart, on light and on dark paper."""

import re
from dataclasses import dataclass, replace
from typing import Literal

ThemeName = Literal["light", "dark"]
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Look:
    """Colours by what they say; `nobody` is for what is not ours or not known."""

    ink: str
    muted: str
    hairline: str
    accent: str
    better: str
    worse: str
    nobody: str


LOOKS: dict[ThemeName, Look] = {
    "light": Look("#1C2321", "#57615D", "#DEDBD3", "#0B6B5D", "#1F6FB2", "#B9441A", "#9AA19D"),
    "dark": Look("#ECEBE6", "#A9B1AD", "#2F3634", "#5CC4B0", "#74B4EA", "#F0875A", "#98A09C"),
}


def look(theme: ThemeName, accent: str | None) -> Look:
    """The theme's colours with the organisation's accent, where that is a #rrggbb colour."""
    house = LOOKS[theme]
    return replace(house, accent=accent) if accent and HEX_COLOUR.fullmatch(accent) else house
