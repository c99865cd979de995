"""Network addresses: what a proxy or a socket calls a visitor, the network of an address, networks that somebody lists."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NEIGHBOURS = {4: 24, 6: 56}  # bits of an address that one owner's devices share: an office, a household
WIDEST = {4: 8, 6: 16}
LISTED_LIMIT = 100


class NoNetwork(ValueError):
    """What was typed is no network that can be listed; the argument is what was typed."""


def address_in(words: str) -> Address | None:
    """Return the address that a proxy or a socket names, with a port or without; None where it names none."""
    bare = words.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def network_of(address: Address) -> Network:
    """Return the network whose addresses are taken for one place."""
    return ip_network((int(address), NEIGHBOURS[address.version]), strict=False)


def networks_in(typed: str) -> list[str]:
    """Return the addresses and networks in what was typed, one way of writing each; raise NoNetwork for anything else.

    They stand on lines of their own, or with commas or blanks between them. A network so wide that it would be nearly
    everybody is none.
    """
    found = [str(_network(word)) for word in typed.replace(",", " ").split()]
    return [_shortest(word) for word in dict.fromkeys(found)]


def _network(word: str) -> Network:
    try:
        found = ip_network(word, strict=False)
    except ValueError:
        raise NoNetwork(word) from None
    if found.prefixlen < WIDEST[found.version]:
        raise NoNetwork(word)
    return found


def _shortest(network: str) -> str:
    """An address alone is written as one."""
    return network.removesuffix("/32") if "." in network else network.removesuffix("/128")


def is_listed(address: Address, listed: Iterable[str]) -> bool:
    """Whether an address is in one of these networks, written as `networks_in` writes them."""
    return any(address in network for network in _networks(tuple(listed)))


@lru_cache(maxsize=256)
def _networks(listed: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(word) for word in listed)
