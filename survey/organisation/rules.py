"""Decisions about the organisation: its colours and their contrast, its mark, its settings."""

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass

from survey.foundation.language import gettext as _
from survey.foundation.language import number_words

HOUSE_ACCENT, HOUSE_DARK_ACCENT = "#0B6B5D", "#5CC4B0"
WHITE, PAPER = "#FFFFFF", "#FBFAF7"
DARK_PAPER, DARK_SURFACE = "#131716", "#1B201F"
READABLE = 4.5  # WCAG 2.2, 1.4.3: the least contrast of words
CLEAR = 7.0  # what we give accents in the dark, where the surface is lighter than the paper

MARK_LIMIT = 200_000
SMALLEST_GROUP, LARGEST_GROUP = 3, 100
LONGEST_PROMISE = 720  # hours
MOST_LETTERS, LONGEST_LIMIT = 30, 365  # letters, days

LANGUAGES: Mapping[str, str] = {  # by the name that its speakers give it
    "en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "it": "Italiano", "pt": "Português",
    "nl": "Nederlands", "da": "Dansk", "sv": "Svenska", "nb": "Norsk bokmål", "fi": "Suomi", "pl": "Polski",
    "cs": "Čeština", "hu": "Magyar", "ro": "Română", "el": "Ελληνικά", "uk": "Українська", "tr": "Türkçe",
    "ar": "العربية", "he": "עברית", "hi": "हिन्दी", "zh": "中文", "ja": "日本語", "ko": "한국어",
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """What the settings page decides, but for the mark."""

    name: str
    accent: str
    time_zone: str
    language: str
    languages: tuple[str, ...]
    currency: str
    postal_address: str
    minimum_scores: int
    minimum_comments: int
    promised_hours: int
    letter_limit: int
    letter_days: int


# ---- colour -------------------------------------------------------------------------------------------------------


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as #0B6B5D, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def accent_problem(colour: str) -> str | None:
    """Say why a colour cannot be the accent, with what was measured and the nearest darker one that can; else None."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        return _("Write the colour as # and six digits or letters A to F, such as #0B6B5D.")
    if _lowest(colour) >= READABLE:
        return None
    return _(
        "%(colour)s is too light: white words on it have a contrast of %(white)s, and as words on paper it has %(paper)s; "
        "%(needed)s is needed. The nearest darker colour that works is %(darker)s.",
        colour=colour.upper(), white=_shown(contrast(colour, WHITE)), paper=_shown(contrast(colour, PAPER)),
        needed=_shown(READABLE), darker=darker_accent(colour),
    )  # fmt: skip


def _shown(ratio: float) -> str:
    """A ratio with one decimal, cut and not rounded, so that 4.46 is not shown as enough."""
    return number_words(int(ratio * 10) / 10, places=1)


def _lowest(colour: str) -> float:
    return min(contrast(colour, WHITE), contrast(colour, PAPER))


def darker_accent(colour: str) -> str:
    """Return the lightest darkening of a colour, of the same hue, that can be an accent."""
    return next(shade for shade in _shades(colour, towards=0.0) if _lowest(shade) >= READABLE)


def dark_accent(accent: str) -> str:
    """Return the accent for dark pages: the same hue, lightened and softened until it is clear on their surface."""
    if accent.upper() == HOUSE_ACCENT:
        return HOUSE_DARK_ACCENT
    return next(shade for shade in _shades(accent, towards=1.0, fading=0.8) if contrast(shade, DARK_SURFACE) >= CLEAR)


def _shades(colour: str, *, towards: float, fading: float = 0.0) -> list[str]:
    """The colour in small steps of lightness, as far as black (0) or white (1), losing a share of its saturation."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    return [
        _written(colorsys.hls_to_rgb(hue, lightness + (towards - lightness) * way, saturation * (1 - fading * way)))
        for way in (step / 200 for step in range(201))
    ]


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in channels)


def accent_css(accent: str) -> str:
    """Return the small style sheet that sets the organisation's accent in light and dark; the house's own needs none."""
    if accent.upper() == HOUSE_ACCENT:
        return ""
    dark = dark_accent(accent)
    return (
        f":root{{--accent:light-dark({accent},{dark});--on-accent:light-dark({WHITE},{DARK_PAPER})}}"
        f"@supports not (color:light-dark(#000,#fff)){{:root{{--accent:{accent};--on-accent:{WHITE}}}}}"
    )


# ---- mark ---------------------------------------------------------------------------------------------------------


def picture_type(content: bytes) -> str | None:
    """Return the media type that the first bytes of a file prove, or None when it is no picture that we take.

    The name and type that a browser sends are not believed. SVG is not taken: it can carry scripts.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None


def mark_problem(content: bytes) -> str | None:
    """Say why a file cannot be the mark, or None when it can."""
    if len(content) > MARK_LIMIT:
        return _("This file has %(size)s kB; the most we take is %(limit)s kB.",
                 size=len(content) // 1000, limit=MARK_LIMIT // 1000)  # fmt: skip
    if picture_type(content) is None:
        return _("This is not a PNG, JPEG, WebP or GIF picture.")
    return None
