"""Interface text: one YAML file per language, addressed by dotted keys."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from shopwright.errors import ThemeError
from shopwright.template_engine.formats import format_number, plural_category, regions_of

FALLBACK = "en"
"""The language of texts that a locale does not have."""

_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Texts:
    """The interface text of one locale. ``entries`` maps dotted keys to a text or to a text per plural category."""

    locale: str
    entries: Mapping[str, str | Mapping[str, str]]
    translated: bool

    def say(self, key: str, **values: object) -> str:
        """The text for a key with ``{name}`` places filled in; ``count`` chooses the plural. Plain text, not HTML."""
        entry = self.entries.get(key)
        if entry is None:
            raise ThemeError(
                f"there is no interface text {key!r}.", where=self.locale, remedy="Add it to the locale file."
            )
        if not isinstance(entry, str):
            count = values.get("count", 0)
            number = count if isinstance(count, int) else 0
            entry = entry.get(plural_category(number, self.locale)) or entry["other"]
            values["count"] = format_number(number, 0, self.locale)
        return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), entry) if values else entry

    def places(self, key: str) -> list[str]:
        """The names of the values a text needs, in the order it has them; of a plural, those of ``other``."""
        entry = self.entries[key]
        return _PLACE.findall(entry if isinstance(entry, str) else entry["other"])

    def starting_with(self, prefix: str) -> dict[str, Any]:
        """Every entry whose key starts with a prefix: what scripts are given."""
        return {key: entry for key, entry in self.entries.items() if key.startswith(prefix)}


def load_texts(locale: str) -> Texts:
    """The texts of a locale: what its own file, its region's and its language's say, the first that does; else English.

    A file of a region holds only what its language says otherwise: ``en-001`` the spelling of most English.
    """
    files_read = [_read(code) for code in (*regions_of(locale), locale.partition("-")[0])]
    own = [entries for entries in files_read if entries is not None]
    merged: dict[str, str | Mapping[str, str]] = {**(_read(FALLBACK) or {})}
    for entries in reversed(own):
        merged |= entries
    return Texts(locale, merged, translated=bool(own))


@cache
def _read(locale: str) -> dict[str, str | Mapping[str, str]] | None:
    file = files("shopwright.template_engine") / "locales" / f"{locale}.yaml"
    return _flatten(yaml.safe_load(file.read_text("utf-8"))) if file.is_file() else None


_PLURALS = {"zero", "one", "two", "few", "many", "other"}


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str | Mapping[str, str]]:
    flat: dict[str, str | Mapping[str, str]] = {}
    for key, value in tree.items():
        if isinstance(value, str) or set(value) <= _PLURALS:
            flat[prefix + key] = value
        else:
            flat |= _flatten(value, f"{prefix}{key}.")
    return flat
