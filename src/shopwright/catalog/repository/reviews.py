"""Reviews that shoppers wrote after their product came into the catalogue, and how they come into the line.

An export joins them after those a product's own line has, in the order in which they were written.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import orjson

from shopwright.catalog.product import Review
from shopwright.catalog.review_documents import OF_PRODUCTS, REVIEWS, WAITING, ReviewDocument, State
from shopwright.database.conditions import OneOf
from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError

MOST_LISTED = 500
JOINED = 200
"""Products whose reviews are looked up with one request."""
MAX_REVIEWS = 5_000
"""Of one product (``Product.reviews``)."""


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

    async def joined(self, store: str, lines: AsyncIterator[tuple[str, str]]) -> AsyncIterator[str]:
        """Lines of products (their handle with each), those that have reviews here with these behind their own."""
        waiting: list[tuple[str, str]] = []
        async for line in lines:
            waiting.append(line)
            if len(waiting) == JOINED:
                for joined in await self._join(store, waiting):
                    yield joined
                waiting = []
        for joined in await self._join(store, waiting):
            yield joined

    async def _join(self, store: str, lines: Sequence[tuple[str, str]]) -> list[str]:
        found = await self.published(store, [handle for handle, _ in lines])
        return [_with_reviews(line, found[handle]) if handle in found else line for handle, line in lines]


def _with_reviews(line: str, reviews: Sequence[Review]) -> str:
    """A product's line with more reviews, at most as many as a product may have."""
    product = orjson.loads(line)
    added = [review.model_dump(mode="json", exclude_defaults=True) for review in reviews]
    return orjson.dumps({**product, "reviews": [*product.get("reviews", []), *added][:MAX_REVIEWS]}).decode()


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
