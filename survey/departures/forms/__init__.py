"""Forms about departures and recovery cases."""

from survey.departures.forms.losses import (
    LeftForm,
)

__all__ = [
    "LeftForm",
]
