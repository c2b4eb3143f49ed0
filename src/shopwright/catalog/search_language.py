"""Languages as search engines take them: a language, a script, a country of ISO 3166-1; never a region of the UN."""

from collections.abc import Iterable


def search_language(locale: str) -> str:
    """The hreflang of a locale: ``de-AT`` as it is, ``es-419`` as ``es``, since search engines know countries only."""
    region = locale.rpartition("-")[2]
    return locale.removesuffix(f"-{region}") if region.isdigit() else locale


def refuse_alike(locales: Iterable[str]) -> None:
    """Raise ``ValueError`` for two locales that search engines cannot tell apart."""
    seen: dict[str, str] = {}
    for locale in locales:
        other = seen.setdefault(search_language(locale), locale)
        if other != locale:
            raise ValueError(f"search engines cannot tell {other} and {locale} apart: keep one of them")
