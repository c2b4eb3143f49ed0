"""Hypothesis strategies: any catalogue that the values allow."""

import datetime as dt
from collections.abc import Callable

from hypothesis import strategies as st

from shopwright.catalog.money import Money
from shopwright.catalog.product import (
    Availability,
    Collection,
    Color,
    Condition,
    Frame,
    Kind,
    MarketPrice,
    Picture,
    Product,
    Review,
    Sale,
    Seo,
    Status,
    Translation,
    Variant,
)  # fmt: skip
from shopwright.catalog.rich_text import sanitise

words = st.sampled_from(
    ["Color", "Größe", "a, b", "Round", "=1+1", "Title", "Default Title", "x > y", " padded ", "a\\"]
)
letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"), include_characters="\r\n\t")
plain = words | st.text(letters, max_size=12)
names = words | st.text(letters, min_size=1, max_size=12).filter(str.strip)
handles = st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,3})?", fullmatch=True)
money = st.builds(Money, amount=st.integers(0, 10**9), currency=st.just("USD"))
any_money = st.builds(Money, amount=st.integers(0, 10**9), currency=st.sampled_from(["USD", "JPY"]))
rich = (plain | st.sampled_from(["<p>a</p>", "<ul><li>x<b>y</b></ul>", "<p></p>", "a\n\nb"])).map(sanitise)
sources = st.sampled_from(["pictures/a.jpg", "https://x.example/a b.jpg", "../a.jpg", "a,b.png"]) | names
custom = st.dictionaries(names.map(lambda text: text[:200]), plain, max_size=3)
times = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 - hypothesis adds the zone
optional: Callable[..., st.SearchStrategy] = lambda strategy: st.none() | strategy  # noqa: E731 - a name for a shape
sales = st.builds(Sale, price=money, starts=optional(times)) | st.builds(Sale, price=money, ends=optional(times))
colors = st.builds(Color, name=names, hex=optional(st.just("#1b1b1f")))
seos = st.builds(Seo, title=optional(plain), description=optional(plain))
measures = optional(st.floats(0.5, 400, allow_nan=False))
frames = st.builds(
    Frame, lens_width_mm=measures, bridge_mm=measures, temple_mm=measures, shape=optional(names), rim=optional(names),
    material=optional(names), weight_g=optional(st.floats(0, 900)),
)  # fmt: skip
pictures = st.builds(Picture, source=sources, alt=plain)
translations = st.dictionaries(
    st.sampled_from(["de", "ar", "fr-CA"]),
    st.builds(Translation, title=optional(names), description=optional(rich), seo=optional(seos)),
    max_size=2,
)
collections = st.builds(Collection, handle=handles, title=names, description=rich, picture=optional(pictures), seo=seos)


@st.composite
def variants(draw: st.DrawFn, identity: str, options: tuple[str, ...]) -> Variant:
    return Variant(
        id=identity,
        options=options,
        sku=draw(optional(plain)),
        gtin=draw(optional(st.sampled_from(["4006381333931", "96385074"]))),
        mpn=draw(optional(plain)),
        price=draw(optional(money)),
        compare_at_price=draw(optional(money)),
        sale=draw(optional(sales)),
        lowest_price_30_days=draw(optional(money)),
        markets=draw(st.lists(st.builds(MarketPrice, market=names, price=optional(any_money)), max_size=2)),
        availability=draw(st.sampled_from(Availability)),
        quantity=draw(optional(st.integers(0, 99))),
        color=draw(optional(colors)),
        picture=draw(optional(plain)),
        weight_g=draw(optional(st.floats(0, 10_000))),
        custom=draw(custom),
    )


@st.composite
def products(draw: st.DrawFn, handle: str) -> Product:
    options = tuple(draw(st.lists(names, max_size=3, unique=True)))
    count = draw(st.integers(0, 4 if options else 1))
    value = st.tuples(*(names for _ in options))
    values = draw(st.lists(value, min_size=count, max_size=count, unique=True))
    ids = draw(st.lists(handles, min_size=count, max_size=count, unique=True))
    kind = draw(st.sampled_from(Kind))
    return Product(
        handle=handle,
        title=draw(names),
        description=draw(rich),
        summary=draw(plain),
        brand=draw(optional(plain)),
        product_type=draw(optional(plain)),
        category=draw(st.lists(names, max_size=3)),
        tags=draw(st.lists(names, max_size=3)),
        collections=draw(st.lists(handles, max_size=2)),
        status=draw(st.sampled_from(Status)),
        kind=kind,
        condition=draw(st.sampled_from(Condition)),
        external_url="https://x.example/buy?a=b,c" if kind is Kind.EXTERNAL else None,
        external_label=draw(optional(plain)),
        grouped=draw(st.lists(handles, max_size=2)),
        requires_shipping=draw(st.booleans()),
        featured=draw(st.booleans()),
        created=draw(optional(st.just(dt.date(2026, 1, 2)))),
        options=options,
        variants=[draw(variants(identity, option)) for identity, option in zip(ids, values, strict=True)],
        pictures=draw(st.lists(pictures, max_size=3)),
        frame=draw(optional(frames)),
        reviews=draw(st.lists(st.builds(Review, author=names, rating=st.integers(1, 5)), max_size=1)),
        seo=draw(seos),
        translations=draw(translations),
        custom=draw(custom),
    )


@st.composite
def catalogues(draw: st.DrawFn) -> list[Product | Collection]:
    """Products with different handles, each collection described before the first product that names it."""
    known: dict[str, Collection] = {}
    items: list[Product | Collection] = []
    for handle in draw(st.lists(handles, min_size=1, max_size=4, unique=True)):
        product = draw(products(handle))
        for name in product.collections:
            if name not in known:
                known[name] = draw(collections).model_copy(update={"handle": name})
                items.append(known[name])
        items.append(product)
    return items
