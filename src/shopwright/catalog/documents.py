"""What the database holds of catalogues: stores with their pointer, versions of what they sell, and the revisions.

Readers take ``StoreDocument.revision`` once and look at the versions that were open then: those with ``since <=
revision < until``. See ``docs/explain/catalogue-versions.md``.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from shopwright.catalog.product import MAX_PICTURES, MAX_VARIANTS
from shopwright.catalog.versions.revision import OPEN, Kind
from shopwright.catalog.versions.words import MAX_LETTERS, MAX_WORDS
from shopwright.database.document import Document, DocumentType, Moment, Part, Query, Reference

MAX_CONTENT = 8_000_000
"""Characters of one thing's line: a line of a file has at most 4,000,000 bytes, an edit may add to it."""

Number = Annotated[int, Field(ge=0, le=OPEN)]
StoreHandle = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=150)]
Key = Annotated[str, Field(min_length=1, max_length=2_000)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Line = Annotated[str, Field(max_length=300)]


class StoreDocument(Document):
    """A store, by its handle: ``revision`` is the pointer, 0 before the first import.

    What only revisions before ``kept`` need has been removed.
    """

    id: StoreHandle
    revision: Number
    kept: Number


class VersionDocument(Document):
    """One thing as it was from revision ``since`` (inclusive) to ``until`` (exclusive; ``OPEN``: it still is).

    ``handle`` is its identity in the store (of a picture: the path by which products name it); ``place`` orders things
    of one kind; ``content`` is its line of JSON (of a picture: the SHA-256 of its bytes), ``digest`` that content's
    SHA-256.
    """

    id: Annotated[str, Field(min_length=1, max_length=2_400)]
    store: StoreHandle
    handle: Key
    since: Number
    until: Number
    place: Number
    digest: Digest
    content: Annotated[str, Field(max_length=MAX_CONTENT)]


class SettingsDocument(VersionDocument):
    """A version of what ``store.yaml`` says, without its collections, which are kept like the others.

    ``pictures`` names all files that belong to it: logos, and ``accessibility.json``.
    """

    title: Line
    pictures: Annotated[tuple[Key, ...], Field(max_length=4)]


class CollectionDocument(VersionDocument):
    """A version of a collection."""

    title: Line
    pictures: Annotated[tuple[Key, ...], Field(max_length=1)]


class PictureDocument(VersionDocument):
    """A version of a picture, or another file beside ``store.yaml``.

    Its bytes are kept under their hash (``catalog/picture_files.py``).
    """

    bytes: Number


class ProductDocument(VersionDocument):
    """A version of a product: its line, and what products are found by (``catalog/versions/facts.py``)."""

    title: Line
    sort_title: Annotated[str, Field(max_length=2_000)]
    brand: Line | None
    status: Literal["active", "draft", "archived"]
    created: Annotated[str, Field(max_length=10)]
    price: Number
    collections: Annotated[tuple[Key, ...], Field(max_length=250)]
    pictures: Annotated[tuple[Key, ...], Field(max_length=MAX_PICTURES + MAX_VARIANTS)]
    numbers: Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=2 * MAX_VARIANTS)]
    words: Annotated[tuple[Annotated[str, Field(max_length=MAX_LETTERS)], ...], Field(max_length=MAX_WORDS)]


class CountsPart(Part):
    """How many things a revision added, changed and deleted."""

    added: Number
    changed: Number
    deleted: Number


class RevisionDocument(Document):
    """One change of a store's catalogue, made as a whole. See ``catalog/versions/revision.py`` for the fields."""

    id: Annotated[str, Field(max_length=170)]
    store: StoreHandle
    number: Number
    act: Literal["import", "edit", "delete", "restore", "undo"]
    at: Moment
    by: Line
    counts: CountsPart
    products: Number
    collections: Number
    source: Annotated[str, Field(max_length=2_000)]
    digest: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    undone: Number | None


_OPEN_THEN = ("since", "until")

BY_HANDLE = Query("by_handle", ("store", "handle"), range=_OPEN_THEN, hinted=True)
IN_ORDER = Query("in_order", ("store",), sort=("place", "handle"), range=_OPEN_THEN, hinted=True)
SINCE = Query("since", ("store",), range=("since",), hinted=True)
UNTIL = Query("until", ("store",), range=("until",), hinted=True)
SIZES = Query("sizes", ("store",), range=("since", "bytes"), hinted=True)
_OF_EVERY_KIND = (BY_HANDLE, IN_ORDER, SINCE, UNTIL)

BY_WORD = Query("by_word", ("store",), range=("words", *_OPEN_THEN), hinted=True)
BY_NUMBER = Query("by_number", ("store", "numbers"), range=_OPEN_THEN, hinted=True)
BY_BRAND = Query("by_brand", ("store", "brand"), sort=("sort_title", "handle"), range=_OPEN_THEN, hinted=True)
BY_TITLE = Query(
    "by_title", ("store", "collections", "status"), sort=("sort_title", "handle"), range=_OPEN_THEN, hinted=True
)
BY_PRICE = Query(
    "by_price", ("store", "collections", "status"), sort=("price", "handle"), range=_OPEN_THEN, hinted=True
)
BY_DATE = Query(
    "by_date", ("store", "collections", "status"), sort=("-created", "handle"), range=_OPEN_THEN, hinted=True
)
BY_STATUS = Query("by_status", ("store", "status"), sort=("sort_title", "handle"), range=_OPEN_THEN, hinted=True)

NUMBERED = Query("numbered", ("store",), sort=("number",), range=("number",))
NEWEST = Query("newest", ("store",), sort=("-number",), range=("number",))

_OPEN = (("until", OPEN),)


def _within_store(field: str, to: str) -> Reference:
    """By handle, to what is open in the same store; every step of a writer proves that it alone writes."""
    return Reference(field, to, "refuse", key="handle", within=("store",), where=_OPEN, fenced=True)


_STORE = Reference("store", "stores", "refuse", fenced=True)
_SHOWN = _within_store("pictures", "pictures")

EVERY_STORE = Query("every", sort=("id",))

STORES = DocumentType("stores", StoreDocument, (EVERY_STORE,))
SETTINGS = DocumentType("settings", SettingsDocument, _OF_EVERY_KIND, (_STORE, _SHOWN), present=_OPEN)
COLLECTIONS = DocumentType("collections", CollectionDocument, _OF_EVERY_KIND, (_STORE, _SHOWN), present=_OPEN)
PICTURES = DocumentType("pictures", PictureDocument, (*_OF_EVERY_KIND, SIZES), (_STORE,), present=_OPEN)
PRODUCTS = DocumentType(
    "products",
    ProductDocument,
    (*_OF_EVERY_KIND, BY_WORD, BY_NUMBER, BY_BRAND, BY_TITLE, BY_PRICE, BY_DATE, BY_STATUS),
    (_STORE, _SHOWN, _within_store("collections", "collections")),
    present=_OPEN,
)
REVISIONS = DocumentType("revisions", RevisionDocument, (NUMBERED, NEWEST), (_STORE,), watched=True)

TYPE_OF: dict[Kind, DocumentType[Any]] = {
    Kind.SETTINGS: SETTINGS,
    Kind.COLLECTION: COLLECTIONS,
    Kind.PICTURE: PICTURES,
    Kind.PRODUCT: PRODUCTS,
}
"""The collection of each kind of version."""


def version_id(store: str, handle: str, since: int) -> str:
    """The id of a version."""
    return f"{store}:{handle}:{since}"


def revision_id(store: str, number: int) -> str:
    """The id of a revision."""
    return f"{store}:{number}"
