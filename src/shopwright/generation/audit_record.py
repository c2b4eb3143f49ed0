"""The record of an audit: what was found, and of which bytes, so that nothing else is published by it."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from shopwright.catalog.waiver import Waiver
from shopwright.errors import AuditFailed
from shopwright.generation.manifest import read_manifest
from shopwright.seo.gate.verdict import Verdict
from shopwright.storage.exchange import MARK

NAME = f"{MARK}/audit.json"
_NAMED_BY_CONTENT = "assets/pictures/"
"""Pictures carry a part of their hash in their names; their sizes are compared instead of reading them again."""

Json = dict[str, Any]

_WAIVERS = TypeAdapter(list[Waiver])


def record_bytes(verdict: Verdict, digests: Mapping[str, str], instant: str, waivers: Iterable[Waiver]) -> bytes:
    """The record of a verdict on files, given by name with their SHA-256, as of an instant."""
    record = {
        "shopwright": 1,
        "as_of": instant,
        "content": _content(digests),
        **verdict.as_json(),
        "waivers": [waiver.model_dump(mode="json") for waiver in waivers],
    }
    return orjson.dumps(record, option=orjson.OPT_INDENT_2)


def _content(digests: Mapping[str, str]) -> str:
    lines = "".join(f"{digests[file]} {file}\n" for file in sorted(digests))
    return hashlib.sha256(lines.encode()).hexdigest()


def read_record(site: Path) -> Json | None:
    """The record of a built site; none if there is none that can be read."""
    try:
        record: object = orjson.loads((site / NAME).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    return record if isinstance(record, dict) else None


def recorded_waivers(site: Path) -> list[Waiver]:
    """The waivers that a site was built with. Raises ``AuditFailed`` if its record was changed."""
    record = read_record(site) or {}
    try:
        return _WAIVERS.validate_python(record.get("waivers", []))
    except ValidationError as error:
        raise AuditFailed(
            "the waivers of the site's record cannot be read.", where=str(site / NAME), remedy="Build it again."
        ) from error


def refuse_unaudited(site: Path) -> None:
    """Raise ``AuditFailed`` unless the site has passed its audit, and holds the files that were audited."""
    record = read_record(site)
    again = "Build it again; --unaudited publishes a folder that Shopwright did not build."
    if record is None:
        raise AuditFailed("the site has no record of an audit.", where=str(site), remedy=again)
    if record.get("passed") is not True:
        raise AuditFailed("the site has not passed its audit.", where=str(site), remedy=again)
    entries = read_manifest(site)
    if record.get("content") != _content({name: entry.sha256 for name, entry in entries.items()}):
        raise AuditFailed("the audit is of other files than the site has.", where=str(site), remedy=again)
    for name, entry in entries.items():
        if not _is_whole(site / name, name, entry.sha256, entry.size):
            raise AuditFailed("the file has changed since the audit.", where=str(site / name), remedy=again)
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if name not in entries and not name.startswith(f"{MARK}/") and path.is_file():
            raise AuditFailed("the file was added since the audit.", where=str(path), remedy=again)


def _is_whole(path: Path, name: str, sha256: str, size: int) -> bool:
    try:
        if path.stat().st_size != size:
            return False
        return name.startswith(_NAMED_BY_CONTENT) or hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False
