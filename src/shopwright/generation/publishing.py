"""What a theme and a brand become before any page is rendered: style and script bundles, fonts, the icon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shopwright.asset_pipeline.bundles import content_name, minified_scripts, minified_styles
from shopwright.asset_pipeline.fonts import cut_font, with_parts
from shopwright.asset_pipeline.foreign_code import foreign_scripts, foreign_styles
from shopwright.asset_pipeline.icons import app_icons
from shopwright.asset_pipeline.source_map import source_map
from shopwright.catalog.store import Store
from shopwright.generation.budgets import check_budgets
from shopwright.generation.palette import brand_styles
from shopwright.generation.views.picture import placeholder_styles
from shopwright.template_engine.theme import Theme

PAPER = "#ffffff"
"""The ground of icons made from a logo: logos are drawn for paper."""

Sources = Sequence[tuple[str, bytes]]

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<rect width="64" height="64" rx="{corner}" fill="{color}"/>'
    '<g fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round">'
    '<rect x="9" y="24" width="19" height="17" rx="8"/>'
    '<rect x="36" y="24" width="19" height="17" rx="8"/><path d="M28 30q4-4 8 0"/></g></svg>'
)


@dataclass(slots=True)
class ThemeFiles:
    """The files a theme loads.

    ``assets`` maps the names a theme uses to published names; a font cut into parts also has ``<name>#<subset>`` for
    each. ``files`` are (published name, bytes), ``maps`` the source maps of the bundles, for the store's own people.
    """

    assets: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    maps: list[tuple[str, bytes]] = field(default_factory=list)

    def add(self, name: str, published: str, data: bytes) -> None:
        """Publish ``data``."""
        self.assets[name] = published
        self.files.append((published, data))

    def add_file(self, name: str, data: bytes) -> None:
        """Publish ``data`` under the name with its hash."""
        stem, _, suffix = name.rpartition(".")
        self.add(name, content_name(stem, data, f".{suffix}"), data)

    def add_bundle(self, name: str, sources: Sources, pieces: Sequence[bytes]) -> bytes:
        """Publish the pieces as one file, and keep its map."""
        bundle = b"".join(pieces)
        self.add_file(name, bundle)
        published = self.assets[name]
        self.maps.append((f"{published}.map", source_map(published, sources, pieces)))
        return bundle


def theme_files(theme: Theme, store: Store, cache: Path, logo: bytes | None = None) -> ThemeFiles:
    """Every file a theme loads, and the store's icons, drawn from its logo's file if there is one.

    Cut fonts and drawn icons are remembered in ``cache``. Raises ThemeError when a style, script or font cannot be
    used, or a page would load more than ``budgets`` allow.
    """
    made = ThemeFiles()
    fonts = {name: _publish_font(made, name, data, cache) for name, data in sorted(theme.fonts.items())}
    static = [(name, _publish_file(made, name, data)) for name, data in sorted(theme.files.items())]
    styles = [
        (name, _with_files(with_parts(data, fonts), static)) for name, data in (*theme.styles, *_brand_styles(store))
    ]
    small = (minified_styles, minified_scripts) if theme.builtin else (foreign_styles, foreign_scripts)
    bundles = {"site.css": made.add_bundle("site.css", styles, small[0](styles))}
    for kind, scripts in sorted(theme.scripts.items()):
        bundles[f"{kind}.js"] = made.add_bundle(f"{kind}.js", scripts, small[1](scripts))
    check_budgets(bundles, theme.name)
    color = store.brand.accent or "#1f2937"
    made.add_file("icon.svg", _ICON.format(color=color, corner=14).encode())
    sign = (logo, PAPER) if logo else (_ICON.format(color=color, corner=0).encode(), color)
    for name, data in app_icons(*sign, cache).items():
        made.add_file(name, data)
    return made


def _publish_font(made: ThemeFiles, name: str, data: bytes, cache: Path) -> list[tuple[str, str]]:
    """(published name, unicode-range) of a font's parts; the first stands for the font where only one can."""
    stem, parts = name.rpartition(".")[0], cut_font(name, data, cache)
    published = []
    for part in parts:
        own = stem if len(parts) == 1 else f"{stem}-{part.subset}"
        published.append((content_name(own, part.data, ".woff2"), part.unicode_range))
        made.add(f"{name}#{part.subset}", published[-1][0], part.data)
    made.assets[name] = published[0][0]
    return published


def _publish_file(made: ThemeFiles, name: str, data: bytes) -> str:
    """Publish a file as it is; what it is called then."""
    stem, _, ending = name.rpartition("/")[2].rpartition(".")
    made.add(name, content_name(stem, data, f".{ending}"), data)
    return made.assets[name]


def _with_files(style: bytes, files: Sequence[tuple[str, str]]) -> bytes:
    """A style sheet in which every ``url("<file>")`` names the published file."""
    for name, published in files:
        for quote in (b'"', b"'", b""):
            style = style.replace(b"url(" + quote + name.encode() + quote + b")", b'url("' + published.encode() + b'")')
    return style


def _brand_styles(store: Store) -> Iterator[tuple[str, bytes]]:
    yield "placeholders.css", placeholder_styles().encode()
    yield "brand.css", brand_styles(store.brand).encode()
