"""Whose page is next: tenants take turns, each with a bounded number of places, however many pages one of them asks."""

from collections import Counter, OrderedDict, deque
from typing import Generic, TypeVar

from shopwright.errors import RenderLimitHit

Job = TypeVar("Job")

MAX_WAITING = 1_000
"""Pages of all tenants that may wait."""
MAX_WAITING_TENANT = 250
"""Pages of one tenant that may wait."""


class Turns(Generic[Job]):
    """Jobs waiting by tenant; at most ``places`` of a tenant's are taken out and not yet done."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._waiting: OrderedDict[str, deque[Job]] = OrderedDict()
        self._taken: Counter[str] = Counter()
        self._count = 0

    def put(self, tenant: str, job: Job) -> None:
        """Have a job wait. Raises ``RenderLimitHit`` when too many wait already."""
        queue = self._waiting.get(tenant, ())
        if self._count >= MAX_WAITING or len(queue) >= MAX_WAITING_TENANT:
            raise RenderLimitHit(
                f"{len(queue):,} pages of this tenant and {self._count:,} in all wait already.",
                remedy="Ask again in a moment, for fewer pages at once.",
            )
        self._waiting.setdefault(tenant, deque()).append(job)
        self._count += 1

    def take(self) -> Job | None:
        """The next job of the tenant that has waited longest for its turn and has a place."""
        for tenant in self._waiting:
            if self._taken[tenant] < self._places:
                self._waiting.move_to_end(tenant)
                self._taken[tenant] += 1
                return self.more(tenant)
        return None

    def more(self, tenant: str) -> Job | None:
        """The next job of a tenant that has just done one: its turn goes on, with the place it has."""
        queue = self._waiting.get(tenant)
        if not queue:
            return None
        job = queue.popleft()
        if not queue:
            del self._waiting[tenant]
        self._count -= 1
        return job

    def is_last(self, tenant: str) -> bool:
        """Whether a tenant's one job that is taken is all it has."""
        return self._taken[tenant] == 1 and tenant not in self._waiting

    def done(self, tenant: str) -> None:
        """Give a place back."""
        self._taken[tenant] -= 1
        if not self._taken[tenant]:
            del self._taken[tenant]

    def clear(self) -> list[Job]:
        """Take out everything that waits."""
        jobs = [job for queue in self._waiting.values() for job in queue]
        self._waiting.clear()
        self._count = 0
        return jobs
