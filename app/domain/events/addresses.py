"""Where a webhook may be sent: https addresses out there, and never what lies inside a network (P-h6).

Looked at twice: what is written in a URL when it is registered, and what its name leads to each time that it is opened.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from app.domain.events.errors import WebhookAddressRefused

LONGEST = 1000
_NAME = re.compile(
    r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.ASCII
)
_WRITTEN = re.compile(r"[\x21-\x7e]+")
_INSIDE = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "test",
           "invalid", "example", "onion", "arpa", "alt")  # fmt: skip
"""Last words of names that nobody out there has (RFC 6761, RFC 6762, RFC 8375, RFC 9476, and what is usual inside)."""
_OUT_THERE = IPv6Network("2000::/3")
_NOT_EVEN_THERE = tuple(
    IPv6Network(each)
    for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48")
)
"""Within it: Teredo and others of the IETF, examples, 6to4 (which holds an IPv4 address), and AS112."""
_NOT_OUT_THERE = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""IANA's special-purpose addresses: this host, private, carriers', loopback, link-local, examples, multicast, reserved."""


def is_out_there(address: str) -> bool:
    """Whether this is an address of the public internet, in itself and not by way of another kind of address."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_OUT_THERE)
    # A list of what is let through: mapped, compatible, translated (64:ff9b::) and local ones are all outside of it.
    is_scoped = found.scope_id is not None
    return not is_scoped and found in _OUT_THERE and not any(found in network for network in _NOT_EVEN_THERE)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Which addresses may be webhooks. `loopback`: this machine's as well, over http; in development and tests alone."""

    loopback: bool = False

    def require_allowed(self, url: str) -> None:
        """Refuse what is not to be sent to, as far as it can be seen from the text."""
        if not self._is_allowed(url):
            raise WebhookAddressRefused("/url")

    def lets_through(self, address: str) -> bool:
        """Whether a connection to this very address may be made."""
        return is_out_there(address) or (self.loopback and _is_loopback(address))

    def _is_allowed(self, url: str) -> bool:
        parts = _parts(url)
        if parts is None or parts.hostname is None:
            return False
        host = parts.hostname
        if (
            self.loopback
            and parts.scheme in ("http", "https")
            and (host == "localhost" or _is_loopback(host))
        ):
            return True
        if parts.scheme != "https":
            return False
        if ":" in host:
            return is_out_there(host)
        if host.rpartition(".")[2].isdigit():
            return is_out_there(host)
        return _NAME.fullmatch(host) is not None and host.rpartition(".")[2] not in _INSIDE


def _parts(url: str) -> SplitResult | None:
    """A URL in one plain spelling: nothing that two parsers could read in two ways."""
    if len(url) > LONGEST or not _WRITTEN.fullmatch(url) or "\\" in url or "#" in url:
        return None
    try:
        parts = urlsplit(url)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return None
    return parts if "@" not in parts.netloc and "%" not in parts.netloc and has_port else None


def _is_loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return found.is_loopback if isinstance(found, IPv4Address) else found == IPv6Address("::1")
