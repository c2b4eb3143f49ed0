"""Who sells, and the site: OnlineStore and WebSite, in full on the home page and by name everywhere else."""

from functools import lru_cache

from shopwright.generation.addresses import addresses
from shopwright.generation.edition import Edition
from shopwright.generation.pages.draft import picture_url
from shopwright.generation.things.terms import return_policy, shipping_services
from shopwright.generation.views.picture import picture_view
from shopwright.seo.structured_data.organization import OnlineStore, PostalAddress
from shopwright.seo.structured_data.pages import WebSite
from shopwright.seo.structured_data.thing import Thing


def _root(edition: Edition) -> str:
    """The home page of the default locale: the address of the store as a whole."""
    return _home(edition.site.url, edition.site.default_locale)


@lru_cache(maxsize=64)
def _home(url: str, locale: str) -> str:
    at = addresses(url, locale, locale)
    return at.absolute(at.home)


def store_id(edition: Edition) -> str:
    """The ``@id`` of the store, the same on every page in every language."""
    return f"{_root(edition)}#store"


def site_id(edition: Edition) -> str:
    """The ``@id`` of the WebSite."""
    return f"{_root(edition)}#website"


def seller(edition: Edition) -> Thing:
    """The store by its name: what offers refer to."""
    return OnlineStore(identifier=store_id(edition), name=edition.site.store["name"], url=_root(edition)).as_thing()


def store_things(edition: Edition) -> tuple[Thing, ...]:
    """WebSite and OnlineStore with its policies, for the home page."""
    name, languages = edition.site.store["name"], tuple(edition.site.locales)
    site = WebSite(
        identifier=site_id(edition), name=name, url=_root(edition), languages=languages, publisher=store_id(edition)
    )
    return site.as_thing(), _store(edition, languages).as_thing()


def _store(edition: Edition, languages: tuple[str, ...]) -> OnlineStore:
    store, logo = edition.site.store, edition.site.logo
    contact, legal = store["contact"], store["legal"]
    return OnlineStore(
        identifier=store_id(edition),
        name=store["name"],
        url=_root(edition),
        legal_name=legal["company"],
        vat_id=legal["vat_id"],
        description=edition.context["description"],
        email=contact["email"],
        telephone=contact["phone"],
        address=PostalAddress(**contact["address"]) if contact["address"] else None,
        logo=picture_url(picture_view(logo, "", edition), edition) if logo else None,
        same_as=tuple(store["social"]),
        languages=languages,
        returns=return_policy(edition),
        shipping=shipping_services(edition),
    )
