"""Where every page stands: addresses from the root of the site, and the files behind them.

Addresses are written as URLs are (RFC 3986), so a handle in another script is percent-encoded in every one of them:
links, canonical, sitemap, feeds and redirects say the same. The files behind them have the plain names.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one locale. ``base`` is the path of the site's own address (empty at a domain's root)."""

    origin: str
    base: str
    prefix: str

    @property
    def home(self) -> str:
        """The home page."""
        return f"{self.base}{self.prefix}/"

    def page(self, name: str) -> str:
        """A page by its name from the locale's root: ``cart``, ``policies/shipping``."""
        return f"{self.home}{name}/"

    def file(self, name: str) -> str:
        """A file by its name from the locale's root: ``404.html``, ``search/index-1.json``."""
        return f"{self.home}{name}"

    def product(self, handle: str) -> str:
        """A product's page."""
        return f"{self.home}products/{_encoded(handle)}/"

    def collection(self, handle: str, number: int = 1) -> str:
        """A collection's page; its later pages are numbered."""
        return f"{self.home}collections/{_encoded(handle)}/" + (f"page/{number}/" if number > 1 else "")

    def asset(self, name: str) -> str:
        """A file that all locales share."""
        return f"{self.base}/assets/{name}"

    def absolute(self, address: str) -> str:
        """An address from the root as the whole world knows it."""
        return f"{self.origin}{address}"


def _encoded(handle: str) -> str:
    return handle if handle.isascii() else quote(handle)


@lru_cache(maxsize=1_000)
def addresses(site_url: str, locale: str, default_locale: str) -> Addresses:
    """The addresses of a locale: the default one at the root, others under their own name in lower case."""
    parts = urlsplit(site_url)
    prefix = "" if locale == default_locale else f"/{locale.lower()}"
    return Addresses(f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/"), prefix)


def file_of(address: str, base: str) -> str:
    """The file a web server reads for an address: ``/de/cart/`` is ``de/cart/index.html``."""
    path = address.removeprefix(base).lstrip("/")
    if "%" in path:
        path = unquote(path)
    return f"{path}index.html" if path.endswith("/") or not path else path
