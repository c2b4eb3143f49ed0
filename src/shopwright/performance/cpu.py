"""How many processors this process may really use.

``os.cpu_count`` counts the machine. A container or a batch system gives less: by affinity, or by a quota of the control
group (cgroup v1 ``cpu.cfs_quota_us``, v2 ``cpu.max``, both in microseconds of CPU per period, see the kernel's
``admin-guide/cgroup-v2`` and ``sched-bwc`` documents).
"""

import math
import os
from collections.abc import Iterator
from pathlib import Path


def usable_processors(root: Path = Path("/")) -> int:
    """Processors this process may use at once, at least 1; ``root`` holds ``proc`` and ``sys``."""
    allowed = _affinity()
    quotas = [quota for group in _control_groups(root) if (quota := _quota(group)) is not None]
    return max(1, min([allowed, *(math.ceil(quota) for quota in quotas)]))


def _affinity() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _control_groups(root: Path) -> Iterator[Path]:
    """The folder of this process's control group and of each group above it: the tightest quota counts."""
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if not controllers:  # version 2: one tree for every controller
            mounts = ("", "unified")
        elif "cpu" in controllers.split(","):
            mounts = (controllers, "cpu")
        else:
            continue
        group = Path(path.lstrip("/"))
        for mount in mounts:
            for folder in (group, *group.parents):
                yield root / "sys/fs/cgroup" / mount / folder


def _quota(group: Path) -> float | None:
    """CPU time per time that the group allows, or None where it sets no bound."""
    quota, period = [*_text(group / "cpu.max").split(), "max", "max"][:2]
    if quota == "max":
        quota, period = _text(group / "cpu.cfs_quota_us").strip(), _text(group / "cpu.cfs_period_us").strip()
    if not quota.isdigit() or not period.isdigit() or int(period) == 0:
        return None  # v1 writes -1 for "no bound"
    return int(quota) / int(period)


def _text(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
