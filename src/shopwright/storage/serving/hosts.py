"""Which site answers to which host name."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from shopwright.storage.serving.resource import Site

_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_PORT = re.compile(r":\d{0,5}$")
_ADDRESS = re.compile(r"\[[0-9a-fA-F:.]{2,45}\]")


def host_name(header: str) -> str:
    """The name in a ``Host`` header, in lower case and without port; empty if it is none."""
    name = _PORT.sub("", header.strip()).lower().rstrip(".")
    return name if _NAME.fullmatch(name) or _ADDRESS.fullmatch(name) else ""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Sites by host name; ``otherwise`` opens the site of a name that is not among them, or says there is none."""

    sites: dict[str, Site] = field(default_factory=dict)
    otherwise: Callable[[str], Site | None] = lambda _name: None

    def find(self, header: str) -> Site | None:
        """The site for a ``Host`` header."""
        name = host_name(header)
        return self.sites.get(name) or self.otherwise(name)


def one_site(site: Site) -> Hosts:
    """One site, by whatever name it is asked for."""
    return Hosts(otherwise=lambda _name: site)
