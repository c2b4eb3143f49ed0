"""Styles and scripts of a theme that does not come with Shopwright, minified by a bounded process (``code_worker``)."""

import base64
from collections.abc import Sequence

from shopwright.asset_pipeline.bundles import Source
from shopwright.asset_pipeline.one_shot import ask_once
from shopwright.errors import ThemeError

WORKER = "shopwright.asset_pipeline.code_worker"


def foreign_styles(sources: Sequence[Source]) -> list[bytes]:
    """As ``bundles.minified_styles``. Raises ThemeError also for what no process of bounded time and stack can read."""
    return _minified("styles", sources)


def foreign_scripts(sources: Sequence[Source]) -> list[bytes]:
    """As ``bundles.minified_scripts``. Raises ThemeError as ``foreign_styles``."""
    return _minified("scripts", sources)


def _minified(kind: str, sources: Sequence[Source]) -> list[bytes]:
    packed = [(name, base64.b64encode(data).decode()) for name, data in sources]
    answer = ask_once(WORKER, {"kind": kind, "sources": packed}) if packed else {"pieces": []}
    if answer is None:
        named = ", ".join(name for name, _ in sources[:3])
        remedy = "Nest less, and split long files."
        raise ThemeError(
            f"the {kind} need too much memory or time, or are nested too deeply.", where=named, remedy=remedy
        )
    if "error" in answer:
        what, where, remedy = answer["error"]
        raise ThemeError(what, where=where, remedy=remedy)
    return [piece.encode() for piece in answer["pieces"]]
