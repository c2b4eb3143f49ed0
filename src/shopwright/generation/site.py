"""One store in one build: everything a page needs that is not its own content. A plain value that workers are sent."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from shopwright.catalog.store import Store
from shopwright.generation.addresses import Addresses, addresses


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share.

    ``store`` is the store's record, ``instant`` the build's date as an ISO time, ``assets`` maps theme file names to
    published names, ``navigation`` holds collection records, ``information`` names of pages, ``remote_pictures``
    the origins pictures may be loaded from besides the site itself. ``share`` is the picture social networks show for
    pages that have none of their own. ``script_policies`` are the Trusted Types policies that scripts
    create. ``theme_digest`` is that of the theme that was checked: no other is rendered.
    ``news`` says that products have dates, so that there is an RSS of new ones.
    ``assessment`` is the content of ``accessibility.json``; ``logo_dark`` stands in for ``logo`` on dark pages.
    """

    store: dict[str, Any]
    url: str
    theme: str
    instant: str
    assets: dict[str, str]
    preload: tuple[str, ...]
    remote_pictures: tuple[str, ...]
    logo: dict[str, Any] | None
    navigation: tuple[dict[str, Any], ...]
    information: tuple[str, ...]
    share: dict[str, Any] | None = None
    script_policies: tuple[str, ...] = ()
    theme_digest: str = ""
    news: bool = False
    assessment: dict[str, Any] | None = None
    logo_dark: dict[str, Any] | None = None

    @property
    def locales(self) -> list[str]:
        """The store's locales, the default one first."""
        return list(self.store["locales"])

    @property
    def default_locale(self) -> str:
        """The locale at the root."""
        return str(self.store["locales"][0])

    @property
    def now(self) -> dt.datetime:
        """The build's date, the only clock."""
        return dt.datetime.fromisoformat(self.instant)

    def addresses(self, locale: str) -> Addresses:
        """The addresses of a locale."""
        return addresses(self.url, locale, self.default_locale)

    def as_json(self) -> bytes:
        """The site as one JSON object, the same bytes for the same site."""
        return orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS)

    @classmethod
    def from_json(cls, data: bytes) -> "Site":
        """Read back what ``as_json`` wrote."""
        fields: dict[str, Any] = orjson.loads(data)
        for name in ("preload", "remote_pictures", "navigation", "information", "script_policies"):
            fields[name] = tuple(fields[name])
        return cls(**fields)


def store_record(store: Store) -> dict[str, Any]:
    """A store as plain JSON values, defaults included; its collections are in the spool with the others."""
    record: dict[str, Any] = orjson.loads(store.model_dump_json(exclude={"waivers", "collections"}))
    return record
