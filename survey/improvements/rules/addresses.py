"""The public address of an improvement, made once from its title and never changed."""

import re
import unicodedata
from collections.abc import Container

LENGTH = 60
NAMELESS = "improvement"  # for a title without a single Latin letter or digit


def slug(title: str, *, taken: Container[str] = ()) -> str:
    """Return the address for a title: lower case Latin letters, digits and hyphens, numbered where it is taken."""
    latin = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    stem = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", latin))[:LENGTH].strip("-") or NAMELESS
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found
