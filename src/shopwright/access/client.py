"""Where a request comes from, and when: what sign-in is told besides the proof itself."""

import datetime as dt
import ipaddress
from dataclasses import dataclass, field

from shopwright.settings import Secret

_SHARED_BITS = 64
"""Of an IPv6 address belong to a customer's network: they choose the rest of it at will (RFC 6177)."""

_MOST_AGENT = 200


@dataclass(frozen=True, slots=True)
class Client:
    """``address`` is the peer's as the server saw it, ``at`` an aware time, ``agent`` what the browser calls itself.

    ``device`` is the secret a browser was given when somebody signed in with it before.
    """

    address: str
    at: dt.datetime
    agent: str = ""
    device: Secret = field(default_factory=Secret)

    @property
    def network(self) -> str:
        """What tries are counted by: an IPv4 address, or the network an IPv6 address lies in."""
        try:
            found = ipaddress.ip_address(self.address)
        except ValueError:
            return self.address[:64]
        if isinstance(found, ipaddress.IPv4Address):
            return str(found)
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), _SHARED_BITS), strict=False))

    @property
    def told_agent(self) -> str:
        """The browser's own words as far as they may be shown."""
        return "".join(letter for letter in self.agent[:_MOST_AGENT] if letter.isprintable())
