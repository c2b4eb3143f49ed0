"""Reviews that shoppers wrote after their product came into the catalogue, and how they come into the line.

An export joins them after those a product's own line has, in the order in which they were written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shopwright.catalog.product import Review
from shopwright.catalog.review_documents import OF_PRODUCTS, REVIEWS, WAITING, ReviewDocument, State
from shopwright.database.conditions import OneOf
from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class ReviewRepository:
    """The reviews of a tenant's stores."""

    database: TenantDatabase

    async def add(self, review: ReviewDocument) -> None:
        """Keep a review. Raises ``ReferenceRefused`` for a product that is not there, ``DuplicateDocument``."""

        async def work(session: Session) -> None:
            await self.database.documents(REVIEWS).insert(review, session=session)

        await self.database.transaction(work)

    async def decide(self, id_: str, state: State) -> ReviewDocument:
        """Let a review be shown, or not. Raises ``DatabaseError`` if it is not there."""
        found = await self.database.documents(REVIEWS).update(id_, {"state": state})
        if found is None:
            raise DatabaseError("There is no such review", where=id_)
        return found

    async def waiting(self, store: str, limit: int = MOST_LISTED) -> list[ReviewDocument]:
        """Reviews that nobody decided on, the oldest first."""
        values = {"store": store, "state": "pending"}
        return await self.database.documents(REVIEWS).find(WAITING, values, limit=min(limit, MOST_LISTED))

    async def delete(self, id_: str) -> bool:
        """Remove a review; whether there was one. Nothing names a review."""
        return await self.database.documents(REVIEWS).delete(id_)

    async def published(self, store: str, products: Sequence[str]) -> dict[str, list[Review]]:
        """What is shown of each of some products, in the order in which it was written."""
        found: dict[str, list[Review]] = {}
        values = {"store": store, "state": "published", "product": OneOf(tuple(products))}
        async for each in self.database.documents(REVIEWS).stream(OF_PRODUCTS, values):
            found.setdefault(each.product, []).append(review_of(each))
        return found


def review_of(document: ReviewDocument) -> Review:
    """A review as the catalogue has it."""
    return Review(
        author=document.author,
        rating=document.rating,
        title=document.title,
        body=document.body,
        date=document.written.date(),
        locale=document.locale,
    )
