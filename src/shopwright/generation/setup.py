"""What a build settles before its first page: the site's address, assets, navigation and editions."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

import shopwright
from shopwright.asset_pipeline.address import is_address
from shopwright.catalog.assessment import Assessment
from shopwright.catalog.product import Picture
from shopwright.catalog.store import Store
from shopwright.catalog.text import is_web_address
from shopwright.errors import SettingsError
from shopwright.generation.edition import Edition
from shopwright.generation.plan import collection_records, information_pages
from shopwright.generation.publishing import ThemeFiles
from shopwright.generation.script_needs import trusted_types
from shopwright.generation.site import Site, store_record
from shopwright.generation.spool import EVERYTHING, Spool
from shopwright.template_engine.theme import Theme

Json = dict[str, Any]

LOCAL_URL = "http://localhost:8000"
"""The address of a site whose own is not known: that of ``shopwright serve``."""
NAVIGATION_LENGTH = 6

_WRITERS = ("babel", "jinja2", "markupsafe", "orjson")
"""Libraries whose next version may write the same page otherwise: words of dates, blanks, escapes."""


def draw_site(
    store: Store,
    spool: Spool,
    made: ThemeFiles,
    *,
    theme: Theme,
    theme_name: str,
    url: str | None,
    date: datetime,
    assessment: Assessment | None = None,
) -> Site:
    """The site of a build from its store, its theme, and the files that the theme became."""
    record, data = store_record(store), dict(made.files)
    scripts = [data[published] for name, published in made.assets.items() if name.endswith(".js")]
    logo, hero = _prepared(store.brand.logo, spool), _prepared(store.hero.picture, spool)
    site = Site(
        store=record,
        url=_site_url(url or store.url),
        theme=theme_name,
        theme_digest=theme.digest,
        instant=date.isoformat(),
        assets=made.assets,
        preload=tuple(name for name in theme.preload if name in made.assets),
        remote_pictures=tuple(sorted(set(_remote_origins(spool)))),
        logo=logo,
        share=hero or logo or _first_shared(spool),
        navigation=(),
        information=information_pages(record),
        news=spool.dated,
        script_policies=trusted_types(scripts),
        assessment=orjson.loads(assessment.model_dump_json()) if assessment else None,
        logo_dark=_prepared(store.brand.logo_dark, spool),
    )
    return replace(site, navigation=_navigation(spool, site))


def _prepared(picture: Picture | None, spool: Spool) -> Json | None:
    prepared = spool.prepared(picture.source) if picture else None
    return {**orjson.loads(prepared), "alt": picture.alt} if picture and prepared else None


def _first_shared(spool: Spool) -> Json | None:
    """The first picture that stands for a page: what a store without a picture of its own is shared with."""
    _, prepared = next(spool.shared_pictures(), (None, None))
    return {**orjson.loads(prepared), "alt": ""} if prepared else None


def logo_bytes(store: Store, spool: Spool) -> bytes | None:
    """The widest file made of the store's logo, in the format that every browser shows; none without a logo."""
    prepared = spool.prepared(store.brand.logo.source) if store.brand.logo else None
    renditions = orjson.loads(prepared).get("renditions") if prepared else None
    file = spool.picture_file(renditions[-1]["name"]) if renditions else None
    return file.read_bytes() if file else None


def _site_url(url: str | None) -> str:
    try:
        return is_web_address(url or LOCAL_URL).rstrip("/")
    except ValueError as error:
        raise SettingsError(
            f"{error}.", where="--site-url", remedy="Give an address such as https://shop.example."
        ) from error


def _remote_origins(spool: Spool) -> Iterator[str]:
    """The origins of pictures that pages link to instead of showing their own copy."""
    for source, _ in spool.pictures():
        prepared = spool.prepared(source) if is_address(source) else None
        remote = orjson.loads(prepared).get("remote") if prepared else None
        if remote:
            parts = urlsplit(remote)
            yield f"{parts.scheme}://{parts.netloc}"


def _navigation(spool: Spool, site: Site) -> tuple[Json, ...]:
    records = {str(record["handle"]): record for record in collection_records(spool, site)}
    chosen = [name for name in site.store["navigation"] if name in records]
    chosen = chosen or [name for name in records if name != EVERYTHING][:NAVIGATION_LENGTH] or [EVERYTHING]
    return tuple(
        {
            "handle": name,
            "title": records[name]["title"],
            "translations": {
                locale: {key: words[key] for key in ("title", "handle") if key in words}
                for locale, words in (records[name].get("translations") or {}).items()
            },
        }
        for name in chosen
    )


def editions_of(site: Site) -> dict[str, Edition]:
    """The editions of a site, the default locale first."""
    return {locale: Edition(site, locale) for locale in site.locales}


def code_digest() -> bytes:
    """A digest of the program that makes pages: another version may make other pages from the same input."""
    folder = Path(shopwright.__file__).parent
    total = hashlib.sha256("".join(f"{name} {version(name)}\n" for name in _WRITERS).encode())
    for room in ("generation", "seo", "template_engine", "catalog"):
        for path in sorted((folder / room).rglob("*")):
            if path.suffix in (".py", ".yaml", ".json"):
                total.update(path.relative_to(folder).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.digest()
