"""Refusals: errors with a sentence for the person in front of the page. `web` turns each into a status once."""


class Refused(Exception):
    """Something was asked that cannot be done; the message is fit to be read by a user."""

    status = 400


class NotFound(Refused):
    """What was asked for does not exist, or not for this person."""

    status = 404


class Gone(Refused):
    """What was asked for was there and is over."""

    status = 410


class Busy(Refused):
    """The database could not take the write now; nothing was stored and trying again is safe."""

    status = 503
