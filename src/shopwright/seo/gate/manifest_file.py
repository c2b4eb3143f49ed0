"""Rules on web app manifests (W3C Web Application Manifest)."""

import re
from collections.abc import Iterator
from typing import Any

import orjson

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.languages import is_language, runs_right_to_left
from shopwright.seo.gate.notes import read_notes
from shopwright.seo.gate.rules.rule import Finding
from shopwright.seo.gate.share_pictures import picture_size

Json = dict[str, Any]

_MANIFEST = "manifest.webmanifest"
_ICON_SIZES = frozenset({"192x192", "512x512"})
_DISPLAYS = frozenset({"standalone", "fullscreen", "minimal-ui", "browser"})
_PURPOSES = frozenset({"any", "maskable", "monochrome"})
_TYPES = {"png": "image/png", "svg": "image/svg+xml", "webp": "image/webp", "jpg": "image/jpeg", "ico": "image/x-icon"}
_COLOR = re.compile(r"#(?:[0-9a-f]{3,4}){1,2}|[a-z]+(?:\([^()]*\))?", re.IGNORECASE)
_BEGINNING = 64 << 10


def manifest_findings(site: BuiltSite) -> Iterator[Finding]:
    """What is broken in them."""
    for name in [each for each in site.files.values() if each.rpartition("/")[2] == _MANIFEST]:
        try:
            manifest = orjson.loads(site.read(name) or b"")
        except orjson.JSONDecodeError as error:
            yield Finding(name, "manifest", str(error))
            continue
        said = manifest if isinstance(manifest, dict) else {}
        for key in ("name", "start_url", "display", "icons"):
            if not said.get(key):
                yield Finding(name, "manifest", f"no {key}")
        start = str(said.get("start_url") or "")
        if start and start not in site.files:
            yield Finding(name, "manifest", f"start_url {start[:200]} is no page of the site")
        if said.get("display", "browser") not in _DISPLAYS:
            yield Finding(name, "manifest", f"display is {str(said['display'])[:40]!r}")
        if not start.startswith(str(said.get("scope") or "/")):
            yield Finding(name, "manifest", f"start_url {start[:100]} is not in the scope {str(said['scope'])[:100]}")
        listed = said.get("icons")
        yield from (Finding(name, "manifest", what) for what in _told(site, said, start))
        yield from _icons(site, name, listed if isinstance(listed, list) else [])


def _told(site: BuiltSite, said: Json, start: str) -> Iterator[str]:
    """What it says in another language than its start page, or of another site, or in no colour."""
    language, page = str(said.get("lang") or ""), site.pages.get(start)
    if language and not is_language(language):
        yield f"lang is {language[:40]!r}"
    elif language and page and read_notes(page).lang.lower() != language.lower():
        yield f"lang is {language[:40]!r}, its start page is in {read_notes(page).lang[:40]!r}"
    if language and "dir" in said and (said["dir"] == "rtl") is not runs_right_to_left(language):
        yield f"dir is {str(said['dir'])[:20]!r}, lang {language[:40]!r}"
    for key in ("background_color", "theme_color"):
        if not _COLOR.fullmatch(str(said.get(key, "#fff"))):
            yield f"{key} is {str(said[key])[:40]!r}"
    own = str(said.get("id", "/"))
    if not own.startswith("/") or own.startswith("//"):
        yield f"id {own[:200]} is no address of the site"


def _icon(site: BuiltSite, icon: Json) -> Iterator[str]:
    """Where an icon is not what is said of it."""
    source, kind = str(icon["src"]), str(icon.get("type", ""))
    size = picture_size(site.read(site.files[source], _BEGINNING) or b"")
    sizes = str(icon.get("sizes", "")).split()
    if size and sizes and f"{size[0]}x{size[1]}" not in sizes:
        yield f"is {size[0]}x{size[1]}, not {' '.join(sizes)[:40]}"
    if kind and _TYPES.get(source.rpartition(".")[2], kind) != kind:
        yield f"is no {kind[:40]}"
    wrong = set(str(icon.get("purpose", "any")).split()) - _PURPOSES
    if wrong:
        yield f"has the purpose {min(wrong)[:40]!r}"


def _icons(site: BuiltSite, name: str, listed: list[object]) -> Iterator[Finding]:
    icons = [each if isinstance(each, dict) else {} for each in listed]
    for icon in icons:
        if str(icon.get("src")) not in site.files:
            yield Finding(name, "manifest", f"the icon {str(icon.get('src'))[:200]} is not there")
            continue
        yield from (
            Finding(name, "manifest", f"the icon {str(icon['src'])[:200]} {what}") for what in _icon(site, icon)
        )
    lost = _ICON_SIZES - {size for icon in icons for size in str(icon.get("sizes")).split()}
    if icons and lost:
        yield Finding(name, "manifest", f"no icon of {', '.join(sorted(lost))}")
