"""Values to BSON and back, with its bounds."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import bson
from bson.codec_options import CodecOptions, TypeRegistry
from bson.errors import BSONError
from bson.raw_bson import DEFAULT_RAW_BSON_OPTIONS, RawBSONDocument

from shopwright.errors import DocumentRefused


def _day_as_text(value: object) -> str:
    """BSON has times and no days."""
    if isinstance(value, dt.date):
        return value.isoformat()
    raise OverflowError if isinstance(value, int) else TypeError


CODEC: CodecOptions[dict[str, Any]] = CodecOptions(
    tz_aware=True, tzinfo=dt.UTC, type_registry=TypeRegistry(fallback_encoder=_day_as_text)
)

MOST_BYTES = 16 * 1024 * 1024
"""Of one document (the server's own bound)."""


def encode(value: Mapping[str, Any], where: str) -> RawBSONDocument:
    """A document as it is sent, encoded once.

    Keys that begin with ``$`` or hold a dot or NUL, whole numbers beyond 64 bits, lone surrogates, types that BSON does
    not have and too many bytes raise ``DocumentRefused``, which does not show them.
    """
    try:
        data = bson.encode(value, check_keys=True, codec_options=CODEC)
    except (BSONError, UnicodeEncodeError, OverflowError, RecursionError, TypeError, ValueError) as error:
        raise DocumentRefused(_reason(error), where=where) from None
    if len(data) > MOST_BYTES:
        raise DocumentRefused(f"It has {len(data):,} bytes, at most {MOST_BYTES:,} are allowed", where=where)
    return RawBSONDocument(data, DEFAULT_RAW_BSON_OPTIONS)


def _reason(error: Exception) -> str:
    """The driver's own messages quote the value."""
    text = str(error)
    if isinstance(error, OverflowError):
        return "A whole number has more than 64 bits"
    if isinstance(error, UnicodeEncodeError) or "UTF-8" in text:
        return "A text is not valid Unicode: it holds half a character (a lone surrogate)"
    if isinstance(error, RecursionError):
        return "It nests too deeply"
    if "key" in text.lower():
        return "A key begins with `$`, or holds a dot or a NUL character, or is no text"
    return "It holds what the database has no type for"
