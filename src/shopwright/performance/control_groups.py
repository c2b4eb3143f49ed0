"""The control groups of this process: where the kernel says what a container or a batch system lets it use.

Version 1 has a tree for each controller, version 2 one for all (the kernel's ``admin-guide/cgroup-v1`` and
``cgroup-v2``).
"""

from collections.abc import Iterator
from pathlib import Path


def control_groups(root: Path, controller: str) -> Iterator[Path]:
    """The folder of this process's group for a controller and of each group above it: the tightest bound counts.

    ``root`` holds ``proc`` and ``sys``. Folders may be named that are not there.
    """
    for line in text(root / "proc/self/cgroup").splitlines():
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if not controllers:
            mounts = ("", "unified")
        elif controller in controllers.split(","):
            mounts = (controllers, controller)
        else:
            continue
        group = Path(path.lstrip("/"))
        for mount in mounts:
            for folder in (group, *group.parents):
                yield root / "sys/fs/cgroup" / mount / folder


def text(file: Path) -> str:
    """What stands in one of the kernel's files, empty where there is none or it is no text."""
    try:
        return file.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def whole_number(file: Path) -> int | None:
    """The number in a file; None for a word such as ``max``, for what is no number, and where there is no file."""
    found = text(file).strip()
    return int(found) if found.isdigit() and len(found) <= len(str(2**64)) else None
