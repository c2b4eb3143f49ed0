"""A document that is changed by a rule of the server's, and made where it is not there yet, in one step."""

from typing import Any, TypeVar

from pymongo import ReturnDocument

from shopwright.database.document import Document
from shopwright.database.documents import Documents
from shopwright.errors import DuplicateDocument

T = TypeVar("T", bound=Document)
Stages = list[dict[str, Any]]


async def upserted(documents: Documents[T], id_: str, stages: Stages) -> T:
    """The document of this id after an update by ``stages``. Raises as ``Documents`` does.

    Of two that make it at the same moment, one is told that it is there, and changes it then.
    """
    try:
        return await _upserted(documents, id_, stages)
    except DuplicateDocument:
        return await _upserted(documents, id_, stages)


async def _upserted(documents: Documents[T], id_: str, stages: Stages) -> T:
    async with documents.asked(None):
        found = await documents.collection.find_one_and_update(
            {"_id": id_}, stages, upsert=True, return_document=ReturnDocument.AFTER
        )
    return documents.read(found or {})
