"""What sealed fields and keys cost: `python -m benchmarks.encryption`.

CPU times of this process alone: the server's are not in them, so neither are the waits of a busy machine.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables import keep, show

from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.database.document import Document, DocumentType, Query
from shopwright.database.encryption.field import Findable, Sealed
from shopwright.database.migrations.run import migrate
from shopwright.settings import DatabaseSettings, Secret

DOCUMENTS = 2_000
TENANTS = 50


class Plain(Document):
    id: str
    email: str
    name: str
    phone: str


class Covered(Document):
    id: str
    email: Findable[str]
    name: Sealed[str]
    phone: Sealed[str]


ALL = Query("all", sort=("id",))
PLAIN, COVERED = DocumentType("plain", Plain, (ALL,)), DocumentType("covered", Covered, (ALL,))


@dataclass(frozen=True, slots=True)
class EncryptionRow:
    """One kind of work; microseconds of processor time for each thing."""

    work: str
    things: int
    each_us: float


async def _cost(work: str, things: int, done: Callable[[], Awaitable[object]]) -> EncryptionRow:
    before = time.process_time()
    await done()
    return EncryptionRow(work, things, round((time.process_time() - before) / things * 1e6, 1))


async def _documents(platform: Platform) -> list[EncryptionRow]:
    await platform.keys.create("bench")
    database = replace(platform.cluster.tenant("bench"), cipher=platform.keys.cipher("bench"))
    await migrate(database, [PLAIN, COVERED])
    rows = []
    for kind, what in ((PLAIN, "no field sealed"), (COVERED, "3 fields sealed")):
        found = database.documents(kind)
        many = [
            kind.model(id=f"{number}", email=f"{number}@shop.example", name="Ada Lovelace", phone="+49 30 1234567")
            for number in range(DOCUMENTS)
        ]

        async def read(found: object = found) -> None:
            async for _ in found.stream(ALL, {}):  # type: ignore[attr-defined] # the kinds differ
                pass

        rows.append(
            await _cost(f"insert a document, {what}", DOCUMENTS, lambda found=found, many=many: found.insert_all(many))
        )
        rows.append(await _cost(f"read a document, {what}", DOCUMENTS, read))
    return rows


async def _fields(platform: Platform) -> list[EncryptionRow]:
    cipher = platform.keys.cipher("bench")
    sealed = await cipher.seal(b"x" * 60, findable=False)

    async def many(work: Callable[[], Awaitable[object]]) -> None:
        for _ in range(DOCUMENTS):
            await work()

    return [
        await _cost("seal a field", DOCUMENTS, lambda: many(lambda: cipher.seal(b"x" * 60, findable=False))),
        await _cost("seal a findable field", DOCUMENTS, lambda: many(lambda: cipher.seal(b"x" * 60, findable=True))),
        await _cost("open a field", DOCUMENTS, lambda: many(lambda: cipher.open(sealed))),
    ]


async def _keys(platform: Platform) -> list[EncryptionRow]:
    names = [f"bench-{number}" for number in range(TENANTS)]
    held = {name: platform.keys.cipher(name) for name in names}

    async def each(work: Callable[[str], Awaitable[object]]) -> None:
        for name in names:
            await work(name)

    return [
        await _cost("make a key", TENANTS, lambda: each(platform.keys.create)),
        await _cost("use a key first", TENANTS, lambda: each(lambda name: held[name].seal(b"x", findable=False))),
        await _cost("rotate a key", TENANTS, lambda: each(platform.keys.rotate)),
        await _cost("destroy a key", TENANTS, lambda: each(platform.keys.destroy)),
    ]


async def _measured(folder: Path) -> list[EncryptionRow]:
    async with open_platform(DatabaseSettings(Secret(), None, folder / "mongo")) as platform:
        return [*await _documents(platform), *await _fields(platform), *await _keys(platform)]


def main() -> None:
    """Measure, show, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, default=Path("build/bench"))
    results = parser.parse_args().results
    with TemporaryDirectory() as folder:
        rows = asyncio.run(_measured(Path(folder)))
    results.mkdir(parents=True, exist_ok=True)
    show("Sealed fields and keys", rows)
    keep(results / "encryption.json", rows)


if __name__ == "__main__":
    main()
