"""Which encoding a text file of unknown origin is in.

Only three are accepted, because a wrong guess spoils every accent: UTF-8 (with or without a byte order mark), UTF-16
with its mark, and Windows-1252, which spreadsheets still write.
"""

import codecs
from pathlib import Path

from shopwright.errors import SourceError

HEAD = 65_536
"""Bytes looked at to tell text from other files."""
_CHUNK = 1 << 20
_NOT_IN_1252 = bytes({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_KNOWN_BINARIES = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook", "Unpack it, or save the sheet as CSV (UTF-8)."),
    (b"PK\x05\x06", "an empty ZIP archive", "Give the catalogue file itself."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"%PDF", "a PDF document", "Export the catalogue as CSV."),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "Save the sheet as CSV (UTF-8)."),
)


def refuse_binary(path: Path, head: bytes) -> None:
    """Raise ``SourceError`` for an empty file, an archive, or bytes that are no text."""
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise SourceError("the file is empty.", where=str(path), remedy="Export the catalogue again.")
    for magic, what, remedy in _KNOWN_BINARIES:
        if head.startswith(magic):
            raise SourceError(f"the file is {what}, not a catalogue.", where=str(path), remedy=remedy)
    if b"\x00" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError("the file is binary, not text.", where=str(path), remedy="Export the catalogue as CSV.")


def encoding_of_head(head: bytes) -> str:
    """The encoding the first bytes speak for; bytes cut in the middle of a character do not count against UTF-8."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def encoding_of(path: Path) -> tuple[str, int]:
    """The encoding of a whole file, and how many damaged places it has when it is mostly UTF-8.

    Raises ``SourceError`` for bytes that none of the accepted encodings has.
    """
    with path.open("rb") as file:
        if encoding_of_head(file.read(HEAD)) == "utf-16":
            return "utf-16", 0
        file.seek(0)
        wide, damaged, foreign = 0, 0, False
        decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        while chunk := file.read(_CHUNK):
            foreign = foreign or any(byte in chunk for byte in _NOT_IN_1252)
            if not chunk.isascii():
                text = decoder.decode(chunk)
                damaged += text.count("�")
                wide += len(text) - len(text.encode("ascii", "ignore"))
    if damaged * 20 <= wide:
        return "utf-8-sig", damaged
    if foreign:
        raise SourceError(
            "the file is neither UTF-8 nor Windows-1252.", where=str(path), remedy="Save it as CSV in UTF-8."
        )
    return "cp1252", 0
