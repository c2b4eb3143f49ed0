"""Cards as templates and scripts see them."""

from functools import lru_cache
from typing import Any

from shopwright.catalog.text import make_handle
from shopwright.generation.edition import Edition
from shopwright.generation.prices import Asked, shown
from shopwright.generation.views.picture import picture_view

Json = dict[str, Any]

CARDS_KEPT = 2_000
"""Cards an edition remembers: enough for the neighbourhood it works in."""


def price_view(price: Json | None, edition: Edition) -> Json | None:
    """The price of a card record, formatted."""
    if price is None:
        return None
    plain = Asked(price["amount"], price["currency"], price["was"], price["lowest"], price["ends"])
    shows_lowest = bool(edition.site.store["shows_lowest_price"])
    return shown(plain, edition.locale, varies=price["varies"], shows_lowest=shows_lowest)


def rating_view(rating: Json | None, edition: Edition) -> Json | None:
    """A rating with its count in words."""
    return {**rating, "text": edition.say("reviews.count", count=rating["count"])} if rating else None


def card_view(card: Json, edition: Edition) -> Json:
    """A *card* of the theme API; remembered, since a product is shown by many pages. Not to be changed."""
    kept = edition.card_views.get(card["revision"])
    if kept is None:
        if len(edition.card_views) >= CARDS_KEPT:
            edition.card_views.clear()
        kept = edition.card_views[card["revision"]] = _card_view(card, edition)
    return kept


def _card_view(card: Json, edition: Edition) -> Json:
    """A picture without a text of its own is decoration: the card's title, beside it, says what a made text would."""
    words = card["words"][edition.locale]
    selling = card["selling"][edition.market["name"] if edition.market else ""]
    own_language = not edition.foreign or words["lang"]
    pictures = [
        picture_view(picture, picture.get("alt", "") if own_language else "", edition) for picture in card["pictures"]
    ]
    return {
        "revision": card["revision"],
        "handle": card["handle"],
        "url": edition.addresses.product(words["handle"]),
        "title": words["title"],
        "lang": words["lang"],
        "brand": card["brand"],
        "type": words["type"],
        "price": price_view(selling["price"], edition),
        "picture": pictures[0] if pictures else None,
        "hover_picture": pictures[1] if len(pictures) > 1 else None,
        "colors": [_color(color, words) for color in card["colors"]],
        "colors_more": card["colors_more"],
        "badges": selling["badges"],
        "rating": rating_view(card["rating"], edition),
        "available": selling["available"],
    }


def _color(color: Json, words: Json) -> Json:
    return {"name": words["terms"].get(color["name"], color["name"]), "hex": color["hex"]}


def listing_entry(card: Json, edition: Edition) -> Json:
    """A product in ``collection.data_url``."""
    view = card_view(card, edition)
    shared = ("url", "title", "brand", "price", "colors", "colors_more", "badges", "rating")
    return {
        **{name: view[name] for name in shared},
        **_language(view),
        "picture": _thumbnail(view["picture"]),
        "facets": {key: [facet_value(value) for value in values] for key, values in card["facets"].items()},
        "created": card["created"],
    }


def search_entry(card: Json, edition: Edition) -> Json:
    """A product in ``search.index_url``."""
    view = card_view(card, edition)
    translated = card["words"][edition.locale]["terms"]
    terms = [translated.get(value, value) for values in card["facets"].values() for value in values]
    return {
        **{name: view[name] for name in ("url", "title", "brand", "price")},
        **_language(view),
        "picture": _thumbnail(view["picture"]),
        "text": " ".join(dict.fromkeys(term.lower() for term in terms)),
    }


def _language(view: Json) -> Json:
    """The language of a title that is not in the page's; most are."""
    return {"lang": view["lang"]} if view["lang"] else {}


def _thumbnail(picture: Json | None) -> Json | None:
    if picture is None:
        return None
    best = picture["sources"][0]
    small = best["srcset"].split(" ", maxsplit=1)[0] or best["src"]
    return {"src": small, "srcset": best["srcset"], **{name: picture[name] for name in ("width", "height", "alt")}}


@lru_cache(maxsize=4_096)
def facet_value(value: str) -> str:
    """The value of a facet as it stands in a fragment: ``Cat-eye`` is ``cat-eye``."""
    return make_handle(value) or value.lower().replace(" ", "-")
