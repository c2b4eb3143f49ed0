"""A tenant's look: what its stores take where their own ``store.yaml`` says nothing."""

from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator

from shopwright.catalog.market import KnownCurrency, Market, refuse_confused
from shopwright.catalog.product import Picture, Value
from shopwright.catalog.search_language import refuse_alike
from shopwright.catalog.store import Hex, Store
from shopwright.catalog.text import LocaleCode, PlainText
from shopwright.errors import SettingsError

LOGOS = ("logo", "logo_dark")
_MARKET = ("locales", "currency", "markets")

ThemeName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
FileName = Annotated[str, Field(pattern=r"^brand-[0-9a-f]{16}\.(?:avif|gif|jpeg|jpg|png|svg|webp)$")]


class Look(Value):
    """What is None or empty is not given. ``logo`` and ``logo_dark`` name files that are kept beside it."""

    accent: Hex | None = None
    accent_dark: Hex | None = None
    exact: bool = False
    logo: FileName | None = None
    logo_dark: FileName | None = None
    logo_text: Annotated[PlainText, Field(max_length=200)] = ""
    theme: ThemeName | None = None
    locales: Annotated[tuple[LocaleCode, ...], Field(max_length=50)] = ()
    currency: KnownCurrency | None = None
    markets: Annotated[tuple[Market, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Look":
        if len(set(self.locales)) < len(self.locales):
            raise ValueError("a locale stands twice")
        refuse_alike(self.locales)
        refuse_confused(self.markets, self.locales)
        return self

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that belong to it."""
        return tuple(dict.fromkeys(name for name in (self.logo, self.logo_dark) if name))

    def on(self, store: Store) -> Store:
        """A store with this look wherever it gives none of its own, and none that is other than the default.

        Locales, currency and markets belong together: a store that has markets keeps all three as they are, and of a
        store that has any of them no markets are changed.
        """
        changes = {**self._trade(store), **self._brand(store)}
        if self.theme and "theme" not in _given(store):
            changes["theme"] = self.theme
        if not changes:
            return store
        return Store.model_validate({**store.model_dump(exclude_unset=True), **changes})

    def _trade(self, store: Store) -> dict[str, Any]:
        own = {name: getattr(self, name) for name in _MARKET if getattr(self, name)}
        given = _given(store).intersection(_MARKET)
        if "markets" in given:
            return {}
        return {name: value for name, value in own.items() if not given or (name != "markets" and name not in given)}

    def _brand(self, store: Store) -> dict[str, Any]:
        """Colours are taken together, logos too: a dark one of one brand never stands beside a light one of another."""
        brand: dict[str, Any] = {}
        if self.accent and not store.brand.accent:
            brand |= {"accent": self.accent, "accent_dark": self.accent_dark, "exact": self.exact}
        if self.logo and not store.brand.logo:
            brand |= {name: self._picture(getattr(self, name)) for name in LOGOS}
        return {"brand": {**store.brand.model_dump(exclude_unset=True), **brand}} if brand else {}

    def _picture(self, name: str | None) -> Picture | None:
        return Picture(source=name, alt=self.logo_text) if name else None


def _given(store: Store) -> set[str]:
    """What a store says otherwise than the default: who keeps it keeps only that."""
    fields = Store.model_fields
    return {name for name in store.model_fields_set if getattr(store, name) != fields[name].default}


def read_look(values: dict[str, Any]) -> Look:
    """A look of plain values. Raises ``SettingsError`` that names each that is wrong."""
    try:
        return Look.model_validate(values)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)[:5]
        told = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)
        raise SettingsError(f"It is no look: {told}", where="brand", remedy="See docs/reference/brand.md.") from None
