"""What the server has, compared with what the code expects."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from shopwright.database.document import DocumentType
from shopwright.database.failures import answered
from shopwright.database.schema.collection import Collection, expected, found, same_index
from shopwright.database.tenant_database import TenantDatabase


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected."""

    where: str
    """Collection, or collection and index."""

    what: str
    """``missing``, ``unexpected``, or what differs."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


async def drift(database: TenantDatabase, kinds: Iterable[DocumentType[Any]]) -> list[Difference]:
    """Every difference, in the order of the names. Raises ``DatabaseUnavailable``."""
    wanted = {kind.name: expected(kind) for kind in kinds}
    with answered(database.name):
        there = await found(database.raw)
    return [
        difference
        for name in sorted(wanted.keys() | there.keys())
        for difference in _compare(name, wanted.get(name), there.get(name))
    ]


def _compare(name: str, wanted: Collection | None, there: Collection | None) -> Iterator[Difference]:
    if wanted is None or there is None:
        yield Difference(name, "unexpected collection" if wanted is None else "missing collection")
        return
    for option in sorted(wanted.options.keys() | there.options.keys()):
        if wanted.options.get(option) != there.options.get(option):
            yield Difference(name, f"another {option} than expected")
    for index in sorted(wanted.indexes.keys() | there.indexes.keys()):
        if what := _compare_index(wanted.indexes.get(index), there.indexes.get(index)):
            yield Difference(f"{name}.{index}", what)


def _compare_index(wanted: dict[str, Any] | None, there: dict[str, Any] | None) -> str | None:
    if wanted is None or there is None:
        return "unexpected index" if wanted is None else "missing index"
    return None if same_index(wanted, there) else "another index than expected"
