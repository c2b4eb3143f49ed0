"""Attributes that know a few words only, and what browsers make of any other: something else than was meant."""

import re
from collections.abc import Iterator, Mapping

_split = str.split

_WORDS: Mapping[str, frozenset[str]] = {
    name: frozenset(_split(words))
    for name, words in {
        "crossorigin": "anonymous use-credentials",
        "decoding": "sync async auto",
        "draggable": "true false",
        "enterkeyhint": "enter done go next previous search send",
        "hidden": "hidden until-found",
        "inputmode": "none text decimal numeric tel search email url",
        "kind": "subtitles captions descriptions chapters metadata",
        "method": "get post dialog",
        "popover": "auto manual hint",
        "popovertargetaction": "toggle show hide",
        "preload": "none metadata auto",
        "referrerpolicy": "no-referrer no-referrer-when-downgrade same-origin origin strict-origin "
        "origin-when-cross-origin strict-origin-when-cross-origin unsafe-url",
        "scope": "row col rowgroup colgroup",
        "spellcheck": "true false",
        "translate": "yes no",
    }.items()
}
_MAY_BE_EMPTY = frozenset({"crossorigin", "hidden", "popover", "preload", "referrerpolicy", "spellcheck", "translate"})
_TYPES: Mapping[str, frozenset[str]] = {
    "button": frozenset({"button", "submit", "reset"}),
    "input": frozenset(
        _split(
            "button checkbox color date datetime-local email file hidden image month number password radio range reset "
            "search submit tel text time url week"
        )
    ),
}
_TIME = re.compile(
    r"\d{4}(-\d\d(-\d\d)?)?|\d\d-\d\d|\d{4}-W\d\d"
    r"|(\d{4}-\d\d-\d\d[T ])?\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?"
    r"|P[0-9DTHMSW.]+"
)


def wrong_words(element: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """Values that an attribute of an element does not know (HTML Standard, 2.3.3 and the attribute's own section)."""
    for name in _WORDS.keys() & attributes.keys():
        value = attributes[name].strip().lower()
        if value not in _WORDS[name] and not (not value and name in _MAY_BE_EMPTY):
            yield f'{name}="{value[:40]}" on {element}'
    kinds = _TYPES.get(element)
    if kinds and attributes.get("type", "submit").lower() not in kinds:
        yield f'type="{attributes["type"][:40]}" on {element}'
    if element == "time" and "datetime" in attributes and not _TIME.fullmatch(attributes["datetime"].strip()):
        yield f'datetime="{attributes["datetime"][:40]}" on time'
