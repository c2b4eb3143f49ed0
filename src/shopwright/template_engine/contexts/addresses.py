"""Values whose beginning decides what they are: addresses, files of the theme, names of elements."""

import re

from shopwright.template_engine.contexts.spot import Phase

ADDRESS_NAME = "url"
"""A value of this name, or of one that ends in ``_url``, is an address: nothing else may be bound to such a name."""

MOST_SAID = 200
"""Characters of an address before it is clear where it leads."""

_SITE = frozenset({"home", "search", "cart", "collections"})

_DECIDED = re.compile(
    r"[#?]|\.{1,2}/"  # of this page, or beside it
    r"|/[\w.~?#%-]"  # of this site; a second slash would be the name of a host
    r"|[\w.~-]+[/?#]"  # beside this page: no scheme can follow a slash
    r"|(?ai:mailto|tel):"
    r"|(?ai:https?)://[\w.-]+(?::[0-9]+)?[/?#]"
)
_UNDECIDED = re.compile(r"/?|[\w.~-]+|\.{1,2}|(?ai:https?):(?:/{1,2}|//[\w.:-]+)?")
_OWN_FILE = re.compile(r"#|/(?:[\w.~-]|$)")


def is_address_name(name: str) -> bool:
    """Whether values of this name are addresses wherever they come from: ``context.py`` checks them as data."""
    return name == ADDRESS_NAME or name.endswith("_" + ADDRESS_NAME)


def is_site_address(owner: str, name: str) -> bool:
    """Whether ``owner.name`` is one of the theme API's addresses with a name of its own, such as ``site.home``."""
    return owner == "site" and name in _SITE


def is_whole_address(text: str) -> bool:
    """Whether a text is an address that may stand in a page."""
    said = say_address(Phase.START, "", text)
    return said is not None


def say_address(phase: Phase, said: str, text: str) -> tuple[Phase, str] | None:
    """How far an address is said after some more of it; none if it cannot be allowed."""
    if not text or phase is Phase.OPEN:
        return phase, said
    if phase is Phase.CLOSED:
        return (Phase.OPEN, "") if text[0] in "?#&" else None
    said += text
    if _DECIDED.match(said):
        return Phase.OPEN, ""
    return (Phase.PARTIAL, said) if len(said) <= MOST_SAID and _UNDECIDED.fullmatch(said) else None


def say_file(phase: Phase, said: str, text: str) -> tuple[Phase, str] | None:
    """The same for the address of a script, a style sheet or a symbol: it leads to this site's own files."""
    if not text:
        return phase, said
    if phase is Phase.CLOSED:
        return (phase, said) if text[0] in "?#" else None
    said = (said + text)[:2]
    return (Phase.PARTIAL, said) if _OWN_FILE.match(said) else None


def say_name(phase: Phase, said: str, text: str) -> tuple[Phase, str] | None:
    """The same for an id or a name: once it began with a word and a hyphen, no value makes it one of the DOM's own."""
    if not text or phase is Phase.OPEN:
        return phase, said
    return (Phase.OPEN, "") if re.search(r"[\w]-", (said + text)[-MOST_SAID:]) else (Phase.PARTIAL, text[-1])
