"""Minifies the styles or scripts of one theme: a process of its own, for a theme that does not come with Shopwright.

Parsers written for people's code recurse (styles nested a thousand deep overflow the stack of the whole process) and
take minutes for some. Reads one frame, ``{"kind": "styles" or "scripts", "sources": [[name, base64]]}``, from standard
input and answers ``{"pieces": [text]}`` or ``{"error": [what, where, remedy]}`` on standard output.
"""

import base64
import sys
from typing import IO

from shopwright.asset_pipeline.bundles import minified_scripts, minified_styles
from shopwright.asset_pipeline.one_shot import bound_process
from shopwright.errors import ThemeError
from shopwright.frames import read_frame, write_frame

MEMORY = 4 << 30
"""Bytes of address space; one of the parsers reserves much more than it uses."""
SECONDS = 30

_MINIFIED = {"styles": minified_styles, "scripts": minified_scripts}


def work(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer the one request."""
    request = read_frame(requests)
    if request is None:
        return
    sources = [(name, base64.b64decode(data)) for name, data in request["sources"]]
    try:
        write_frame(answers, {"pieces": [piece.decode() for piece in _MINIFIED[request["kind"]](sources)]})
    except ThemeError as error:
        write_frame(answers, {"error": [error.what, error.where, error.remedy]})


def main() -> None:
    """Run as a code worker."""
    bound_process(MEMORY, SECONDS)
    work(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
