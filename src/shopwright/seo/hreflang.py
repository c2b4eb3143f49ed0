"""Languages as search engines take them: a language, a script, a country of ISO 3166-1; never a region of the UN."""

from collections.abc import Iterable

DEFAULT = "x-default"


def hreflang(locale: str) -> str:
    """The value for a locale: ``de-AT`` as it is, ``es-419`` as ``es``, since search engines know countries only."""
    region = locale.rpartition("-")[2]
    return locale.removesuffix(f"-{region}") if region.isdigit() else locale


def refuse_same(locales: Iterable[str]) -> None:
    """Raise ``ValueError`` for two locales that search engines cannot tell apart."""
    seen: dict[str, str] = {}
    for locale in locales:
        other = seen.setdefault(hreflang(locale), locale)
        if other != locale:
            raise ValueError(f"search engines cannot tell {other} and {locale} apart: keep one of them")


def alternates(versions: Iterable[tuple[str, str]], default_locale: str) -> list[tuple[str, str]]:
    """The links of a page that stands at (locale, absolute address): each version, then ``x-default``.

    A page that stands alone has none.
    """
    given = list(versions)
    if len(given) < 2:
        return []
    links = [(hreflang(locale), url) for locale, url in given]
    return [*links, *((DEFAULT, url) for locale, url in given if locale == default_locale)]
