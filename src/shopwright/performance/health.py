"""Whether this process is alive, and whether it can do work now, each with its reasons.

``/health/live`` answers at once; a process that does not is to be started anew. ``/health/ready`` runs the probes that
bootstrap hands in; a process that is not ready is to be left alone until it is.
"""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shopwright.errors import ShopwrightError
from shopwright.performance.metrics import Label, gauge

SECONDS = 2.0
"""A probe that takes longer has failed."""

READY = gauge(
    "shopwright_ready", "Whether a part can do work (1) or not (0), when it was last looked at", [Label("part")]
)
ROOM = gauge("shopwright_state_free_bytes", "Room on the disk of the state folder")

Probe = Callable[[], Awaitable[str]]
"""Looks at one part. Empty: it is well; else the reason why not, in our own words: it is shown to strangers."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a probe found. ``reason`` is empty when the part is well; ``seconds`` is how long looking took."""

    part: str
    reason: str
    seconds: float

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Health:
    """What was found, in the order of the parts' names."""

    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        """Whether every part is."""
        return all(finding.is_well for finding in self.findings)

    @property
    def status(self) -> int:
        """Of the HTTP answer."""
        return 200 if self.is_well else 503

    def as_json(self) -> dict[str, object]:
        """The answer's body: ``{"status": "pass" | "fail", "checks": {part: {"status": …, "reason": …}}}``."""
        checks = {finding.part: _as_json(finding) for finding in self.findings}
        return {"status": _word(is_well=self.is_well), "checks": checks}


async def examine(probes: Mapping[str, Probe], seconds: float = SECONDS) -> Health:
    """Run all probes at once, none for longer than ``seconds``. Raises nothing: what a probe raises is its finding."""
    names = sorted(probes)
    return Health(tuple(await asyncio.gather(*(_looked_at(name, probes[name], seconds) for name in names))))


def room_on_disk(folder: Path, least_bytes: int) -> Probe:
    """A probe: does the disk of ``folder``, or of the first folder above it that is there, have this much room?"""

    async def probe() -> str:
        there = next(each for each in (folder, *folder.parents) if each.exists())
        free = (await asyncio.to_thread(shutil.disk_usage, there)).free
        ROOM.set(free)
        return "" if free >= least_bytes else f"{free // 1_000_000} MB are free, {least_bytes // 1_000_000} are needed"

    return probe


async def _looked_at(part: str, probe: Probe, seconds: float) -> Finding:
    started = time.perf_counter()
    try:
        async with asyncio.timeout(seconds):
            reason = await probe()
    except TimeoutError:
        reason = f"no answer within {seconds:g} seconds"
    except ShopwrightError as error:
        reason = type(error).__name__
    except OSError as error:
        reason = f"the system says: {error.strerror or type(error).__name__}"
    READY.set(float(not reason), part)
    return Finding(part, reason, time.perf_counter() - started)


def _as_json(finding: Finding) -> dict[str, str]:
    said = {"reason": finding.reason} if finding.reason else {}
    return {"status": _word(is_well=finding.is_well), **said}


def _word(*, is_well: bool) -> str:
    return "pass" if is_well else "fail"
