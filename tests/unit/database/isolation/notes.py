"""Two kinds of documents, one of them only added to, and a secret that is none."""

from shopwright.database.document import Document, DocumentType
from shopwright.database.isolation.user_secret import UserSecret


class Note(Document):
    id: str


NOTES = DocumentType("notes", Note)
EVENTS = DocumentType("events", Note, append_only=True)
SECRET = UserSecret(1, bytes(range(32)))
