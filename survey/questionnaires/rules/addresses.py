"""Where a survey stands on the web."""

import re
from collections.abc import Collection
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from survey.foundation.language import lazy_gettext

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LIMIT = 60
RESERVED = frozenset({"new", "from-file"})  # pages of ours stand there
SLUG_WORDS = lazy_gettext("Small letters, digits and single hyphens are possible, such as “spring-survey”.")
CHANNEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?")
OUR_CHANNELS = frozenset({"link", "personal", "import", "test"})  # what we call other ways ourselves
ORIGIN = re.compile(r"https://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?|http://localhost(:[0-9]{1,5})?")
ORIGINS_LIMIT = 20


def public_address(base_url: str, slug: str, *, via: str = "", is_kiosk: bool = False) -> str:
    """Return the link that customers get; `via` names the way on which it reached them, a kiosk serves one after the other."""
    named = {"kiosk": "1"} if is_kiosk else {}
    query = urlencode({**named, **({"via": via} if via else {})})
    return f"{base_url}/s/{slug}{f'?{query}' if query else ''}"


def lends_maths(base_url: str) -> bool:
    """Whether browsers let pages at this address compute with keys: by https, and on the same machine."""
    address = urlsplit(base_url)
    return address.scheme == "https" or address.hostname in {"localhost", "127.0.0.1", "::1"}


def is_channel(name: str) -> bool:
    """Whether a way can be called so in a link."""
    return CHANNEL.fullmatch(name) is not None and name not in OUR_CHANNELS


def origins_in(typed: str) -> list[str]:
    """Return the origins that stand in lines, each once; raise ValueError with the first that is none."""
    found = list(dict.fromkeys(line.strip().rstrip("/").lower() for line in typed.split() if line.strip()))
    wrong = next((origin for origin in found if not ORIGIN.fullmatch(origin)), None)
    if wrong is not None:
        raise ValueError(wrong)
    return found


def personal_address(base_url: str, token: str) -> str:
    """Return one person's own link."""
    return f"{base_url}/r/{token}"


def test_address(base_url: str, slug: str, token: str) -> str:
    """Return the link by which the team tries a survey out; what is answered by it counts in no number."""
    return f"{public_address(base_url, slug)}?test={token}"


def test_purpose(survey_id: UUID) -> str:
    """Return what the token in such a link is good for."""
    return f"test/{survey_id.hex}"


def is_address(slug: str) -> bool:
    """Whether this can stand in a link."""
    return len(slug) <= SLUG_LIMIT and slug not in RESERVED and SLUG.fullmatch(slug) is not None


def free_address(slug: str, taken: Collection[str]) -> str:
    """Return this address, or with a number behind it where it is taken."""
    numbered = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return next(address for address in numbered if address not in taken)
