"""Cuts one font into its subsets: a process of its own, because a theme's font is no more trusted than a picture.

Reads one frame, ``{"font": base64}``, from standard input and answers ``{"parts": [{"subset", "unicode_range", "data":
base64}]}`` or ``{"error": …}`` on standard output. Memory and time are bounded by the kernel.
"""

import base64
import logging
import sys
from io import BytesIO
from typing import IO, Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from shopwright.asset_pipeline.font_subsets import divide, unicode_range
from shopwright.asset_pipeline.one_shot import bound_process
from shopwright.frames import read_frame, write_frame

MEMORY = 768 << 20
SECONDS = 60


def work(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer the one request."""
    request = read_frame(requests)
    if request is None:
        return
    try:
        write_frame(answers, {"parts": cut(base64.b64decode(request["font"]))})
    except Exception as error:  # noqa: BLE001 - a broken font raises whatever its parser stumbles over
        write_frame(answers, {"error": f"{type(error).__name__}: {error}"[:200]})


def cut(font: bytes) -> list[dict[str, Any]]:
    """The parts of a TrueType, OpenType, WOFF or WOFF2 font, each a WOFF2 with layout features and without hints."""
    characters = divide(TTFont(BytesIO(font), lazy=True).getBestCmap() or ())
    return [
        {"subset": name, "unicode_range": unicode_range(found), "data": base64.b64encode(_part(font, found)).decode()}
        for name, found in characters.items()
    ]


def _part(font: bytes, characters: list[int]) -> bytes:
    options = Options(flavor="woff2", hinting=False, desubroutinize=False, notdef_outline=True, layout_features=["*"])
    opened = TTFont(BytesIO(font), lazy=True, recalcTimestamp=False)  # the same bytes whenever it is cut
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(opened)
    opened.flavor = "woff2"
    written = BytesIO()
    opened.save(written, reorderTables=True)
    return written.getvalue()


def main() -> None:
    """Run as a font worker."""
    bound_process(MEMORY, SECONDS)
    logging.disable()
    work(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
