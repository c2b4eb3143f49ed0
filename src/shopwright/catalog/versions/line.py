"""One product or collection as one line of JSON: what is kept, compared and exported."""

import hashlib

from shopwright.catalog.product import Value


def line_of(value: Value) -> bytes:
    """The line without its end, as ``products.jsonl`` has it: equal values give equal bytes."""
    return value.model_dump_json(exclude_defaults=True).encode()


def digest_of(line: bytes) -> str:
    """SHA-256 of a line, in hexadecimal."""
    return hashlib.sha256(line).hexdigest()
