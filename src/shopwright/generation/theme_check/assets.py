"""The check of a theme's styles, scripts and other files: what cannot be read, and what nothing uses."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from shopwright.asset_pipeline.bundles import Source
from shopwright.asset_pipeline.foreign_code import foreign_scripts, foreign_styles
from shopwright.errors import ThemeError
from shopwright.generation.theme_check.description import listed
from shopwright.generation.theme_check.finding import Finding
from shopwright.template_engine.theme import MAX_FILE_BYTES, ThemeFile, has_file

_CODE = {".css": "styles", ".js": "scripts", ".woff2": "fonts", ".woff": "fonts", ".ttf": "fonts", ".otf": "fonts"}
"""Where files of an ending are listed."""
_LINE = re.compile(r", line (\d+)$")
_MOST = 1_000
"""Files that are looked at for being used."""


def check_assets(folder: Path, said: ThemeFile) -> Iterator[Finding]:
    """What is wrong with the files that are no templates."""
    for name in said.styles:
        yield from _check_code(folder, name, foreign_styles)
    for names in said.scripts.values():
        for name in names:
            yield from _check_code(folder, name, foreign_scripts)
    used = {name for _, name in listed(said)}
    for name in _files(folder):
        key = _CODE.get(Path(name).suffix)
        if key and name not in used and not name.startswith("templates/"):
            instead = f"List it in theme.yaml under {key}, or take it out."
            yield Finding(name, 0, "unused-file", "Nothing uses this file.", instead, "warning")


def _check_code(folder: Path, name: str, minified: Callable[[Sequence[Source]], list[bytes]]) -> Iterator[Finding]:
    path = folder / name
    if not has_file(folder, name):  # told already
        return
    if path.stat().st_size > MAX_FILE_BYTES:
        yield Finding(name, 0, "code", f"The file is larger than {MAX_FILE_BYTES:,} bytes.", "Split it.")
        return
    try:
        minified([(name, path.read_bytes())])
    except ThemeError as error:
        line = _LINE.search(error.where)
        yield Finding(name, int(line[1]) if line else 0, "code", error.what, error.remedy)


def _files(folder: Path) -> list[str]:
    """Names of the theme's own files; what begins with a dot is none of it."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    names = (path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts))
    return sorted(name for name, _ in zip(names, range(_MOST), strict=False))
