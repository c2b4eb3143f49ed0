"""What a theme and a brand become before any page is rendered: style and script bundles, fonts, the icon."""

from collections.abc import Iterator

from shopwright.asset_pipeline.bundles import bundle_scripts, bundle_styles, content_name
from shopwright.catalog.store import Store
from shopwright.generation.palette import brand_styles
from shopwright.generation.views.picture import placeholder_styles
from shopwright.template_engine.theme import Theme

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="{color}"/>'
    '<g fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round">'
    '<rect x="9" y="24" width="19" height="17" rx="8"/>'
    '<rect x="36" y="24" width="19" height="17" rx="8"/><path d="M28 30q4-4 8 0"/></g></svg>'
)


def theme_files(theme: Theme, store: Store) -> Iterator[tuple[str, str, bytes]]:
    """(name the theme uses, published name, bytes) of every file a theme loads."""
    fonts: dict[str, str] = {}
    for name, data in sorted(theme.fonts.items()):
        stem, _, suffix = name.rpartition(".")
        fonts[name] = content_name(stem, data, f".{suffix}")
        yield name, fonts[name], data
    extra = (
        ("placeholders.css", placeholder_styles().encode()),
        ("brand.css", brand_styles(store.brand.accent).encode()),
    )
    styles = [(name, _with_fonts(data, fonts)) for name, data in (*theme.styles, *extra)]
    bundle = bundle_styles(styles)
    yield "site.css", content_name("site", bundle, ".css"), bundle
    for kind, scripts in sorted(theme.scripts.items()):
        bundle = bundle_scripts(scripts)
        yield f"{kind}.js", content_name(kind, bundle, ".js"), bundle
    icon = _ICON.format(color=store.brand.accent or "#1f2937").encode()
    yield "icon.svg", content_name("icon", icon, ".svg"), icon


def _with_fonts(style: bytes, fonts: dict[str, str]) -> bytes:
    for name, published in fonts.items():
        for quote in (b'"', b"'", b""):
            style = style.replace(b"url(" + quote + name.encode() + quote + b")", b'url("' + published.encode() + b'")')
    return style
