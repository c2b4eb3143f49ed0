"""Draws the icons of a web app from one picture: a process of its own, as for every picture.

Reads one frame, ``{"picture": base64, "background": "#rrggbb", "icons": [[name, side, share]]}``, from standard input
and answers ``{"icons": {name: base64 of a PNG}}`` or ``{"error": …}`` on standard output.
"""

import base64
import sys
from typing import IO

import pyvips

from shopwright.asset_pipeline.encode import harden
from shopwright.asset_pipeline.worker import confine
from shopwright.frames import read_frame, write_frame


def work(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer the one request."""
    request = read_frame(requests)
    if request is None:
        return
    picture, background = base64.b64decode(request["picture"]), _channels(request["background"])
    try:
        icons = {name: draw_icon(picture, side, share, background) for name, side, share in request["icons"]}
    except pyvips.Error as error:
        write_frame(answers, {"error": " ".join(str(error).split())[:200]})
    else:
        write_frame(answers, {"icons": {name: base64.b64encode(data).decode() for name, data in icons.items()}})


def draw_icon(picture: bytes, side: int, share: float, background: list[int]) -> bytes:
    """A square PNG, ``side`` pixels wide, in whose middle the picture takes ``share`` of the side."""
    inner = round(side * share)
    image = pyvips.Image.thumbnail_buffer(picture, inner, height=inner, size="both")
    image = image.colourspace("srgb").cast("uchar")
    image = image.flatten(background=background) if image.hasalpha() else image
    square = image.gravity("centre", side, side, extend="background", background=background)
    data: bytes = square.pngsave_buffer(compression=9, keep="none")
    return data


def _channels(color: str) -> list[int]:
    return [int(color[start : start + 2], 16) for start in (1, 3, 5)]


def main() -> None:
    """Run as an icon worker."""
    confine()
    harden()
    work(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
