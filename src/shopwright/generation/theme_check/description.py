"""The check of ``theme.yaml``: every key, and every file it lists."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml
from pydantic import ValidationError

from shopwright.catalog.yaml_text import load_yaml
from shopwright.errors import ShopwrightError, ThemeError
from shopwright.generation.theme_check.finding import Finding
from shopwright.template_engine.theme import MAX_THEME_FILE, ThemeFile, has_file

NAME = "theme.yaml"
SEE = "See docs/reference/theme-api.md."


def check_description(folder: Path) -> tuple[ThemeFile | None, list[Finding]]:
    """What ``theme.yaml`` says, if it can be used, and what is wrong with it. Without it: ``ThemeError``."""
    root = _compose(folder)
    if isinstance(root, Finding):
        return None, [root]
    try:
        said = ThemeFile.model_validate(load_yaml((folder / NAME).read_bytes(), NAME))
    except ValidationError as error:
        return None, [_wrong(root, one["loc"], one["msg"]) for one in error.errors(include_url=False)]
    except ShopwrightError as error:  # a trap, such as an alias: load_yaml says in which line
        line = re.search(r" line (\d+)$", error.where)
        return None, [Finding(NAME, int(line[1]) if line else 1, "theme", error.what, "Correct it.")]
    return said, list(_missing(folder, said, root))


def _compose(folder: Path) -> "yaml.Node | Finding | None":
    """The file as nodes, which know their lines."""
    path = folder / NAME
    if not path.is_file():
        remedy = "Give a theme's folder; shopwright theme new begins one."
        raise ThemeError("there is no theme.yaml.", where=str(folder), remedy=remedy)
    if path.stat().st_size > MAX_THEME_FILE:
        return Finding(NAME, 0, "theme", f"It is larger than {MAX_THEME_FILE:,} bytes.", SEE)
    try:
        node: yaml.Node | None = yaml.compose(path.read_bytes(), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _no_yaml(error)
    return node


def _no_yaml(error: Exception) -> Finding:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return Finding(NAME, mark.line + 1 if mark else 1, "theme", f"This is no YAML: {problem}.", "Correct it.")


def _wrong(root: yaml.Node | None, place: Sequence[int | str], message: str) -> Finding:
    named = ".".join(str(part) for part in place)
    return Finding(NAME, _line(root, place), "theme", f"'{named}': {message}." if named else f"{message}.", SEE)


def _line(node: yaml.Node | None, place: Sequence[int | str]) -> int:
    """The line of the innermost node on the way to a place that is there."""
    line = 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == part), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def _missing(folder: Path, said: ThemeFile, root: yaml.Node | None) -> Iterator[Finding]:
    for place, name in listed(said):
        if not has_file(folder, name):
            what, instead = f"There is no file '{name}'.", "Add it, or take it out of theme.yaml."
            yield Finding(NAME, _line(root, place), "missing-file", what, instead)
    for number, name in enumerate(said.preload):
        if said.extends is None and name not in {Path(font).name for font in said.fonts}:
            what, instead = f"'{name}' is none of the theme's fonts.", "List it under fonts, too."
            yield Finding(NAME, _line(root, ("preload", number)), "missing-file", what, instead)


def listed(said: ThemeFile) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """The files that ``theme.yaml`` lists, each with its place in it."""
    for key, names in (("styles", said.styles), ("fonts", said.fonts), ("files", said.files)):
        yield from (((key, number), name) for number, name in enumerate(names))
    for kind, names in said.scripts.items():
        yield from ((("scripts", kind, number), name) for number, name in enumerate(names))
