"""``shopwright theme new``: a small theme to begin with."""

import re
import shutil
from importlib.resources import files
from pathlib import Path
from string import Template

import click

from shopwright.errors import SettingsError, StorageError
from shopwright.template_engine.theme import builtin_themes

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@click.command()
@click.argument("name")
@click.option(
    "--extends", "parent", default="atelier", type=click.Choice(builtin_themes()), help="The theme it begins with."
)
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Folder to make (default: ./NAME).")
def new(name: str, parent: str, folder: Path | None) -> None:
    """Begin a theme called NAME: a description, colours and letters, and one template of its own.

    An existing folder is never replaced.
    """
    if not _NAME.fullmatch(name) or name in builtin_themes():
        remedy = "Use a-z, 0-9 and -, at most 60 characters, and no built-in theme's name."
        raise SettingsError(f"{name[:80]!r} cannot be a theme's name.", where="NAME", remedy=remedy)
    folder = folder or Path(name)
    _write(folder, {"name": name, "title": name.replace("-", " ").capitalize(), "parent": parent})
    click.echo(f"The theme is in {folder}. Next:")
    click.echo(f"  shopwright theme preview {folder}")
    click.echo(f"  shopwright theme check {folder}")
    click.echo(f"  shopwright build STORE --out site --theme {folder}/")


def _write(folder: Path, words: dict[str, str]) -> None:
    """Write beside the goal and rename at the end, so that a half-written theme never bears its name."""
    if folder.exists():
        raise StorageError("exists already.", where=str(folder), remedy="Choose another name, or remove it.")
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        shutil.copytree(str(files("shopwright.cli") / "starter"), partial)
        said = partial / "theme.yaml"
        said.write_text(Template(said.read_text("utf-8")).substitute(words), "utf-8")
        partial.rename(folder)
    except OSError as error:
        raise StorageError(f"cannot be written ({error.strerror}).", where=str(folder)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
