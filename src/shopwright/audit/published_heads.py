"""The heads of one tenant's trail where they were published: a folder or a bucket, outside the database.

Each is an object of its own that is written once, named by its time and number. Let the place keep what was written
(object lock, versioning, another machine): then not even who owns this machine can take a head back.
"""

import re
from dataclasses import dataclass

from shopwright.audit.event import time_text
from shopwright.audit.signed_head import MOST_BYTES, SignedHead, read_signed_head, write_signed_head
from shopwright.errors import AuditLogError
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.signing import Signer, Trust

MOST_READ = 1_000
"""Heads that a verification compares, the newest."""

_MARKS = re.compile(r"[-:.]")
_NAME = re.compile(r"[0-9]{8}T[0-9]{9}Z-[0-9]{15}\.json")


@dataclass(frozen=True, slots=True)
class FoundHead:
    """A published head by its name: the head, or what is wrong with it."""

    name: str
    head: SignedHead | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PublishedHeads:
    """The published heads of a tenant below the folder of its name. Methods raise ``StorageError``."""

    objects: Objects
    tenant: str

    def publish(self, head: SignedHead, signer: Signer) -> str:
        """Publish a head; its name. Raises ``AuditLogError`` when another stands under that name."""
        name, data = self.name_of(head), write_signed_head(head, signer)
        if not self.objects.write_if(name, data, None):
            there = self.objects.read(name, MOST_BYTES)
            if there is None or there.data != data:
                raise AuditLogError("another head stands there.", where=f"{self.objects.name}/{name}")
        return name

    def name_of(self, head: SignedHead) -> str:
        """The name of a head, by which they sort in time."""
        return f"{self.tenant}/{_MARKS.sub('', time_text(head.at))}-{head.last.sequence:015}.json"

    def listed(self) -> list[str]:
        """The names of all heads, the oldest first."""
        start = f"{self.tenant}/"
        found = (held.key for held in self.objects.list(start))
        return sorted(key for key in found if _NAME.fullmatch(key.removeprefix(start)))

    def read(self, trust: Trust) -> list[FoundHead]:
        """The newest heads, the oldest of them first; one that cannot be trusted says why."""
        return [self._found(name, trust) for name in self.listed()[-MOST_READ:]]

    def newest(self, trust: Trust) -> SignedHead | None:
        """The newest head that can be trusted."""
        found = (self._found(name, trust).head for name in reversed(self.listed()))
        return next(filter(None, found), None)

    def _found(self, name: str, trust: Trust) -> FoundHead:
        content = self.objects.read(name, MOST_BYTES)
        if content is None:
            return FoundHead(name, None, "it was removed while it was looked at.")
        try:
            head = read_signed_head(content.data, trust)
        except AuditLogError as error:
            return FoundHead(name, None, error.what)
        if head.tenant != self.tenant or name != self.name_of(head):
            return FoundHead(name, None, "it is the head of something else.")
        return FoundHead(name, head)
