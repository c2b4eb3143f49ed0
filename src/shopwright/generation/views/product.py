"""A product page's values."""

from functools import cached_property
from typing import Any

from shopwright.catalog.text import make_handle
from shopwright.generation.cards import COLOR_OPTIONS, rating_of
from shopwright.generation.edition import Edition, Words
from shopwright.generation.offers import OfferFacts, offers_of
from shopwright.generation.prices import shown
from shopwright.generation.views.alternative_text import gallery_texts
from shopwright.generation.views.card import rating_view
from shopwright.generation.views.picture import picture_view
from shopwright.template_engine.formats import format_day, format_number
from shopwright.template_engine.rich import rich_markup

Json = dict[str, Any]

_MEASURES = ("lens_width", "bridge", "temple", "lens_height", "frame_width")
_MAKE = ("shape", "rim", "material")


class ProductView:
    """The values of one product in one locale. ``pictures`` maps picture sources to prepared picture records.

    ``handle`` is the product's in this locale's addresses. ``offers`` are the facts of its variants, in their order;
    ``chosen`` is the variant that is shown first, ``offer`` what is offered with it.
    """

    def __init__(self, record: Json, pictures: dict[str, Json], edition: Edition, handle: str | None = None) -> None:
        self.record = record
        self.edition = edition
        self.words: Words = edition.words(record)
        self.variants: list[Json] = record.get("variants", [])
        self.offers: list[OfferFacts] = offers_of(record, edition, handle or self.words.handle)
        self._prepared = pictures
        self.sources = self._gallery_sources()
        place = self._chosen()
        self.chosen = None if place is None else self.variants[place]
        self.offer = None if place is None else self.offers[place]

    def _gallery_sources(self) -> list[str]:
        given = [picture["source"] for picture in self.record.get("pictures", [])]
        given += [variant["picture"] for variant in self.variants if variant.get("picture")]
        return [source for source in dict.fromkeys(given) if source in self._prepared]

    def _chosen(self) -> int | None:
        """The place of the variant shown first: the first that can be bought, else the first."""
        buyable = (place for place, offer in enumerate(self.offers) if offer.buyable)
        return next(buyable, 0 if self.offers else None)

    def pictures(self) -> list[Json]:
        """The gallery."""
        return self._gallery

    @cached_property
    def _gallery(self) -> list[Json]:
        texts = gallery_texts(self.record, self.sources, self.edition)
        return [
            picture_view(self._prepared[source], text, self.edition)
            for source, text in zip(self.sources, texts, strict=True)
        ]

    def price(self, offer: OfferFacts | None) -> Json | None:
        """The price of an offer."""
        if offer is None or offer.asked is None:
            return None
        shows_lowest = bool(self.edition.site.store["shows_lowest_price"])
        return shown(offer.asked, self.edition.locale, varies=False, shows_lowest=shows_lowest)

    def availability(self, offer: OfferFacts | None) -> Json:
        """The availability of an offer, in words; out of stock without one."""
        code = offer.availability if offer else "out_of_stock"
        return {"code": code, "label": self.edition.say(f"availability.{code}")}

    def picture_index(self, variant: Json | None) -> int | None:
        """Where a variant's picture stands in the gallery."""
        source = variant.get("picture") if variant else None
        return self.sources.index(source) if source in self.sources else None

    def options(self) -> list[Json]:
        """The options with their values; the chosen variant's values are checked."""
        return [self._option(place, name) for place, name in enumerate(self.record.get("options", []))]

    def _option(self, place: int, name: str) -> Json:
        chosen = self.chosen["options"][place] if self.chosen else None
        values: dict[str, Json] = {}
        for variant, offer in zip(self.variants, self.offers, strict=True):
            value = variant["options"][place]
            color = variant.get("color") or {}
            entry = values.setdefault(
                value,
                {
                    "value": value,
                    "label": self.words.term(value),
                    "hex": color.get("hex") if name.lower() in COLOR_OPTIONS else None,
                    "checked": value == chosen,
                    "available": False,
                },
            )
            entry["available"] = entry["available"] or offer.buyable
        return {"name": name, "label": self._option_label(name), "values": list(values.values())}

    def _option_label(self, name: str) -> str:
        """The name of an option; colour, where nobody has translated it, as the page's language spells it."""
        is_color = name.lower() in COLOR_OPTIONS and not self.words.has_term(name)
        return self.edition.say("facet.color") if is_color else self.words.term(name)

    def frame(self) -> Json | None:
        """What ``frame_drawing`` draws."""
        frame = self.record.get("frame")
        if not frame:
            return None
        measures = {key: frame.get(f"{key}_mm") for key in _MEASURES}
        spoken = ", ".join(f"{measure['label']} {measure['value']}" for measure in self.measures())
        shape = make_handle(frame["shape"]) if frame.get("shape") else None
        return {**measures, "shape": shape, "label": spoken, "unit": self.edition.say("unit.mm", value="").strip()}

    def millimetres(self) -> list[tuple[str, float]]:
        """The measures of a frame that are lengths, by their names in words."""
        frame = self.record.get("frame") or {}
        lengths = ((measure["label"], frame.get(f"{measure['key']}_mm")) for measure in self._measures)
        return [(label, length) for label, length in lengths if length]

    def measures(self) -> list[Json]:
        """The measures of a frame in words."""
        return self._measures

    @cached_property
    def _measures(self) -> list[Json]:
        frame = self.record.get("frame") or {}
        say, locale = self.edition.say, self.edition.locale
        entries = [
            {
                "key": key,
                "label": say(f"measure.{key}"),
                "value": say("unit.mm", value=format_number(millimetres, 1, locale)),
            }
            for key in _MEASURES
            if (millimetres := frame.get(f"{key}_mm"))
        ]
        if frame.get("weight_g"):
            weight = say("unit.g", value=format_number(frame["weight_g"], 1, locale))
            entries.append({"key": "weight", "label": say("measure.weight"), "value": weight})
        return entries

    def details(self) -> list[Json]:
        """What else is known of the product: make, type, and the catalogue's own fields."""
        say, frame, words = self.edition.say, self.record.get("frame") or {}, self.words
        known = [(say(f"detail.{key}"), words.term(frame[key])) for key in _MAKE if frame.get(key)]
        if self.record.get("product_type"):
            known.append((say("detail.type"), words.term(self.record["product_type"])))
        if self.record.get("brand"):
            known.append((say("detail.brand"), self.record["brand"]))
        if self.chosen and self.chosen.get("gtin"):
            known.append((say("detail.gtin"), self.chosen["gtin"]))
        known += [(words.term(key), words.term(value)) for key, value in self.custom().items()]
        return [{"label": label, "value": value} for label, value in known]

    def custom(self) -> dict[str, str]:
        """The catalogue's own fields that are meant for shoppers: a plain name and a short value."""
        given: dict[str, str] = self.record.get("custom", {})
        return {
            key: value for key, value in given.items() if ":" not in key and "(" not in key and 0 < len(value) <= 200
        }

    def reviews(self) -> list[Json]:
        """The reviews, the page's language first."""
        ranked = sorted(self.record.get("reviews", []), key=lambda review: review.get("locale") != self.edition.locale)
        return [
            {
                "author": review["author"],
                "rating": review["rating"],
                "title": review.get("title", ""),
                "body": review.get("body", ""),
                "date": review.get("date"),
                "day": format_day(review["date"], self.edition.locale) if review.get("date") else None,
                "sample": review.get("sample", False),
                "locale": review.get("locale"),
            }
            for review in ranked
        ]

    def data(self, url: str) -> Json:
        """What ``#product-data`` holds."""
        pictures = self.pictures()
        return {
            "handle": self.record["handle"],
            "url": url,
            "title": self.words.title,
            "options": [self.words.term(name) for name in self.record.get("options", [])],
            "variants": [self._variant_data(*each) for each in zip(self.variants, self.offers, strict=True)],
            "thumbnail": pictures[0]["sources"][0]["srcset"].split(" ")[0] or pictures[0]["sources"][0]["src"]
            if pictures
            else None,
        }

    def _variant_data(self, variant: Json, offer: OfferFacts) -> Json:
        color = variant.get("color")
        return {
            "id": variant["id"],
            "item": offer.item,
            "options": variant.get("options", []),
            "labels": [self.words.term(value) for value in variant.get("options", [])],
            "sku": variant.get("sku"),
            "price": self.price(offer),
            "availability": self.availability(offer),
            "buyable": offer.buyable,
            "picture": self.picture_index(variant),
            "color": {"name": self.words.term(color["name"]), "hex": color.get("hex")} if color else None,
        }

    def values(self, url: str) -> Json:
        """The name ``product`` of the theme API, without ``related`` and ``members``."""
        record, words, edition = self.record, self.words, self.edition
        external = None
        if record.get("external_url"):
            label = record.get("external_label") or edition.say("product.external")
            external = {"url": record["external_url"], "label": label}
        return {
            "handle": record["handle"],
            "title": words.title,
            "brand": record.get("brand"),
            "type": words.term(record["product_type"]) if record.get("product_type") else None,
            "summary": words.summary,
            "description_lang": words.lang("description"),
            "description": rich_markup(words.description),
            "kind": record.get("kind", "standard"),
            "external": external,
            "price": self.price(self.offer),
            "availability": self.availability(self.offer),
            "condition": self.record.get("condition", "new"),
            "item": self.offer.item if self.offer else None,
            "sku": self.offer.sku if self.offer else None,
            "buyable": bool(self.offer and self.offer.buyable),
            "pictures": self.pictures(),
            "picture_index": self.picture_index(self.chosen) or 0,
            "options": self.options(),
            "frame": self.frame(),
            "measures": self.measures(),
            "details": self.details(),
            "rating": rating_view(rating_of(record), edition),
            "reviews": self.reviews(),
            "data": self.data(url),
        }
