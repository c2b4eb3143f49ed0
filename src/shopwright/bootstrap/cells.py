"""The deployments that tenants live in: the main one, which also holds the control database, and those a file names."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Annotated, Self

from pydantic import Field, TypeAdapter, ValidationError

from shopwright.database.cluster import Cluster, open_cluster, refuse_no_tenant
from shopwright.database.isolation.connection import unknown_tenant
from shopwright.database.private_file import read_private
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError, SettingsError
from shopwright.multi_tenant.documents import TENANTS
from shopwright.settings import DatabaseSettings

MAIN = "main"
"""The cell of the deployment the settings name, and of tenants that no document assigns to another."""

MOST_BYTES = 65_536
MOST_CELLS = 100

_Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,62}$")]
_Uri = Annotated[str, Field(pattern=r"^mongodb(\+srv)?://", max_length=4_096)]
_FILE = TypeAdapter(Annotated[dict[_Name, _Uri], Field(max_length=MOST_CELLS)])


class Cells:
    """The operator's connections to all cells: each is made when it is first needed, and lasts as long as this."""

    def __init__(self, main: Cluster, settings: DatabaseSettings) -> None:
        """Raises ``SettingsError`` for a file of cells that cannot be used."""
        self.main = main
        self.most_tenants = settings.tenants_per_cell
        self._uris = {MAIN: main.uri, **(read_cells(settings.cells) if settings.cells else {})}
        self._opened: dict[str, Cluster] = {MAIN: main}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @property
    def names(self) -> tuple[str, ...]:
        """The main cell first, the others in the order of the file."""
        return tuple(self._uris)

    def uri(self, cell: str) -> str:
        """The connection string of a cell, the operator's credentials included. Raises ``SettingsError``."""
        if cell not in self._uris:
            remedy = "Name its deployment in the file that SHOPWRIGHT_CELLS names."
            raise SettingsError(f"No cell is called {cell[:80]!r}.", where="SHOPWRIGHT_CELLS", remedy=remedy)
        return self._uris[cell]

    async def cluster(self, cell: str) -> Cluster:
        """A cell's deployment, as its operator. Raises ``SettingsError``, ``DatabaseError``."""
        uri = self.uri(cell)
        if cell not in self._opened:
            opened = await self._stack.enter_async_context(open_cluster(uri))
            self._opened.setdefault(cell, opened)
        return self._opened[cell]

    async def everyone(self) -> AsyncIterator[tuple[Cluster, str]]:
        """Every tenant that has a database, with the deployment it lives in. Raises as ``cluster``."""
        for cell in self.names:
            cluster = await self.cluster(cell)
            for tenant in await cluster.tenants():
                yield cluster, tenant

    async def with_room(self, wanted: str = "") -> str:
        """The cell ``wanted``, else the first one, that holds fewer tenants than may live in one.

        Whoever asks at the same moment gets the same answer, so a cell may come to hold a few more. Raises
        ``SettingsError`` when there is none.
        """
        for cell in [wanted] if wanted else self.names:
            cluster = await self.cluster(cell)
            if len(await cluster.tenants()) < self.most_tenants:
                return cell
        raise SettingsError(
            f"{f'The cell {wanted}' if wanted else 'Each cell'} holds {self.most_tenants:,} tenants.",
            where="SHOPWRIGHT_TENANTS_PER_CELL",
            remedy="Name another deployment in the file of SHOPWRIGHT_CELLS.",
        )


async def cell_of(control: TenantDatabase, tenant: str) -> str:
    """The cell a tenant lives in, or would be made in. Raises ``DatabaseError`` for one that was deleted."""
    refuse_no_tenant(tenant)
    found = await control.documents(TENANTS).get(tenant)
    if found and found.state == "deleted":
        raise unknown_tenant(tenant)
    return found.cell if found else MAIN


async def refuse_unfinished_tenant(control: TenantDatabase, tenant: str) -> None:
    """Raise ``DatabaseError`` for a tenant that is being made or deleted."""
    found = await control.documents(TENANTS).get(tenant)
    if found and found.state in {"creating", "deleting"}:
        remedy = f"`shopwright tenant show {tenant}` tells how far it is."
        raise DatabaseError(f"The tenant is {found.state}", where=repr(tenant), remedy=remedy)


def read_cells(path: Path) -> dict[str, str]:
    """The connection strings of further cells by name: a JSON object, in a file only its owner can read.

    Raises ``SettingsError``, which shows none of them.
    """
    try:
        data = read_private(path, MOST_BYTES)
    except OSError as error:
        raise _unusable(path, f"it cannot be read ({error.strerror})", "Name a file that is there.") from None
    if data is None:
        raise _unusable(path, "others can read it, and it holds passwords", f"Run chmod 600 {path}.")
    try:
        cells = _FILE.validate_json(data if len(data) <= MOST_BYTES else b"")
    except ValidationError:
        cells = {}
    if not cells or MAIN in cells:
        remedy = 'Write {"NAME": "mongodb://…"}; names are of small letters, digits and hyphens, and not main.'
        raise _unusable(path, "it is no JSON object of names and connection strings", remedy)
    return cells


def _unusable(path: Path, what: str, remedy: str) -> SettingsError:
    return SettingsError(f"The file of cells {path} cannot be used: {what}.", where="SHOPWRIGHT_CELLS", remedy=remedy)
