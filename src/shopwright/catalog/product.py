"""What is for sale: frozen values, checked when they are made.

Field names follow schema.org where it has a word. Text is plain text unless its type is ``RichText``; measures are in
millimetres, weights in grams, money in minor units (``Money``).
"""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from shopwright.catalog.money import Money
from shopwright.catalog.rich_text import RichText
from shopwright.catalog.text import Handle, LocaleCode, LocalHandle, PlainText, WebAddress, is_gtin

MAX_VARIANTS = 2_048
"""Most variants of one product (the bound Shopify publishes since October 2025)."""
MAX_PICTURES = 250
MAX_OPTIONS = 3
MAX_PREVIOUS = 50
"""Most earlier handles of one product or collection."""

Line = Annotated[PlainText, Field(max_length=300)]
Name = Annotated[Line, Field(min_length=1, pattern=r"\S")]
Millimetres = Annotated[float, Field(gt=0, le=400)]
Grams = Annotated[float, Field(ge=0, le=1_000_000)]
Custom = dict[Annotated[PlainText, Field(min_length=1, max_length=200)], Annotated[PlainText, Field(max_length=20_000)]]


class Value(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Availability(StrEnum):
    """Schema.org ItemAvailability, in the spelling of merchant feeds."""

    IN_STOCK = "in_stock"
    OUT_OF_STOCK = "out_of_stock"
    PREORDER = "preorder"
    BACKORDER = "backorder"


class Condition(StrEnum):
    """Schema.org OfferItemCondition, in the spelling of merchant feeds."""

    NEW = "new"
    REFURBISHED = "refurbished"
    USED = "used"


class Status(StrEnum):
    """Whether a product is shown: only active ones get a page."""

    ACTIVE = "active"
    DRAFT = "draft"
    ARCHIVED = "archived"


class Kind(StrEnum):
    """How a product is bought: in this store, as a group of others, or at another seller's address."""

    STANDARD = "standard"
    GROUPED = "grouped"
    EXTERNAL = "external"


class Gender(StrEnum):
    """Whom a product is made for, in the spelling of merchant feeds (schema.org PeopleAudience suggestedGender)."""

    MALE = "male"
    FEMALE = "female"
    UNISEX = "unisex"


class AgeGroup(StrEnum):
    """The age a product is made for, in the spelling of merchant feeds."""

    NEWBORN = "newborn"
    INFANT = "infant"
    TODDLER = "toddler"
    KIDS = "kids"
    ADULT = "adult"


class Picture(Value):
    """A product picture: ``source`` is a path in the store folder or an http(s) address."""

    source: Annotated[PlainText, Field(min_length=1, max_length=2_000)]
    alt: Annotated[PlainText, Field(max_length=1_000)] = ""


class Sale(Value):
    """A lower price for a time: from ``starts`` (inclusive) to ``ends`` (exclusive), both optional, aware times."""

    price: Money
    starts: AwareDatetime | None = None
    ends: AwareDatetime | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "Sale":
        if self.starts and self.ends and self.starts >= self.ends:
            raise ValueError("a sale must end after it starts")
        return self


class MarketPrice(Value):
    """The prices of a variant in one market, named as in ``store.yaml``, or by the market's currency.

    A variant that is not ``included``, or has no price in the market's currency, is not sold there.
    """

    market: Name
    included: bool = True
    price: Money | None = None
    compare_at_price: Money | None = None
    sale: Sale | None = None
    lowest_price_30_days: Money | None = None


class Color(Value):
    """A colour a shopper can recognise: its name and, if known, an sRGB swatch such as ``#1b1b1f``."""

    name: Name
    hex: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] | None = None


class Variant(Value):
    """One thing that can be put into the cart. ``options`` holds one value per option of its product, in order.

    ``price`` is what is asked today unless ``sale`` applies; ``compare_at_price`` is the price it was before.
    ``lowest_price_30_days`` is the lowest price of the 30 days before the reduction (Directive 98/6/EC, Article 6a).
    ``available_from`` is the day a variant on preorder or backorder can be sent.
    """

    id: Handle
    options: Annotated[tuple[Name, ...], Field(max_length=MAX_OPTIONS)] = ()
    sku: Annotated[PlainText, Field(max_length=200)] | None = None
    gtin: Annotated[str, AfterValidator(is_gtin)] | None = None
    mpn: Annotated[PlainText, Field(max_length=70)] | None = None
    price: Money | None = None
    compare_at_price: Money | None = None
    sale: Sale | None = None
    lowest_price_30_days: Money | None = None
    markets: Annotated[tuple[MarketPrice, ...], Field(max_length=50)] = ()
    availability: Availability = Availability.IN_STOCK
    available_from: dt.date | None = None
    quantity: Annotated[int, Field(ge=0, le=10**9)] | None = None
    color: Color | None = None
    picture: Annotated[PlainText, Field(max_length=2_000)] | None = None
    weight_g: Grams | None = None
    custom: Custom = {}


class Frame(Value):
    """Measures and make of a spectacle frame: millimetres in the boxing system of ISO 8624, weight in grams."""

    lens_width_mm: Millimetres | None = None
    bridge_mm: Millimetres | None = None
    temple_mm: Millimetres | None = None
    lens_height_mm: Millimetres | None = None
    frame_width_mm: Millimetres | None = None
    shape: Name | None = None
    rim: Name | None = None
    material: Name | None = None
    weight_g: Grams | None = None


class Review(Value):
    """A shopper's review. ``sample`` marks made-up reviews of an example: shown as such, never in structured data."""

    author: Name
    rating: Annotated[int, Field(ge=1, le=5)]
    title: Line = ""
    body: Annotated[PlainText, Field(max_length=10_000)] = ""
    date: dt.date | None = None
    locale: LocaleCode | None = None
    sample: bool = False


class Seo(Value):
    """What a merchant wants search engines to show instead of the rule-made title and description."""

    title: Line | None = None
    description: Annotated[PlainText, Field(max_length=1_000)] | None = None


class Translation(Value):
    """A product in another language. ``terms`` translates option names, option values, colours, types and materials."""

    title: Name | None = None
    handle: LocalHandle | None = None
    summary: Annotated[PlainText, Field(max_length=2_000)] | None = None
    description: RichText | None = None
    seo: Seo | None = None
    terms: Annotated[dict[Name, Name], Field(max_length=500)] = {}


class Product(Value):
    """A product page's worth of catalogue. ``handle`` is its identity and the last part of its address.

    ``options`` names what variants differ in (``("Color", "Size")``); a product without options has one variant.
    ``category`` is a path from general to special; ``collections`` are the handles of the collections it stands in.
    ``previous_handles`` are those it had before: their addresses lead to it. ``google_category`` is a number or path of
    Google's product taxonomy.
    """

    handle: Handle
    title: Name
    description: RichText = RichText("")
    summary: Annotated[PlainText, Field(max_length=2_000)] = ""
    brand: Line | None = None
    product_type: Line | None = None
    category: Annotated[tuple[Name, ...], Field(max_length=10)] = ()
    tags: Annotated[tuple[Name, ...], Field(max_length=250)] = ()
    collections: Annotated[tuple[Handle, ...], Field(max_length=250)] = ()
    status: Status = Status.ACTIVE
    kind: Kind = Kind.STANDARD
    condition: Condition = Condition.NEW
    external_url: WebAddress | None = None
    external_label: Line | None = None
    grouped: Annotated[tuple[Handle, ...], Field(max_length=250)] = ()
    requires_shipping: bool = True
    featured: bool = False
    created: dt.date | None = None
    modified: dt.date | None = None
    previous_handles: Annotated[tuple[Handle, ...], Field(max_length=MAX_PREVIOUS)] = ()
    google_category: Annotated[Line, Field(pattern=r"^([0-9]{1,7}|[^>]*[^\s>]( > [^>]+)*)$")] | None = None
    gender: Gender | None = None
    age_group: AgeGroup | None = None
    options: Annotated[tuple[Name, ...], Field(max_length=MAX_OPTIONS)] = ()
    variants: Annotated[tuple[Variant, ...], Field(max_length=MAX_VARIANTS)] = ()
    pictures: Annotated[tuple[Picture, ...], Field(max_length=MAX_PICTURES)] = ()
    frame: Frame | None = None
    reviews: Annotated[tuple[Review, ...], Field(max_length=5_000)] = ()
    seo: Seo = Seo()
    translations: Annotated[dict[LocaleCode, Translation], Field(max_length=50)] = {}
    custom: Custom = {}

    @model_validator(mode="after")
    def _consistent(self) -> "Product":
        _refuse_repeats("option", self.options)
        _refuse_repeats("variant id", tuple(variant.id for variant in self.variants))
        _refuse_repeats("variant", tuple(variant.options for variant in self.variants))
        for variant in self.variants:
            if len(variant.options) != len(self.options):
                given, wanted = len(variant.options), len(self.options)
                raise ValueError(f"variant {variant.id} has {given} option values, not {wanted}")
        if self.kind is Kind.EXTERNAL and not self.external_url:
            raise ValueError("an external product needs external_url")
        return self


class Collection(Value):
    """A named list of products: those whose ``collections`` name its handle, in catalogue order."""

    handle: Handle
    previous_handles: Annotated[tuple[Handle, ...], Field(max_length=MAX_PREVIOUS)] = ()
    title: Name
    description: RichText = RichText("")
    picture: Picture | None = None
    seo: Seo = Seo()
    translations: Annotated[dict[LocaleCode, Translation], Field(max_length=50)] = {}


def _refuse_repeats(what: str, values: tuple[Any, ...]) -> None:
    seen = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{what} {value!r} stands twice")
        seen.add(value)
