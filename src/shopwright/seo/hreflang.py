"""The links between the versions of a page in all languages."""

from collections.abc import Iterable

from shopwright.catalog.search_language import search_language

DEFAULT = "x-default"


def alternates(versions: Iterable[tuple[str, str]], default_locale: str) -> list[tuple[str, str]]:
    """The links of a page that stands at (locale, absolute address): each version, then ``x-default``.

    A page that stands alone has none.
    """
    given = list(versions)
    if len(given) < 2:
        return []
    links = [(search_language(locale), url) for locale, url in given]
    return [*links, *((DEFAULT, url) for locale, url in given if locale == default_locale)]
