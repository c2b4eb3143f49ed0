"""A worker does jobs, and follows the catalogues when no other does: inside the service, or as a process by itself."""

import asyncio
from dataclasses import dataclass, field

from shopwright.bootstrap.broker import OpenBroker
from shopwright.bootstrap.job_following import JobFollower
from shopwright.bootstrap.job_place import JobPlace
from shopwright.bootstrap.job_runner import JobRunner, Room, any_room
from shopwright.bootstrap.jobs import Jobs
from shopwright.bootstrap.platform import Platform


@dataclass(frozen=True, slots=True)
class Worker:
    """Joined from its parts by ``worker_of``."""

    runner: JobRunner
    follower: JobFollower
    jobs: Jobs = field(repr=False)
    """For whoever asks for jobs in this process: what they ask for is begun at once."""

    async def run_until(self, stop: asyncio.Event) -> None:
        """Work until ``stop``: what is at work then is handed back, for another worker to go on with."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.runner.run_until(stop))
            group.create_task(self.follower.run_until(stop))


def worker_of(platform: Platform, place: JobPlace, room: Room = any_room, broker: OpenBroker | None = None) -> Worker:
    """A worker of a platform at a place, which has ``room`` for builds there, and a ``broker`` where one is named."""
    runner = JobRunner(platform, place, room, waking=broker.waking if broker else None)
    jobs = Jobs(platform, broker.offer if broker else runner.wake)
    return Worker(runner, JobFollower(platform, jobs, place.worker, place.jobs.refresh_at), jobs)
