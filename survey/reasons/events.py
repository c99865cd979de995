"""What happens to the taxonomy."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TaxonomyChanged:
    """A new version is in force; where `reads_otherwise` comments may get other reasons by it."""

    number: int
    reads_otherwise: bool
