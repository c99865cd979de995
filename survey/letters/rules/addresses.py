"""E-mail addresses: what is kept of one, and how it is shown."""

import hashlib
import hmac


def normal(address: str) -> str:
    """Return an address as it is compared: without outer blanks, in lower case."""
    return address.strip().lower()


def hashed(address: str, salt: bytes) -> str:
    """Return what is kept of an address for ever: a salted hash, which tells nobody the address but knows it again.

    It is the same however the domain is spelt: letters go to its ASCII form, and come back naming that one.
    """
    return hmac.digest(salt, _in_ascii(normal(address)).encode(), hashlib.sha256).hex()


def _in_ascii(address: str) -> str:
    """The address with its domain as the network knows it: “müller.example” is “xn--mller-kva.example” there."""
    local, at, host = address.rpartition("@")
    try:
        return address if host.isascii() else f"{local}{at}{host.encode('idna').decode()}"
    except UnicodeError:
        return address


def domain(address: str) -> str:
    """Return what stands behind the last @, at most 255 characters."""
    return normal(address).rpartition("@")[2][:255]


def mailbox(address: str) -> str:
    """Return the address without what may be added behind a plus: many such addresses are one mailbox."""
    local, _at, host = normal(address).rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def masked(address: str) -> str:
    """Return an address for pages that need not tell it whole: “m…@example.org”."""
    local, at, host = address.rpartition("@")
    return f"{local[:1]}…{at}{host}" if at else ""
