"""What a caller is handed who was let into a tenant: its parts, each of which asks before every call."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from shopwright.access.actions import Action
from shopwright.access.caller import Caller
from shopwright.access.permission import permitted
from shopwright.bootstrap.operations import OPERATIONS
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import AccessDenied

T = TypeVar("T")

Join = Callable[[TenantDatabase, str], CatalogRepository]
"""The catalogue of a tenant's store, by its handle, within the tenant's quotas."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A caller inside one tenant, let in for one action.

    What reads may be called whenever the caller may read it; what changes, only if it is the action asked for at the
    door, where suspension, step-up and quota were looked at. Everything else raises ``AccessDenied``.
    """

    caller: Caller
    action: Action
    _database: TenantDatabase = field(repr=False)
    _join: Join = field(repr=False)

    @property
    def tenant(self) -> str:
        """Whose inside it is."""
        return self._database.name

    def part(self, make: Callable[[TenantDatabase], T]) -> T:
        """A repository of the tenant, of which only that can be called which this caller may call here."""
        return cast("T", _Guarded(make(self._database), self))

    def catalog(self, store: str) -> CatalogRepository:
        """The catalogue of a store, guarded. Raises ``ChangeRefused`` for what no store can be called."""
        return self.part(lambda database: self._join(database, store))

    def covers(self, action: Action) -> bool:
        """Whether something that is this action may be done here."""
        return action is self.action or (action.reads and permitted(self.caller, action, self.tenant))


class _Guarded:
    """Stands before a repository. Its attributes that are no operations are denied too: they lead to the database."""

    __slots__ = ("_inside", "_part")

    def __init__(self, part: object, inside: Inside) -> None:
        self._part = part
        self._inside = inside

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the method is
        kind = type(self._part)
        action = OPERATIONS.get(getattr(kind, name, _Guarded))
        if action is None or not self._inside.covers(action):
            remedy = "Ask for its action at the door."
            raise AccessDenied(
                f"This is no part of {self._inside.action}", where=f"{kind.__name__}.{name}", remedy=remedy
            )
        return getattr(self._part, name)
