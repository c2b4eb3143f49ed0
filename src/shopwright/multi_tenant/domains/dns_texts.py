"""TXT records, asked of the machine's resolver or of one that is named."""

from collections.abc import Iterable
from dataclasses import dataclass

import dns.exception
import dns.resolver

SECONDS = 5.0
MOST_RECORDS = 50


@dataclass(frozen=True, slots=True)
class DnsTexts:
    """Asks ``server`` at ``port``; without one, the resolver of the machine."""

    server: str = ""
    port: int = 53

    def __call__(self, name: str) -> Iterable[str]:
        """The TXT records at a name, as text; none where there are none, or nobody answers in time."""
        try:
            answer = self._resolver().resolve(name, "TXT", lifetime=SECONDS, search=False)
        except (dns.exception.DNSException, OSError, UnicodeError):
            return ()
        found = (b"".join(record.strings) for record in list(answer)[:MOST_RECORDS])
        return tuple(data.decode("ascii", "replace") for data in found)

    def _resolver(self) -> dns.resolver.Resolver:
        """A new one each time: what is remembered would be believed after it was taken away."""
        resolver = dns.resolver.Resolver(configure=not self.server)
        if self.server:
            resolver.nameservers, resolver.port = [self.server], self.port
        resolver.cache = None
        return resolver
