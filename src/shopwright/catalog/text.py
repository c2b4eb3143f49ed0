"""Plain text, handles, locales and addresses as they may stand in a catalogue."""

import re
import unicodedata
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from pydantic import AfterValidator, Field

from shopwright.catalog.territory import countries, suggested_country

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+")
_NOT_HANDLE = re.compile(r"[^a-z0-9]+")
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"}
)


def is_plain(text: str) -> str:
    """Return the text, or raise ``ValueError`` for control characters, lone surrogates and noncharacters."""
    if text.isascii() and text.isprintable():
        return text
    found = _FORBIDDEN.search(text)
    if found:
        raise ValueError(f"character U+{ord(found.group()):04X} at position {found.start()} is not allowed in text")
    return text


def clean_text(text: str) -> str:
    """Plain text from a foreign file: forbidden characters dropped, line ends and composition normalised, trimmed."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", text)).strip()


def make_handle(text: str) -> str:
    """A handle for any text: ``Café Noir, 52 mm`` becomes ``cafe-noir-52-mm``. Empty if nothing in it can be kept."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_SPELLED_OUT))
    ascii_only = folded.encode("ascii", "ignore").decode("ascii")
    return _NOT_HANDLE.sub("-", ascii_only).strip("-")[:150].rstrip("-")


@lru_cache(maxsize=1_000)
def _is_known_locale(code: str) -> bool:
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _tidy_locale(code: str) -> str:
    """A code with what CLDR calls its language and country today."""
    language, *others = code.split("-")
    renamed = get_global("language_aliases").get(language, language)
    language = renamed if renamed.isalpha() and len(renamed) == 2 else language
    region = others[-1] if others and len(others[-1]) == 2 else ""
    if region and region not in countries() and (meant := suggested_country(region)):
        others[-1] = meant
    return "-".join((language, *others))


def is_locale(code: str) -> str:
    """Return a BCP 47 code such as ``en`` or ``zh-Hant-TW``, or raise ``ValueError`` if CLDR has no such locale.

    The error names the right code for one that search engines ignore: ``en-GB`` for ``en-UK``, ``he`` for ``iw``.
    """
    if not _LOCALE.fullmatch(code):
        raise ValueError(f"{code[:20]!r} is not a locale such as en, de-AT or zh-Hant-TW")
    meant = _tidy_locale(code)
    if meant != code:
        raise ValueError(f"{code!r} is not a locale of BCP 47 today: write {meant}")
    region = code.rpartition("-")[2]
    if not _is_known_locale(code) or (len(region) == 2 and region.isupper() and region not in countries()):
        raise ValueError(f"{code!r} is not a locale that CLDR knows")
    return code


def is_web_address(address: str) -> str:
    """Return an absolute http(s) address without credentials, or raise ``ValueError``."""
    if any(character.isspace() or ord(character) < 32 for character in address):
        raise ValueError("an address has no spaces")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{address[:60]!r} is not an http or https address")
    if not _HOST.fullmatch(parts.hostname):
        raise ValueError(f"{parts.hostname[:60]!r} is not the name of a host")
    if parts.username or parts.password:
        raise ValueError("an address must not carry a user name or password")
    return address


def is_gtin(digits: str) -> str:
    """Return a GTIN whose check digit is right (GS1 General Specifications 7.9), or raise ``ValueError``."""
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", digits):
        raise ValueError(f"{digits[:20]!r} is not a GTIN of 8, 12, 13 or 14 digits")
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits[:-1])))
    if (10 - weighted % 10) % 10 != int(digits[-1]):
        raise ValueError(f"the check digit of GTIN {digits} is wrong")
    return digits


MAX_LOCAL_HANDLE = 200
"""Bytes of a handle in UTF-8: file systems bound a name to 255."""


def is_local_handle(text: str) -> str:
    """Return the part of an address in any script, such as ``lunettes-rondes`` or ``نظارات``, or raise ``ValueError``.

    Letters, marks and digits of any script, in lower case and composed (NFC), in words joined by single hyphens. What
    cannot be seen (joiners, directions) is refused: two addresses that look the same would be two addresses.
    """
    if unicodedata.normalize("NFC", text.lower()) != text:
        raise ValueError(f"{text[:40]!r} is not a handle: write it in lower case and composed (Unicode NFC)")
    words = text.split("-")
    if not all(word and all(unicodedata.category(letter)[0] in "LMN" for letter in word) for word in words):
        raise ValueError(f"{text[:40]!r} is not a handle: use letters, digits and single hyphens")
    if len(text.encode()) > MAX_LOCAL_HANDLE:
        raise ValueError(f"{text[:40]!r} is longer than {MAX_LOCAL_HANDLE} bytes in UTF-8")
    return text


PlainText = Annotated[str, AfterValidator(is_plain)]
Handle = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=150)]
LocalHandle = Annotated[PlainText, Field(max_length=MAX_LOCAL_HANDLE), AfterValidator(is_local_handle)]
LocaleCode = Annotated[str, AfterValidator(is_locale)]
WebAddress = Annotated[str, Field(max_length=2_000), AfterValidator(is_web_address)]
