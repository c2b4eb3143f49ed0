"""What is kept of a tenant's look: the look itself, and the files of its logo and its own themes."""

from typing import Annotated

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Query

MOST_LOOK = 65_536
MOST_TEXT = 8_000_000
"""Characters of one file in base64."""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, lt=2**53)]
Folder = Annotated[str, Field(pattern=r"^(?:brand|theme/[a-z0-9][a-z0-9-]{0,59})$")]
"""``brand``, or ``theme/NAME``."""


class LookDocument(Document):
    """The one look of a tenant, as JSON; ``changes`` counts how often it was changed."""

    id: Annotated[str, Field(pattern=r"^look$")]
    changes: Count
    look: Annotated[str, Field(max_length=MOST_LOOK)]


class FileDocument(Document):
    """A file in its folder; the id is both. ``data`` is base64."""

    id: Annotated[str, Field(min_length=3, max_length=400)]
    folder: Folder
    path: Annotated[str, Field(min_length=1, max_length=300)]
    sha256: Digest
    bytes: Count
    data: Annotated[str, Field(max_length=MOST_TEXT)]


IN_FOLDER = Query("in_folder", ("folder",), sort=("path",))
SIZES = Query("sizes", sort=("folder", "bytes"), hinted=True)

LOOKS = DocumentType("looks", LookDocument)
FILES = DocumentType("files", FileDocument, (IN_FOLDER, SIZES))
