"""Answers to requests that carry a key, kept so that asking again gives the same answer and does nothing twice.

A key is claimed before anything is done and holds the answer afterwards. A process that dies between the two leaves a
claim that ends by itself: until then nobody can know whether the work was done, and whoever asks is told so.
"""

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass

import orjson

from shopwright.database.idempotency import MOST_RESULT, OPERATIONS, OperationDocument
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DocumentRefused, DuplicateDocument

CLAIM_LASTS = dt.timedelta(minutes=15)
"""Longer than any request may take that is answered this way."""

ANSWER_LASTS = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given: its status, the headers that are part of it, its body as text."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """The answers of one tenant to one user; ``key`` is that user's choice. Methods raise ``DatabaseError``."""

    database: TenantDatabase
    user: str
    key: str

    @property
    def id(self) -> str:
        """Of the document: whatever is in the key, it is as long as any other."""
        return f"http/{self.user}/{hashlib.sha256(self.key.encode('utf-8', 'surrogatepass')).hexdigest()}"

    async def begin(self, request: str, at: dt.datetime) -> Answer | None:
        """Claim the key for a request (its digest), at an aware time; the answer, if it was given before.

        Raises ``DocumentRefused`` when the key stands for another request, ``DuplicateDocument`` while the first one
        is at work.
        """
        documents = self.database.documents(OPERATIONS)
        claim = OperationDocument(id=self.id, request=request, result="", expires=at + CLAIM_LASTS)
        known = await documents.get(self.id)
        if known and known.expires <= at:  # the server removes it within a minute; it counts no more at once
            await documents.delete(self.id, expected={"expires": known.expires})
            known = None
        if known is None:
            await documents.insert(claim)
            return None
        if known.request != request:
            raise DocumentRefused("This key was given with another request", remedy="Give each request its own key.")
        if not known.result:
            raise DuplicateDocument("The first request with this key is at work", remedy="Ask again in some seconds.")
        return Answer(**orjson.loads(known.result))

    async def keep(self, answer: Answer, at: dt.datetime) -> None:
        """Keep the answer; one that is too long is given once only."""
        text = orjson.dumps(asdict(answer)).decode()
        documents = self.database.documents(OPERATIONS)
        if len(text) > MOST_RESULT:
            await self.forget()
            return
        await documents.update(self.id, {"result": text, "expires": at + ANSWER_LASTS})

    async def forget(self) -> None:
        """Let the key be free again: nothing was done under it."""
        await self.database.documents(OPERATIONS).delete(self.id)
