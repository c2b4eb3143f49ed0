"""How many processors this process may really use.

``os.cpu_count`` counts the machine. A container or a batch system gives less: by affinity, or by a quota of the control
group (cgroup v1 ``cpu.cfs_quota_us``, v2 ``cpu.max``, both in microseconds of CPU per period, see the kernel's
``admin-guide/cgroup-v2`` and ``sched-bwc`` documents).
"""

import math
import os
from pathlib import Path

import psutil

from shopwright.performance.control_groups import control_groups, text

_ROOT = Path("/")


def usable_processors(root: Path = _ROOT) -> int:
    """Processors this process may use at once, at least 1; ``root`` holds ``proc`` and ``sys``."""
    return max(1, math.ceil(processor_share(root)))


def processor_share(root: Path = _ROOT) -> float:
    """CPU seconds a second that this process may use: 1.5 is a container with one and a half processors."""
    quotas = [quota for group in control_groups(root, "cpu") if (quota := _quota(group)) is not None]
    return min([float(_affinity()), *quotas])


def _affinity() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _quota(group: Path) -> float | None:
    """CPU time per time that the group allows, or None where it sets no bound."""
    quota, period = [*text(group / "cpu.max").split(), "max", "max"][:2]
    if quota == "max":
        quota, period = text(group / "cpu.cfs_quota_us").strip(), text(group / "cpu.cfs_period_us").strip()
    if not quota.isdigit() or not period.isdigit() or int(period) == 0:
        return None  # v1 writes -1 for "no bound"
    return int(quota) / int(period)


def idle_seconds() -> float:
    """Seconds that the machine's processors, all together, had nothing to do since it was started."""
    times = psutil.cpu_times()
    return float(times.idle + getattr(times, "iowait", 0.0))
