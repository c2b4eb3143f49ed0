"""A store: who sells, where, in which languages and under which terms. The content of ``store.yaml``."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from shopwright.catalog.market import KnownCurrency, Market, refuse_confused
from shopwright.catalog.money import Money
from shopwright.catalog.product import Collection, Color, Name, Picture, Value
from shopwright.catalog.redirect import Redirects
from shopwright.catalog.rich_text import RichText
from shopwright.catalog.search_language import refuse_alike
from shopwright.catalog.territory import Country
from shopwright.catalog.text import Handle, LocaleCode, PlainText, WebAddress
from shopwright.catalog.waiver import Waiver

Text = TypeVar("Text", bound=str)

EVERY_LOCALE = "*"
"""Key of a text that is the same in every language: what a bare string in ``store.yaml`` becomes."""


def _in_every_locale(value: object) -> object:
    return {EVERY_LOCALE: value} if isinstance(value, str) else value


LocaleKey = LocaleCode | Literal["*"]
LocalText = Annotated[dict[LocaleKey, Annotated[PlainText, Field(max_length=2_000)]], BeforeValidator(_in_every_locale)]
LocalRichText = Annotated[dict[LocaleKey, RichText], BeforeValidator(_in_every_locale)]
EmailAddress = Annotated[str, Field(pattern=r"^[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+$", max_length=254)]
PhoneNumber = Annotated[str, Field(pattern=r"^\+?[0-9 ()/.-]{4,30}$")]
Hex = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class Address(Value):
    """A postal address, in schema.org's PostalAddress words."""

    street: Name
    postal_code: Annotated[PlainText, Field(max_length=20)] = ""
    city: Name
    region: Annotated[PlainText, Field(max_length=100)] = ""
    country: Country


class Contact(Value):
    """How shoppers reach the seller."""

    email: EmailAddress | None = None
    phone: PhoneNumber | None = None
    address: Address | None = None


class Legal(Value):
    """What an imprint names (Directive 2000/31/EC, Article 5)."""

    company: Name | None = None
    representative: Name | None = None
    registration: Name | None = None
    vat_id: Name | None = None


class Checkout(Value):
    """Where a cart is handed over: ``post`` sends a form field ``cart`` (JSON), ``get`` the query ``items=sku:2,…``."""

    url: WebAddress
    method: Literal["get", "post"] = "post"


class ShippingRate(Value):
    """What sending an order to a country costs, and how long it takes, in working days."""

    country: Country
    price: Money
    free_from: Money | None = None
    handling_days: tuple[int, int] = (0, 1)
    transit_days: tuple[int, int] = (2, 4)


class Returns(Value):
    """The right to send goods back."""

    days: Annotated[int, Field(ge=0, le=3_650)]
    fees: Literal["free", "customer"] = "customer"
    country: Country | None = None


class Policies(Value):
    """Pages every store links: a policy that is not given has no page."""

    shipping: LocalRichText = {}
    returns: LocalRichText = {}
    privacy: LocalRichText = {}
    terms: LocalRichText = {}


class Hero(Value):
    """The first thing a shopper sees on the home page."""

    title: LocalText = {}
    text: LocalText = {}
    picture: Picture | None = None
    collection: Handle | None = None


class Brand(Value):
    """Colours and logo of the seller; a theme derives its palette from ``accent``.

    A colour that cannot be read is shown in the nearest tone that can, unless ``exact``: then the store is refused.
    Without ``accent_dark`` and ``logo_dark``, dark pages show ``accent`` and ``logo`` in tones made for them.
    """

    accent: Hex | None = None
    accent_dark: Hex | None = None
    exact: bool = False
    logo: Picture | None = None
    logo_dark: Picture | None = None
    swatches: Annotated[tuple[Color, ...], Field(max_length=500)] = ()


class Enforcement(Value):
    """Whom shoppers can turn to when the seller's answer on accessibility does not satisfy them."""

    name: Name
    url: WebAddress | None = None


class Accessibility(Value):
    """What the accessibility statement says besides what was measured.

    ``conformance`` is what people who looked at the store found (``accessibility.json`` says what machines found), on
    the day ``assessed``, ``assessor`` being who they are. Contact is ``Store.contact`` unless another is given here.
    """

    statement: bool = True
    email: EmailAddress | None = None
    phone: PhoneNumber | None = None
    response_days: Annotated[int, Field(ge=1, le=365)] | None = None
    conformance: Literal["full", "partial", "none"] | None = None
    assessed: dt.date | None = None
    assessor: Name | None = None
    limitations: LocalRichText = {}
    enforcement: Enforcement | None = None

    @model_validator(mode="after")
    def _dated(self) -> "Accessibility":
        if self.conformance and not self.assessed:
            raise ValueError("conformance needs assessed, the day on which it was found")
        return self


class Store(Value):
    """One store. The first locale is the default: its pages stand at the root, the others under ``/<locale>/``."""

    name: Name
    tagline: LocalText = {}
    description: LocalText = {}
    url: WebAddress | None = None
    locales: Annotated[tuple[LocaleCode, ...], Field(min_length=1, max_length=50)] = ("en",)
    currency: KnownCurrency = "USD"
    markets: Annotated[tuple[Market, ...], Field(max_length=50)] = ()
    theme: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)] = "atelier"
    brand: Brand = Brand()
    contact: Contact = Contact()
    legal: Legal = Legal()
    about: LocalRichText = {}
    imprint: LocalRichText = {}
    policies: Policies = Policies()
    accessibility: Accessibility = Accessibility()
    checkout: Checkout | None = None
    shipping: Annotated[tuple[ShippingRate, ...], Field(max_length=250)] = ()
    returns: Returns | None = None
    shows_lowest_price: bool = True
    prices_include_tax: bool = True
    offline: Annotated[bool, Field(description="Whether pages that were visited can be read without a connection")] = (
        True
    )
    hero: Hero = Hero()
    navigation: Annotated[tuple[Handle, ...], Field(max_length=12)] = ()
    social: Annotated[tuple[WebAddress, ...], Field(max_length=20)] = ()
    collections: Annotated[tuple[Collection, ...], Field(max_length=2_000)] = ()
    redirects: Redirects = Redirects()
    terms: Annotated[dict[LocaleCode, dict[Name, Name]], Field(max_length=50)] = {}
    waivers: Annotated[tuple[Waiver, ...], Field(max_length=500)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Store":
        if len(set(self.locales)) != len(self.locales):
            raise ValueError("a locale stands twice")
        handles = [collection.handle for collection in self.collections]
        if len(set(handles)) != len(handles):
            raise ValueError("a collection handle stands twice")
        refuse_alike(self.locales)
        refuse_confused(self.markets, self.locales)
        return self

    @property
    def default_locale(self) -> str:
        """The locale whose pages stand at the root."""
        return self.locales[0]


def in_locale(texts: Mapping[str, Text], locale: str, default_locale: str) -> Text | None:
    """The text for a locale: its own, else its language's, else the one for every locale, else the default locale's."""
    for key in (locale, locale.split("-", maxsplit=1)[0], EVERY_LOCALE, default_locale):
        if texts.get(key):
            return texts[key]
    return None
