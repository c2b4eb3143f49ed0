"""Themes: folders of templates, styles, scripts and fonts, found by name or by path."""

import hashlib
import re
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import islice
from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shopwright.catalog.yaml_text import load_yaml
from shopwright.errors import SourceError, ThemeError
from shopwright.template_engine.api import API_VERSION

MAX_FILE_BYTES = 1 << 20
"""Largest template, style or script (requirement T5)."""
MAX_THEME_FILE = 64 << 10
"""Longest ``theme.yaml`` in bytes."""
MAX_PARENTS = 5
MAX_TEMPLATES = 200
MAX_FILES = 200
"""Pictures and other files a theme publishes as they are; styles, scripts and fonts together."""

FILE_ENDINGS = frozenset(
    {
        *("avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"),
        *("json", "mp4", "pdf", "txt", "webm", "woff2"),
    }
)
"""What a theme may publish: nothing that a browser takes for a page or a script of the store."""

NAME = r"^[a-z0-9][a-z0-9-]*$"
"""A theme's name, which is that of its folder: no path leads from one theme to whatever lies elsewhere."""

_KINDS = {"site", "home", "collection", "collections", "product", "search", "cart", "content", "not_found"}
_FILE = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*\.[a-z0-9]+")


class ThemeFile(BaseModel):
    """What ``theme.yaml`` says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=NAME, max_length=60)
    title: str = Field(min_length=1, max_length=100)
    api: int = Field(default=1, ge=1)
    extends: str | None = Field(default=None, pattern=NAME, max_length=60)
    styles: tuple[str, ...] = ()
    scripts: dict[str, tuple[str, ...]] = {}
    fonts: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    files: tuple[str, ...] = Field(default=(), max_length=MAX_FILES)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with what it inherits.

    ``templates`` holds the source of each template by name, ``own`` the names of those that do not come from a
    built-in theme; other files are (name, bytes), ``files`` those that are published as they are. ``builtin`` says that
    every file of it comes with Shopwright.
    """

    name: str
    builtin: bool
    templates: dict[str, str]
    own: frozenset[str]
    styles: tuple[tuple[str, bytes], ...]
    scripts: dict[str, tuple[tuple[str, bytes], ...]]
    fonts: dict[str, bytes]
    preload: tuple[str, ...]
    digest: str
    files: dict[str, bytes] = field(default_factory=dict)


def builtin_themes() -> tuple[str, ...]:
    """Names of the themes that come with Shopwright."""
    return tuple(sorted(entry.name for entry in _builtin_folder().iterdir() if (entry / "theme.yaml").is_file()))


def load_theme(name_or_folder: str) -> Theme:
    """The theme of that name, or in that folder. Raises ``ThemeError`` naming the file and what to do."""
    chain = _chain(name_or_folder)
    scripts: dict[str, tuple[tuple[str, bytes], ...]] = {}
    styles: tuple[tuple[str, bytes], ...] = ()
    fonts: dict[str, bytes] = {}
    static: dict[str, bytes] = {}
    for folder, said in reversed(chain):
        styles += tuple((f"{said.name}/{name}", _read(folder, name)) for name in said.styles)
        for kind, names in said.scripts.items():
            added = tuple((f"{said.name}/{name}", _read(folder, name)) for name in names)
            scripts[kind] = scripts.get(kind, ()) + added
        fonts |= {Path(name).name: _read(folder, name) for name in said.fonts}
        static |= {name: _read(folder, name) for name in said.files}
    preload = next((said.preload for _, said in chain if said.preload), ())
    templates, own = _templates([folder for folder, _ in chain])
    builtin = all(map(_is_builtin, (folder for folder, _ in chain)))
    digest = _digest(chain, [templates, styles, scripts, fonts, static])
    return Theme(chain[0][1].name, builtin, templates, own, styles, scripts, fonts, preload, digest, static)


def load_templates(name_or_folder: str) -> tuple[dict[str, str], frozenset[str]]:
    """The templates of a theme and the names of its own, as ``Theme`` has them, even if other files of it are missing.

    Raises ``ThemeError``.
    """
    return _templates([folder for folder, _ in _chain(name_or_folder)])


def _builtin_folder() -> Path:
    return Path(str(files("shopwright.template_engine"))) / "themes"


def _is_builtin(folder: Path) -> bool:
    return folder.resolve().parent == _builtin_folder().resolve()


def _templates(folders: list[Path]) -> tuple[dict[str, str], frozenset[str]]:
    """The templates of themes by name, the first theme's before its parents', and which are not built in."""
    templates: dict[str, str] = {}
    own: set[str] = set()
    for folder in reversed(folders):
        inside = (path for path in (folder / "templates").rglob("*") if path.is_file())
        found = {path.relative_to(folder / "templates").as_posix(): path for path in islice(inside, MAX_TEMPLATES + 1)}
        if len(found) > MAX_TEMPLATES:
            raise ThemeError("there are too many templates.", where=str(folder), remedy=f"Use at most {MAX_TEMPLATES}.")
        for name, path in sorted(found.items()):
            templates[name] = _text(folder, f"templates/{name}", path)
        own = own - found.keys() if _is_builtin(folder) else own | found.keys()
    return templates, frozenset(own)


def _text(folder: Path, name: str, path: Path) -> str:
    try:
        return _read(folder, name).decode()
    except UnicodeDecodeError as error:
        raise ThemeError("the template is not UTF-8.", where=str(path), remedy="Save it as UTF-8.") from error


def theme_folders(name_or_folder: str) -> tuple[Path, ...]:
    """The folders of a theme and of the themes it extends, its own first. Raises ``ThemeError`` as ``load_theme``."""
    return tuple(folder for folder, _ in _chain(name_or_folder))


def _chain(name_or_folder: str) -> list[tuple[Path, ThemeFile]]:
    chain: list[tuple[Path, ThemeFile]] = []
    wanted: str | None = name_or_folder
    while wanted is not None:
        folder = _find(wanted, near=chain[-1][0].parent if chain else None)
        if len(chain) > MAX_PARENTS or any(folder == known for known, _ in chain):
            raise ThemeError("the theme extends itself.", where=str(folder / "theme.yaml"), remedy="Break the circle.")
        chain.append((folder, _theme_file(folder)))
        wanted = chain[-1][1].extends
    return chain


def _find(wanted: str, near: Path | None) -> Path:
    """A built-in theme by its name; else a folder, for ``extends`` one beside the theme that says so."""
    named = [] if "/" in wanted else [_builtin_folder() / wanted]
    for place in (*named, Path(wanted) if near is None else near / wanted):
        if (place / "theme.yaml").is_file():
            return place
    remedy = f"Give a folder with a theme.yaml, or one of: {', '.join(builtin_themes())}."
    raise ThemeError(f"there is no theme {wanted!r}.", remedy=remedy)


def _theme_file(folder: Path) -> ThemeFile:
    place = folder / "theme.yaml"
    remedy = "See docs/reference/theme-api.md."
    try:
        said = ThemeFile.model_validate(load_yaml(_read(folder, "theme.yaml", MAX_THEME_FILE), str(place)))
    except SourceError as error:
        raise ThemeError(error.what, where=error.where, remedy=remedy) from error
    except ValidationError as error:
        told = "; ".join(f"{_said_at(one['loc'])}: {one['msg']}" for one in error.errors()[:20])
        raise ThemeError(f"it cannot be used: {told}.", where=str(place), remedy=remedy) from error
    _check(said, str(place))
    return said


def _said_at(place: tuple[int | str, ...]) -> str:
    return " ".join(".".join(map(str, place)).split())[:100]


def _check(said: ThemeFile, place: str) -> None:
    if said.api > API_VERSION:
        remedy = f"Update Shopwright, or use version {API_VERSION} and its names."
        raise ThemeError(f"the theme needs version {said.api} of the theme API.", where=place, remedy=remedy)
    listed = len(said.styles) + len(said.fonts) + len(said.preload) + sum(map(len, said.scripts.values()))
    if listed > MAX_FILES:
        what = f"it lists {listed:,} styles, scripts and fonts."
        raise ThemeError(what, where=place, remedy=f"List at most {MAX_FILES}.")
    unknown = set(said.scripts) - _KINDS
    if unknown:
        kinds = ", ".join(sorted(_KINDS))
        raise ThemeError(f"there are no pages of kind {sorted(unknown)}.", where=place, remedy=f"Kinds: {kinds}.")
    unfit = [name for name in said.files if name.rpartition(".")[2] not in FILE_ENDINGS]
    if unfit:
        endings = ", ".join(sorted(FILE_ENDINGS))
        raise ThemeError(f"{unfit[0][:100]!r} cannot be published.", where=place, remedy=f"Kinds of files: {endings}.")


def has_file(folder: Path, name: str) -> bool:
    """Whether a theme's folder has a file of that name in itself: no name and no link leads out of it."""
    path = folder / name
    return bool(_FILE.fullmatch(name)) and path.is_file() and path.resolve().is_relative_to(folder.resolve())


def _read(folder: Path, name: str, most: int = MAX_FILE_BYTES) -> bytes:
    if not _FILE.fullmatch(name):
        raise ThemeError(
            f"{name!r} is not a file name.", where=str(folder), remedy="Use a-z, 0-9, -, _ and one ending."
        )
    path = folder / name
    if not has_file(folder, name):
        raise ThemeError("the file is missing.", where=str(path), remedy="Add it, or take it out of theme.yaml.")
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ThemeError(f"the file is larger than {most} bytes.", where=str(path), remedy="Split it.")
    return data


def _digest(chain: list[tuple[Path, ThemeFile]], content: object) -> str:
    """SHA-256 of everything that a theme is, and of nothing else that lies in its folder."""
    said = [each.model_dump(mode="json") for _, each in chain]
    return hashlib.sha256(orjson.dumps([said, content], default=_text_of, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _text_of(data: object) -> str:
    """Bytes, for a digest only."""
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    raise TypeError
