"""TARGET of a command: a folder, or ``s3://bucket/prefix``."""

import re
from pathlib import Path

from shopwright.errors import SettingsError
from shopwright.settings import Aws
from shopwright.storage.objects.bucket import BucketObjects
from shopwright.storage.objects.folder import FolderObjects

Target = FolderObjects | BucketObjects

_S3 = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/+(.*))?", re.DOTALL)
_PREFIX = re.compile(r"[A-Za-z0-9!_.*'()/-]{0,500}")
"""Characters that are safe in a key (S3 User Guide, object key naming)."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def open_target(text: str, aws: Aws) -> Target:
    """The place that ``text`` names; nothing is read or written yet. Raises ``SettingsError``."""
    if not _SCHEME.match(text):
        return FolderObjects(Path(text).absolute())
    found = _S3.fullmatch(text)
    prefix = (found[2] or "").strip("/") if found else ""
    parts = prefix.split("/")
    if not found or not _PREFIX.fullmatch(prefix) or {".", ".."} & set(parts) or "" in parts[1:]:
        raise SettingsError(
            f"{text[:200]!r} is no target.", where="--to", remedy="Name a folder, or s3://bucket/prefix."
        )
    return BucketObjects(found[1], prefix, aws)
