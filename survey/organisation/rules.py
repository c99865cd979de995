"""Decisions about the organisation: its colours and their contrast."""


def accent_css(accent: str) -> str:
    """Return the small style sheet that sets the organisation's accent in light and dark."""
    return f":root{{--accent:{accent}}}"
