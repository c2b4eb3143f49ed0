"""What the documents of a collection add up to, in whatever order they are read."""

import hashlib

_MODULUS = 1 << 256


class DocumentsDigest:
    """The sum of the SHA-256 of each document's BSON, modulo 2^256, with their number and bytes.

    Against accidents, not attackers: what protects from those is the seal of the objects the documents are kept in.
    """

    __slots__ = ("_sum", "bytes", "documents")

    def __init__(self) -> None:
        self._sum = 0
        self.documents = 0
        self.bytes = 0

    def add(self, raw: bytes) -> None:
        """Count one document's bytes in."""
        self._sum += int.from_bytes(hashlib.sha256(raw).digest(), "big")
        self.documents += 1
        self.bytes += len(raw)

    @property
    def text(self) -> str:
        """The sum in 64 hexadecimal digits."""
        return f"{self._sum % _MODULUS:064x}"
