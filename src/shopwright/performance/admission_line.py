"""Who may begin now: a budget of memory and processors, and a waiting line that is fair and bounded.

Plain bookkeeping without a clock, a thread or a loop, so that its behaviour can be tested exactly; ``admission`` waits.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

MOST_OVERTAKEN = 16
"""How often smaller work may begin before larger work that waits for room; after that room is kept for it."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What there is: bytes, processors, how many may work at once for one tenant, and how many may wait in all.

    Bounds of one tenant do not hold for the platform's own work.
    """

    memory_bytes: int
    cpus: float
    per_tenant: int = 4
    most_waiting: int = 256
    most_waiting_per_tenant: int = 64


@dataclass(eq=False, slots=True)
class Work:
    """Something that wants room. ``tenant`` may be empty, for work of the platform's own."""

    memory_bytes: int
    cpus: float
    tenant: str = ""
    overtaken: int = 0


Answer = Literal["begins", "waits", "line is full", "never fits"]


@dataclass(slots=True)
class AdmissionLine:
    """Work at hand and work that waits.

    Tenants take turns: whoever's work began goes behind the others who wait, and the work of one tenant keeps its
    order. What does not fit now is overtaken by what does, but only ``MOST_OVERTAKEN`` times.
    """

    budget: Budget
    memory_bytes: int = 0
    cpus: float = 0.0
    held_back: bool = False
    """Whether nothing may begin while something works, since memory is short whatever was promised."""

    working: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, deque[Work]] = field(default_factory=dict)
    """By tenant; the tenants stand in the order of their turns."""

    @property
    def length(self) -> int:
        """How many wait."""
        return sum(map(len, self.waiting.values()))

    @property
    def at_work(self) -> int:
        """How many work."""
        return sum(self.working.values())

    def come(self, work: Work) -> Answer:
        """Ask for room. ``waits``: ask ``begin`` at once, and see what it, ``leave`` and ``give_up`` hand out later."""
        if work.memory_bytes > self.budget.memory_bytes:
            return "never fits"
        if not self.waiting and self._has_room(work):
            self._take(work)
            return "begins"
        if self._is_full(work.tenant):
            return "line is full"
        self.waiting.setdefault(work.tenant, deque()).append(work)
        return "waits"

    def leave(self, work: Work) -> list[Work]:
        """Work has ended; what begins in its place."""
        self.memory_bytes -= work.memory_bytes
        self.cpus -= self._share(work)
        self.working[work.tenant] -= 1
        if not self.working[work.tenant]:
            del self.working[work.tenant]
            if not self.working:
                self.cpus = 0.0  # sums of fractions do not come back to nothing by themselves
        return self.begin()

    def give_up(self, work: Work) -> list[Work]:
        """Work that waited does not want to any more; what begins because it kept room no longer."""
        line = self.waiting[work.tenant]
        line.remove(work)
        if not line:
            del self.waiting[work.tenant]
        return self.begin()

    def begin(self) -> list[Work]:
        """What begins now of what waits."""
        begun: list[Work] = []
        while (work := self._next()) is not None:
            line = self.waiting.pop(work.tenant)
            line.popleft()
            if line:
                self.waiting[work.tenant] = line
            self._take(work)
            begun.append(work)
        return begun

    def _next(self) -> Work | None:
        """The first in the order of turns that fits, unless one before it was overtaken often enough."""
        passed: list[Work] = []
        for work in self._heads():
            if self._has_room(work):
                for each in passed:
                    each.overtaken += 1
                return work
            passed.append(work)
            if work.overtaken >= MOST_OVERTAKEN:
                return None
        return None

    def _heads(self) -> Iterator[Work]:
        for tenant, line in self.waiting.items():
            if self._may_work(tenant):
                yield line[0]

    def _has_room(self, work: Work) -> bool:
        return (
            self._may_work(work.tenant)
            and not (self.held_back and self.working)
            and self.memory_bytes + work.memory_bytes <= self.budget.memory_bytes
            and self.cpus + self._share(work) <= self.budget.cpus + 1e-9
        )

    def _may_work(self, tenant: str) -> bool:
        return not tenant or self.working.get(tenant, 0) < self.budget.per_tenant

    def _is_full(self, tenant: str) -> bool:
        line = self.waiting.get(tenant, ()) if tenant else ()
        return self.length >= self.budget.most_waiting or len(line) >= self.budget.most_waiting_per_tenant

    def _take(self, work: Work) -> None:
        self.memory_bytes += work.memory_bytes
        self.cpus += self._share(work)
        self.working[work.tenant] = self.working.get(work.tenant, 0) + 1

    def _share(self, work: Work) -> float:
        """Work that could use more processors than there are gets what there is."""
        return min(work.cpus, self.budget.cpus)
