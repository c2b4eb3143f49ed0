"""What is kept of a review that was written after its product came into the catalogue."""

from typing import Annotated, Literal

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Moment, Query, Reference

State = Literal["pending", "published", "refused"]
"""A review is shown once somebody let it pass."""


class ReviewDocument(Document):
    """A review of the product with the handle ``product``; the other fields are those of ``product.Review``."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    store: Annotated[str, Field(min_length=1, max_length=150)]
    product: Annotated[str, Field(min_length=1, max_length=150)]
    author: Annotated[str, Field(min_length=1, max_length=300)]
    rating: Annotated[int, Field(ge=1, le=5)]
    title: Annotated[str, Field(max_length=300)]
    body: Annotated[str, Field(max_length=10_000)]
    locale: Annotated[str, Field(max_length=20)] | None
    state: State
    written: Moment


OF_PRODUCTS = Query("of_products", equality=("store", "state"), sort=("product", "written", "id"), range=("product",))
OF_PRODUCT = Query("of_product", equality=("store", "product"))
WAITING = Query("waiting", equality=("store", "state"), sort=("written", "id"))

REVIEWS = DocumentType(
    "reviews",
    ReviewDocument,
    queries=(OF_PRODUCTS, OF_PRODUCT, WAITING),
    references=(
        Reference("store", "stores", "cascade"),
        Reference("product", "products", "cascade", key="handle", within=("store",)),
    ),
)
