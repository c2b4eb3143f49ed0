"""The forms a value of an audit record may have: names, numbers, hashes; never a sentence."""

import ipaddress
import re
from typing import TypeAlias

from shopwright.errors import AuditLogError

Scalar = str | int | float
Form: TypeAlias = re.Pattern[str] | type[int] | type[float]

LONGEST = 255
"""Characters of a text, in any field."""

_MOST = 2**53 - 1
"""Largest number every reader of JSON keeps exactly (RFC 8259, section 6)."""

WORD = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
IDENTIFIER = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
TEMPLATE = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*\.[a-z0-9]+")
VERSION = re.compile(r"[0-9A-Za-z]+(?:[.+!_-][0-9A-Za-z]+)*")
SHA256 = re.compile(r"[0-9a-f]{64}")
SIGNAL = re.compile(r"SIG[A-Z0-9]+")
ADDRESS = re.compile(r"[0-9a-f.:]+")
NETWORK = re.compile(r"[0-9a-f.:]+/[0-9]{1,3}")
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")

_IPV4_BITS, _IPV6_BITS = 24, 48
"""What is kept of an address: its network, which is of many people and so of none."""


def has_form(value: object, form: Form) -> bool:
    """Whether a value has a form; whole numbers have that of ``float`` too."""
    if isinstance(form, re.Pattern):
        return isinstance(value, str) and len(value) <= LONGEST and form.fullmatch(value) is not None
    if isinstance(value, bool) or not isinstance(value, int | form):
        return False
    return -_MOST <= value <= _MOST  # neither infinite nor "not a number" lies between them


def refused(name: str) -> AuditLogError:
    """An error that names the field only: its value may be just what must not be kept."""
    return AuditLogError(
        "the value is none a record may hold.", where=name[:LONGEST], remedy="See docs/reference/audit-log.md."
    )


def network_of(address: str) -> str:
    """The network an address belongs to (``203.0.113.0/24``, ``2001:db8:1::/48``); empty for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    bits = _IPV4_BITS if isinstance(found, ipaddress.IPv4Address) else _IPV6_BITS
    return str(ipaddress.ip_network(f"{found.compressed.partition('%')[0]}/{bits}", strict=False))
