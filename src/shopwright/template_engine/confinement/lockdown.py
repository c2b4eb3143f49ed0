"""How a worker gives up, for good, everything it does not need; and what of that this system can do."""

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

from shopwright.template_engine.confinement import seccomp
from shopwright.template_engine.confinement.bounds import CPU_SECONDS, MEMORY

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_SIGKILL = 9


@dataclass(frozen=True, slots=True)
class Confinement:
    """How far this system confines a worker. ``str()`` says it in words for a person."""

    memory: bool
    """The kernel bounds the worker's memory."""

    system_calls: bool
    """The kernel filters the worker's system calls: no files, no network, no other process."""

    @property
    def complete(self) -> bool:
        """Whether every layer holds."""
        return self.memory and self.system_calls

    def __str__(self) -> str:
        if self.complete:
            return "Templates render confined: no files, no network, no other process, bounded memory and time."
        missing = [
            words
            for holds, words in (
                (
                    self.system_calls,
                    "a filter of system calls (that needs Linux on x86-64, and a container allowing it)",
                ),
                (self.memory, "a bound of memory (that needs Linux)"),
            )
            if not holds
        ]
        return (
            "Templates are checked and metered, and render in a process of their own that is killed after 5 seconds; "
            f"this system lacks {' and '.join(missing)}. Build themes you do not trust on Linux."
        )


def confinement_level() -> Confinement:
    """What workers started here are confined by."""
    return Confinement(memory=sys.platform == "linux", system_calls=seccomp.is_available())


def lock_down(socket: int, level: Confinement) -> None:
    """Keep the open file ``socket`` and memory of a fixed size, and give up the rest.

    Raises ``OSError`` or ``ValueError`` when the system refuses what ``level`` says it can do: the caller must end
    then.
    """
    os.closerange(0, socket)
    os.closerange(socket + 1, _most_files())
    if level.memory:
        seccomp.prctl(_PR_SET_PDEATHSIG, _SIGKILL)  # a worker does not outlive its zygote
        seccomp.prctl(_PR_SET_DUMPABLE, 0)  # no core, no debugger, no /proc/<pid>/mem for others of the same user
        seccomp.prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _bound(level)
    if level.system_calls:
        seccomp.install()


def _most_files() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return soft if soft != resource.RLIM_INFINITY else 1 << 16


def _bound(level: Confinement) -> None:
    if level.memory:
        _limit(resource.RLIMIT_AS, idle_memory() + MEMORY)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        _limit(kind, 0)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (bound, bound))


def idle_memory() -> int:
    """Bytes of address space this process has now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()
