"""What one pass over all cards tells about the whole catalogue: facets, neighbours, and what the home page shows."""

import heapq
from collections import defaultdict
from typing import Any

from shopwright.generation.spool import EVERYTHING

Json = dict[str, Any]

SHOWN_ON_HOME = 8
NEWS_LENGTH = 50
"""Most products of the RSS of new ones."""
RELATED = 4
MAX_FACET_VALUES = 40
MAX_FACETS = 8
_FACET_ORDER = ("color", "shape", "size", "rim", "material", "type", "brand")


class Overview:
    """Filled by ``add`` with every card in catalogue order; read afterwards."""

    def __init__(self) -> None:
        self._facets: dict[str, dict[str, dict[str, Json]]] = defaultdict(lambda: defaultdict(dict))
        self._groups: dict[str, list[tuple[str, str, int, int]]] = defaultdict(list)
        self._group_of: list[str] = []
        self._places: list[int] = []
        self._featured: list[int] = []
        self._first: list[int] = []
        self._newest: list[tuple[str, int]] = []
        self.first_picture: dict[str, Json] = {}

    def add(self, position: int, card: Json, collections: list[str], option_names: dict[str, str]) -> None:
        """Count a product. ``collections`` are the handles it stands in, its main one first."""
        for collection in dict.fromkeys((*collections, EVERYTHING)):
            self._count(collection, card, option_names)
            if card["pictures"]:
                self.first_picture.setdefault(collection, card["pictures"][0])
        asked = next(iter(card["selling"].values()))["price"]
        price = asked["amount"] if asked else 0
        shape = card["facets"].get("shape", [""])[0]
        group = collections[0] if collections else EVERYTHING
        self._groups[group].append((shape, card["type"] or "", price, position))
        self._group_of.append(group)
        self._choose(position, card)

    def _count(self, collection: str, card: Json, option_names: dict[str, str]) -> None:
        hexes = {color["name"]: color["hex"] for color in card["colors"]}
        for key, values in card["facets"].items():
            counted = self._facets[collection][key]
            for value in values:
                entry = counted.setdefault(
                    value, {"count": 0, "hex": None, "words": {}, "name": option_names.get(key, key)}
                )
                entry["count"] += 1
                entry["hex"] = entry["hex"] or hexes.get(value)
                for locale, words in card["words"].items():
                    if value in words["terms"]:
                        entry["words"].setdefault(locale, words["terms"][value])

    def _choose(self, position: int, card: Json) -> None:
        if len(self._first) < SHOWN_ON_HOME:
            self._first.append(position)
        if card["featured"] and len(self._featured) < SHOWN_ON_HOME:
            self._featured.append(position)
        if card["created"]:
            heapq.heappush(self._newest, (card["created"], -position))
            if len(self._newest) > NEWS_LENGTH:
                heapq.heappop(self._newest)

    def featured(self) -> list[int]:
        """Positions of the products the home page shows first."""
        return self._featured or self._first

    def newest(self, most: int = SHOWN_ON_HOME) -> list[int]:
        """Positions of the newest products that say when they were created, at most ``NEWS_LENGTH``."""
        return [-position for _, position in sorted(self._newest, reverse=True)[:most]]

    def facets(self, collection: str) -> list[Json]:
        """The facets of a collection that have something to choose from, the most common values first."""
        known = {key: values for key, values in self._facets[collection].items() if len(values) > 1}
        keys = sorted(known, key=lambda key: (_FACET_ORDER.index(key) if key in _FACET_ORDER else 99, key))
        return [_facet(key, known[key]) for key in keys[:MAX_FACETS]]

    def sort(self) -> None:
        """Put likes beside likes; call once, after the last ``add``."""
        self._places = [0] * len(self._group_of)
        for group in self._groups.values():
            group.sort()
            for place, (_, _, _, position) in enumerate(group):
                self._places[position] = place

    def related(self, position: int) -> list[int]:
        """Positions of the products most like one: its neighbours by shape, type and price in its main collection."""
        group, place = self._groups[self._group_of[position]], self._places[position]
        around = (place + step for distance in range(1, RELATED + 1) for step in (distance, -distance))
        near = [group[index][3] for index in around if 0 <= index < len(group)]
        return near[:RELATED]


def _facet(key: str, values: dict[str, Json]) -> Json:
    ranked = sorted(values.items(), key=lambda item: (-item[1]["count"], item[0]))[:MAX_FACET_VALUES]
    if all(value.isdecimal() for value in values):
        ranked.sort(key=lambda item: int(item[0]))
    shown = [
        {"value": value, "count": entry["count"], "hex": entry["hex"], "words": entry["words"]}
        for value, entry in ranked
    ]
    return {"key": key, "name": ranked[0][1]["name"], "values": shown}
