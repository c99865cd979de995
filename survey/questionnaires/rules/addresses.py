"""Where a survey stands on the web."""

import re
from collections.abc import Collection
from uuid import UUID

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LIMIT = 60
RESERVED = frozenset({"new"})
SLUG_WORDS = "Small letters, digits and single hyphens are possible, such as “spring-survey”."


def public_address(base_url: str, slug: str) -> str:
    """Return the link that customers get."""
    return f"{base_url}/s/{slug}"


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
