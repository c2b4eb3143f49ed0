"""The check of a theme: its description, its templates, its other files, and its pages with sample data."""

from dataclasses import dataclass, replace
from pathlib import Path

from shopwright.errors import ThemeError
from shopwright.generation.theme_check.assets import check_assets
from shopwright.generation.theme_check.description import check_description
from shopwright.generation.theme_check.finding import Finding
from shopwright.generation.theme_check.sample import Means, check_pages, theme_finding
from shopwright.generation.theme_check.templates import check_templates
from shopwright.template_engine.theme import Theme, load_templates, load_theme


@dataclass(frozen=True, slots=True)
class Checked:
    """A theme, if it could be loaded, and all that is wrong with it, by file and line."""

    theme: Theme | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many of the findings must be corrected."""
        return sum(finding.severity == "error" for finding in self.findings)


def check_theme(folder: Path, means: Means) -> Checked:
    """Check the theme in a folder. Pages are rendered only when the rest gives no reason not to.

    Raises ``ThemeError`` when the folder holds no theme.
    """
    said, found = check_description(folder)
    if said is None:
        return Checked(None, tuple(sorted(found)))
    found += check_assets(folder, said)
    found += _check_templates(folder)
    theme = _load(folder, found)
    if theme is not None and not Checked(theme, tuple(found)).errors:
        found += check_pages(theme, str(folder.resolve()), means)
    return Checked(theme, tuple(sorted(set(found))))


def _check_templates(folder: Path) -> list[Finding]:
    try:
        templates, _ = load_templates(str(folder.resolve()))
    except ThemeError as error:
        return [_below(folder, theme_finding(error))]
    names = frozenset(name for name in templates if (folder / "templates" / name).is_file())
    return check_templates(templates, names)


def _load(folder: Path, found: list[Finding]) -> Theme | None:
    """The theme; why there is none is added to what was found, unless that says so already."""
    try:
        return load_theme(str(folder.resolve()))
    except ThemeError as error:
        if all(finding.severity == "warning" for finding in found):
            found.append(_below(folder, theme_finding(error)))
        return None


def _below(folder: Path, finding: Finding) -> Finding:
    """A finding whose file is named from the theme's folder."""
    path = Path(finding.file)
    root = folder.resolve()
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else finding.file
    return replace(finding, file=name)
