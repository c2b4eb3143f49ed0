"""``shopwright db check``: whether what a tenant's database holds hangs together, and mending what does not.

*Faults* are what must not be: a reference to what is not there. *Leftovers* are what a killed process leaves and nobody
sees: an import that never came to its end, a lease whose holder died. The next one at work clears them away; a repair
does it now.
"""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from shopwright.bootstrap.document_types import GRAPH
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.leftovers import Leftovers
from shopwright.catalog.repository.writing import writing
from shopwright.catalog.versions.revision import Author
from shopwright.database.lease import Leases
from shopwright.database.references.scan import Dangling, ReferenceScan, repair
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import ReferenceRefused, StoreBusy
from shopwright.generation.documents import LIVE, RELEASES
from shopwright.generation.repository import Change, ReleaseRepository

MOST_LISTED = 1_000
"""Findings that are named; the others are counted."""

ME = "shopwright db check"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: a fault, else a leftover; ``done`` says what a repair did about it."""

    is_fault: bool
    what: str
    where: str
    done: str = ""

    def as_json(self) -> dict[str, Any]:
        """The object ``--json`` prints."""
        kind = "fault" if self.is_fault else "leftover"
        return {"kind": kind, "what": self.what, "where": self.where, "done": self.done}


@dataclass(slots=True)
class Checked:
    """What was looked at and what was found; ``listed`` names the first findings."""

    tenant: str
    documents: int = 0
    references: int = 0
    faults: int = 0
    leftovers: int = 0
    repaired: int = 0
    left: int = 0
    """Faults that were not repaired: with none, the database is sound."""

    listed: list[Finding] = field(default_factory=list)

    def add(self, found: Finding) -> None:
        """Count a finding, and name it if there is room."""
        self.faults += found.is_fault
        self.leftovers += not found.is_fault
        self.repaired += bool(found.done)
        self.left += found.is_fault and not found.done
        if len(self.listed) < MOST_LISTED:
            self.listed.append(found)

    def as_json(self) -> dict[str, Any]:
        """The object ``--json`` prints."""
        counts = {name: getattr(self, name) for name in ("tenant", "documents", "references", "faults", "leftovers")}
        findings = [found.as_json() for found in self.listed]
        return {**counts, "repaired": self.repaired, "left": self.left, "findings": findings}


@dataclass(frozen=True, slots=True)
class DatabaseCheck:
    """A look at one tenant's database at a time (an aware one). With ``mends`` what is found is repaired."""

    database: TenantDatabase
    pictures: PictureFiles
    at: dt.datetime
    mends: bool = False

    async def run(self) -> Checked:
        """Look at everything. Raises ``DatabaseError``."""
        checked = Checked(self.database.name)
        async for found in self._leftovers():
            checked.add(found)
        scan = ReferenceScan(self.database, GRAPH)
        async for dangling in scan.dangling():
            checked.add(await self._of(dangling))
        checked.documents, checked.references = scan.documents, scan.references
        return checked

    async def _leftovers(self) -> AsyncIterator[Finding]:
        """Leases first: whoever mends an import needs the store's."""
        leases = Leases(self.database)
        async for overdue in leases.overdue():
            done = "released" if self.mends and await leases.end_overdue(overdue) else ""
            since = overdue.since.isoformat(timespec="seconds")
            yield Finding(
                False, f"The lease of {overdue.owner} since {since} is over, and was not given back", overdue.id, done
            )
        async for store in Leftovers(self.database).stores():
            if not await leases.is_held(store):
                done = "swept away" if self.mends and await self._sweep(store) else ""
                yield Finding(False, "An import or edit never came to its end", store, done)

    async def _sweep(self, store: str) -> bool:
        """Writers begin with it."""
        async with writing(Kept(self.database, store, self.pictures), Author(ME, self.at)):
            return True

    async def _of(self, dangling: Dangling) -> Finding:
        where = f"{dangling.link.source.name} {dangling.id}"
        what = f"{dangling.link} names {dangling.key[-1]!r}, which is not in {dangling.link.reference.to}"
        return Finding(True, what, where, await self._mended(dangling) if self.mends else "")

    async def _mended(self, dangling: Dangling) -> str:
        try:
            if dangling.link.source is LIVE and dangling.link.reference.to == RELEASES.name:
                return await self._mend_live(str(dangling.id))
            return await repair(self.database, GRAPH, dangling)
        except (ReferenceRefused, StoreBusy):
            return ""

    async def _mend_live(self, store: str) -> str:
        """What is live is only changed by who holds the store."""
        releases = ReleaseRepository(self.database, GRAPH)
        async with Leases(self.database).hold(store, ME) as lease:
            live = await releases.mend(lease, Change("", ME, self.at))
        return f"release {live.release} is live" if live else "nothing is live"
