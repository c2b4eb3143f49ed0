"""What a caller is handed who was let into a tenant: its parts, each of which asks before every call."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from shopwright.access.actions import Action
from shopwright.access.caller import Caller
from shopwright.access.permission import permitted
from shopwright.bootstrap.catalog import picture_folder
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.operations import OPERATIONS
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.reviews import ReviewRepository
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import AccessDenied
from shopwright.generation.repository import ReleaseRepository
from shopwright.jobs.repository import JobRepository
from shopwright.ml_integration.repository import ExperimentRepository

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Inside:
    """A caller inside one tenant, let in for one action.

    What reads may be called whenever the caller may read it; what changes, only if it is the action asked for at the
    door, where suspension, step-up and quota were looked at. Everything else raises ``AccessDenied``.
    """

    caller: Caller
    action: Action
    database: TenantDatabase
    """For the rooms that join parts; callers get them from here."""

    state: Path
    """The folder with the bytes of all tenants' pictures."""

    def catalog(self, store: str) -> CatalogRepository:
        """The catalogue of a store. Raises ``ChangeRefused`` for what no store can be called."""
        pictures = PictureFiles(picture_folder(self.state, self.database.name))
        return self.guarded(CatalogRepository(Kept(self.database, store, pictures, graph=GRAPH)))

    def reviews(self) -> ReviewRepository:
        """The reviews of all stores."""
        return self.guarded(ReviewRepository(self.database, GRAPH))

    def releases(self) -> ReleaseRepository:
        """What was published of each store."""
        return self.guarded(ReleaseRepository(self.database, GRAPH))

    def jobs(self) -> JobRepository:
        """What is to be built, is being built, and was."""
        return self.guarded(JobRepository(self.database))

    def experiments(self) -> ExperimentRepository:
        """The experiments of all stores."""
        return self.guarded(ExperimentRepository(self.database, GRAPH))

    def guarded(self, part: T) -> T:
        """The same part, of which only that can be called which this caller may call here."""
        return cast("T", _Guarded(part, self))

    def covers(self, action: Action) -> bool:
        """Whether something that is this action may be done here."""
        return action is self.action or (action.reads and permitted(self.caller, action, self.database.name))


class _Guarded:
    """Stands before a repository. Its attributes that are no operations are denied too: they lead to the database."""

    __slots__ = ("_inside", "_part")

    def __init__(self, part: object, inside: Inside) -> None:
        self._part = part
        self._inside = inside

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the method is
        action = OPERATIONS.get(getattr(type(self._part), name, None))  # type: ignore[arg-type]  # None is no key
        if action is None or not self._inside.covers(action):
            what = f"{type(self._part).__name__}.{name}"
            raise AccessDenied(
                f"This is no part of {self._inside.action}", where=what, remedy="Ask for its action at the door."
            )
        return getattr(self._part, name)
