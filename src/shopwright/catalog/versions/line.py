"""One product or collection as one line of JSON: what is kept, compared and exported."""

import hashlib
from collections.abc import Iterable

from shopwright.catalog.product import Value


def line_of(value: Value) -> bytes:
    """The line without its end, as ``products.jsonl`` has it: equal values give equal bytes."""
    return value.model_dump_json(exclude_defaults=True).encode()


def digest_of(line: bytes, pictures: Iterable[str] = ()) -> str:
    """SHA-256, in hexadecimal, of a line and of the kept pictures it shows: what tells two versions apart."""
    return hashlib.sha256(b"\n".join((line, *map(str.encode, pictures)))).hexdigest()
