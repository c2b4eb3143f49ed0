"""What is to be found at a domain to prove it, and looking for it."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

PREFIX = "shopwright-domain="
LABEL = "_shopwright"
PATH = "/.well-known/shopwright-domain"
MOST_BYTES = 1_000

Texts = Callable[[str], Iterable[str]]
"""The TXT records at a name; none where there are none or nobody answers."""

Fetch = Callable[[str], bytes]
"""The beginning of what an address answers; nothing where it answers nothing."""


def new_token() -> str:
    """A token that nobody can guess: 160 bits."""
    return secrets.token_hex(20)


@dataclass(frozen=True, slots=True)
class Proof:
    """The two places where a domain's owner may put the token."""

    domain: str
    token: str

    @property
    def record(self) -> tuple[str, str]:
        """Name and text of the TXT record."""
        return f"{LABEL}.{self.domain}", f"{PREFIX}{self.token}"

    @property
    def file(self) -> tuple[str, str]:
        """Address and content of the file."""
        return f"http://{self.domain}{PATH}", f"{PREFIX}{self.token}"


@dataclass(frozen=True, slots=True)
class Prover:
    """Looks for tokens. Both functions are handed in, and may take seconds."""

    texts: Texts
    fetch: Fetch

    def finds(self, proof: Proof) -> str:
        """Where the token is found: ``dns`` or ``file``; empty if nowhere."""
        name, text = proof.record
        if any(secrets.compare_digest(each.strip().encode(), text.encode()) for each in self.texts(name)):
            return "dns"
        address, content = proof.file
        found = self.fetch(address)[:MOST_BYTES].strip()
        return "file" if secrets.compare_digest(found, content.encode()) else ""
