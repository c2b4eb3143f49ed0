"""The experiments of a tenant's stores, as they are kept."""

import datetime as dt
from dataclasses import dataclass

from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError
from shopwright.ml_integration.documents import EXPERIMENTS, IN_STATE, Arm, ExperimentDocument, State

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class ExperimentRepository:
    """Experiments by store and name."""

    database: TenantDatabase

    async def put(
        self, store: str, name: str, variants: dict[str, int], products: tuple[str, ...], at: dt.datetime
    ) -> ExperimentDocument:
        """Describe an experiment, or describe a draft anew; ``variants`` gives each one's weight.

        Raises ``ReferenceRefused`` for products or a store that are not there, ``DatabaseError`` if it has begun.
        """
        arms = tuple(Arm(name=variant, weight=weight) for variant, weight in variants.items())
        new = ExperimentDocument(
            id=experiment_id(store, name), store=store, variants=arms, state="draft", products=products, changed=at
        )

        async def work(session: Session) -> ExperimentDocument:
            experiments = self.database.documents(EXPERIMENTS)
            known = await experiments.get(new.id, session=session)
            if known and known.state != "draft":
                raise DatabaseError(
                    f"The experiment is {known.state}", where=new.id, remedy="Give the new one another name."
                )
            await experiments.put(new, session=session)
            return new

        return await self.database.transaction(work)

    async def move(self, store: str, name: str, state: State, at: dt.datetime) -> ExperimentDocument:
        """Start or stop an experiment. Raises ``DatabaseError`` if it is not there, or was stopped."""
        id_ = experiment_id(store, name)

        async def work(session: Session) -> ExperimentDocument:
            experiments = self.database.documents(EXPERIMENTS)
            known = await experiments.get(id_, session=session)
            if known is None or known.state == "stopped":
                what = "was stopped" if known else "is not there"
                raise DatabaseError(f"The experiment {what}", where=id_, remedy="Describe another one.")
            moved = await experiments.update(id_, {"state": state, "changed": at}, session=session)
            return moved or known

        return await self.database.transaction(work)

    async def in_state(self, store: str, state: State) -> list[ExperimentDocument]:
        """The experiments of a store that are in a state, by name."""
        return await self.database.documents(EXPERIMENTS).find(
            IN_STATE, {"store": store, "state": state}, limit=MOST_LISTED
        )


def experiment_id(store: str, name: str) -> str:
    """The id of an experiment's document."""
    return f"{store}/{name}"
