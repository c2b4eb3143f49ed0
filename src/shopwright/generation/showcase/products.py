"""The products of the sample store: one for each thing a product can be. Made up, and they say so."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

_COLORS = {
    "Black": ("#1b1b1f", "أسود"),
    "Tortoise": ("#7a4a21", "صدفي"),
    "Forest": ("#2f5d50", "أخضر غامق"),
    "Blue": ("#274690", "أزرق"),
    "Wine": ("#8a2432", "عنابي"),
    "Crystal": ("#d9dfe3", "شفاف"),
}
_TERMS = {name: word for name, (_, word) in _COLORS.items()} | {
    "Color": "اللون",
    "Size": "المقاس",
    "Lenses": "العدسات",
    "Small": "صغير",
    "Medium": "وسط",
    "Large": "كبير",
    "Plain": "شفافة",
    "Tinted": "ملوّنة",
    "Spectacles": "نظارات طبية",
    "Sunglasses": "نظارات شمسية",
    "Round": "دائري",
    "Square": "مربع",
    "Cat-eye": "عين القطة",
    "Acetate": "أسيتات",
    "Full rim": "إطار كامل",
}
_DESCRIPTION = (
    "<p>A made-up frame with a short description in two paragraphs, as most products have one.</p>"
    "<p>Cut from <strong>plant-based acetate</strong>, with <em>five-barrel</em> hinges.</p>"
    "<ul><li>Spring hinges</li><li>Case and cloth included</li></ul>"
)
_DESCRIPTION_AR = (
    "<p>إطار خيالي صُنع لهذا العرض، مع وصف قصير.</p><ul><li>مفصلات مرنة</li><li>مع علبة وقطعة قماش</li></ul>"
)
_LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsbrillenetui"
_LONG_TITLE = (
    "A frame whose maker could not decide on a short name and therefore wrote down everything there is to say "
    "about its colour, its hinges and the town it was drawn in"
)
_REVIEW_BODIES = (
    (5, "Sample review", "Made up for the showcase: a review of usual length, with a title.", "Sample author"),
    (4, "", "Made up: a review without a title.", "Another sample author"),
    (3, "Long sample review", "Made up, and longer than most, so that it takes several lines. " * 6, "Sample author"),
    (5, "مراجعة تجريبية", "نص تجريبي كُتب لهذا العرض.", "كاتب تجريبي"),
)

SAMPLE_PRODUCTS = (
    *("arlo", "bree", "cato", "dune", "elio", "fern", "gale", "hart", "iris", "juno", "kelp", "long-title"),
    *("long-words", "reviewed", "set", "elsewhere", "bare"),
)
"""Handles, in the order of the catalogue."""


def sample_products() -> list[Json]:
    """The records of the sample store's products, in catalogue order."""
    records = {record["handle"]: record for record in (*_stock(), *_offers(), *_choices(), *_words(), *_kinds())}
    return [records[handle] for handle in SAMPLE_PRODUCTS]


def money(amount: int) -> Json:
    """A price in the sample store's currency, in cents."""
    return {"amount": amount, "currency": "EUR"}


def _stock() -> Iterator[Json]:
    yield _product("arlo", "Arlo, in stock", "آرلو، متوفر", featured=True, created="2026-11-02")
    yield _product("bree", "Bree, sold out", "بري، نفدت الكمية", _all("Tortoise", availability="out_of_stock"))
    yield _product("cato", "Cato, pre-order", "كاتو، طلب مسبق", _all("Forest", availability="preorder"))
    yield _product("dune", "Dune, back-order", "ديون، بانتظار التوريد", _all("Blue", availability="backorder"))


def _offers() -> Iterator[Json]:
    reduced = {
        "sale": {"price": money(8_900), "starts": "2026-11-20T00:00:00Z", "ends": "2026-12-09T00:00:00Z"},
        "lowest_price_30_days": money(11_900),
    }
    yield _product("elio", "Elio, on sale", "إليو، عرض خاص", _all("Wine", **reduced), featured=True)
    yield _product("fern", "Fern, price on request", "فيرن، السعر عند الطلب", [_variant("Forest", price=None)])
    yield _product("gale", "Gale, no picture", "غيل، بلا صورة", [_variant("Black")], pictures=[])


def _choices() -> Iterator[Json]:
    yield _product(
        "hart",
        "Hart, many variants",
        "هارت، خيارات كثيرة",
        list(_every_variant()),
        options=["Color", "Size", "Lenses"],
        featured=True,
        created="2026-10-20",
    )
    yield _product("iris", "Iris, one variant", "إيريس، خيار واحد", [_variant("Blue")])
    yield _product("juno", "Juno, no options", "جونو، بلا خيارات", [_variant("Crystal", options=[])], options=[])
    tall = [{"source": "tall.svg", "alt": "A round frame in wine red, from the front"}]
    yield _product("kelp", "Kelp, tall pictures", "كيلب، صور طويلة", [_variant("Wine")], pictures=tall)


def _words() -> Iterator[Json]:
    yield _product("long-title", _LONG_TITLE, f"عنوان طويل جدًا: {'إطار يحمل كل ما يمكن قوله عنه ' * 4}".strip())
    long_color = {"id": "long", "options": [_LONG_WORD], "color": {"name": _LONG_WORD, "hex": "#274690"}}
    yield _product(
        "long-words",
        _LONG_WORD,
        "كلمات_طويلة_لا_يمكن_كسرها_في_السطر_الواحد_أبدا",
        [{**_variant("Blue"), **long_color}],
        brand=_LONG_WORD,
        summary=f"{_LONG_WORD} {_LONG_WORD}",
        custom={_LONG_WORD: _LONG_WORD * 2},
    )
    yield _product("reviewed", "Moss, sample reviews", "موس، مراجعات تجريبية", reviews=list(_reviews()), featured=True)


def _kinds() -> Iterator[Json]:
    members = ["arlo", "iris", "elio"]
    yield _product(
        "set", "Three frames, a set", "ثلاثة إطارات، مجموعة", [], kind="grouped", grouped=members, options=[]
    )
    yield _product(
        "elsewhere",
        "Otto, sold elsewhere",
        "أوتو، يُباع في متجر آخر",
        [_variant("Tortoise", options=[])],
        options=[],
        kind="external",
        external_url="https://elsewhere.example.com/otto",
        external_label="At the maker's",
    )
    plain = {"description": "", "summary": "", "brand": None, "product_type": None, "frame": None}
    yield _product(
        "bare", "Bare, nothing more said", "بير، لا شيء آخر", [_variant("Black", options=[])], options=[], **plain
    )


def _product(handle: str, title: str, arabic: str, variants: list[Json] | None = None, **values: Any) -> Json:  # noqa: ANN401 - any field of a product
    record = {
        "handle": handle,
        "title": title,
        "description": _DESCRIPTION,
        "summary": "A made-up frame for this showcase.",
        "brand": "Sample Maker",
        "product_type": "Spectacles",
        "collections": ["sunglasses"] if handle in ("elio", "hart", "cato", "kelp") else ["spectacles"],
        "options": ["Color"],
        "variants": [_variant("Black"), _variant("Tortoise"), _variant("Forest")] if variants is None else variants,
        "pictures": [
            {"source": f"{_shape(handle)}.svg", "alt": "The frame from the front"},
            {"source": f"{_shape(handle)}-near.svg", "alt": "One lens and the hinge, near"},
        ],
        "frame": _measures(handle),
        "translations": {"ar": _arabic(arabic)},
        **values,
    }
    return {key: value for key, value in record.items() if value is not None}


def _arabic(title: str) -> Json:
    return {"title": title, "summary": "إطار خيالي لهذا العرض.", "description": _DESCRIPTION_AR, "terms": _TERMS}


def _shape(handle: str) -> str:
    return ("round", "square", "cat-eye")[SAMPLE_PRODUCTS.index(handle) % 3]


def _measures(handle: str) -> Json:
    shape = {"round": "Round", "square": "Square", "cat-eye": "Cat-eye"}[_shape(handle)]
    sizes = {"lens_width_mm": 49, "bridge_mm": 21, "temple_mm": 145, "lens_height_mm": 42.5, "frame_width_mm": 138}
    return {**sizes, "shape": shape, "rim": "Full rim", "material": "Acetate", "weight_g": 24}


def _variant(color: str, **values: Any) -> Json:  # noqa: ANN401 - any field of a variant
    record = {
        "id": color.lower(),
        "options": [color],
        "sku": f"SAMPLE-{color.upper()}",
        "price": money(12_900),
        "color": {"name": color, "hex": _COLORS[color][0]},
        **values,
    }
    return {key: value for key, value in record.items() if value is not None}


def _all(*colors: str, **values: Any) -> list[Json]:  # noqa: ANN401 - as above
    return [_variant(color, **values) for color in ("Black", *colors)]


def _every_variant() -> Iterator[Json]:
    """36 variants: some sold out, the larger ones dearer."""
    for place, color in enumerate(_COLORS):
        for step, size in enumerate(("Small", "Medium", "Large")):
            for lenses in ("Plain", "Tinted"):
                yield _variant(
                    color,
                    id=f"{color}-{size}-{lenses}".lower(),
                    options=[color, size, lenses],
                    sku=f"SAMPLE-{color[:3]}-{size[0]}{lenses[0]}".upper(),
                    price=money(12_900 + step * 1_000 + (2_500 if lenses == "Tinted" else 0)),
                    availability="out_of_stock" if (place + step) % 4 == 3 else "in_stock",
                )


def _reviews() -> Iterator[Json]:
    for place, (rating, title, body, author) in enumerate(_REVIEW_BODIES):
        locale = "ar" if title.startswith("مراجعة") else "en"
        date = f"2026-10-{10 + place}"
        yield {
            "author": author,
            "rating": rating,
            "title": title,
            "body": body.strip(),
            "date": date,
            "locale": locale,
            "sample": True,
        }
