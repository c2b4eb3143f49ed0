"""What kind of thing a file is, by the end of its name (IANA media types). No guess: what is not listed is bytes."""

from pathlib import PurePosixPath

UNKNOWN = "application/octet-stream"

_TYPES = {
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "htm": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "map": "application/json",
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "mp4": "video/mp4",
    "onnx": UNKNOWN,
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zip": "application/zip",
}

_TEXT = ("text/", "application/json", "application/jsonl", "application/xml", "application/manifest+json")
_ALSO_TEXT = ("image/svg+xml", "application/wasm", "image/vnd.microsoft.icon")


def media_type(path: str) -> str:
    """The media type of a file, with its charset where it is text."""
    return _TYPES.get(PurePosixPath(path).suffix[1:].lower(), UNKNOWN)


def all_media_types() -> dict[str, list[str]]:
    """Every media type there is, with the ends of names that have it; bytes of no kind are not among them."""
    kinds: dict[str, list[str]] = {}
    for end, kind in _TYPES.items():
        if kind != UNKNOWN:
            kinds.setdefault(kind, []).append(end)
    return kinds


def compresses(kind: str) -> bool:
    """Whether files of a media type get smaller by brotli or gzip; pictures and fonts are compressed already."""
    return kind.startswith((*_TEXT, *_ALSO_TEXT))
