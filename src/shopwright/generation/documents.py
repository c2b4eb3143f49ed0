"""What is kept of a store's releases: what each is, and which is live."""

from typing import Annotated

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Moment, Query, Reference

HISTORY = 100
"""Releases that were live before and are remembered, as many as the pointer of a target remembers."""

StoreHandle = Annotated[str, Field(min_length=1, max_length=150)]
Count = Annotated[int, Field(ge=0, lt=2**53)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
ReleaseKey = Annotated[str, Field(pattern=r"^[^/]{1,150}/[0-9a-f]{20}$")]
"""Store and release: ``luna/5f1c…`` (``storage/releases/release.py`` says what the id of a release is)."""


class ReleaseDocument(Document):
    """A release that was published.

    ``revision`` is the revision of the catalogue it was built from, null when it was built from files; ``manifest`` the
    digest of what the built site consists of; ``job`` the id of the job that made it.
    """

    id: ReleaseKey
    store: StoreHandle
    revision: Count | None
    manifest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    files: Count
    bytes: Count
    created: Moment
    job: Name | None


class LiveDocument(Document):
    """Which release is live, and which were before it, the newest first; the id is the store's handle.

    It and the releases are written only under the lease of the store, whose fence guards what they name.
    """

    id: StoreHandle
    release: ReleaseKey
    before: Annotated[tuple[ReleaseKey, ...], Field(max_length=HISTORY)]
    sequence: Count
    switched: Moment
    by: Name


NEWEST = Query("newest", equality=("store",), sort=("-created", "-id"))
OF_JOB = Query("of_job", equality=("store", "job"))

RELEASES = DocumentType(
    "releases",
    ReleaseDocument,
    queries=(NEWEST, OF_JOB),
    references=(Reference("store", "stores", "cascade"), Reference("job", "jobs", "detach", within=("store",))),
)

LIVE_NOW = Query("live_now", equality=("release",))
LIVE_BEFORE = Query("live_before", equality=("before",))

LIVE = DocumentType(
    "live",
    LiveDocument,
    queries=(LIVE_NOW, LIVE_BEFORE),
    references=(
        Reference("id", "stores", "cascade"),
        Reference("release", "releases", "refuse", fenced=True),
        Reference("before", "releases", "detach", fenced=True),
    ),
)
