"""JSON merge patches (RFC 7396): how an exported file carries what its format has no column for."""

from typing import Any

Json = dict[str, Any]


def make_patch(old: Json, new: Json) -> Json:
    """The patch that turns one JSON object into another. Values are never ``None`` in either."""
    patch: Json = {name: None for name in old if name not in new}
    for name, value in new.items():
        if name not in old:
            patch[name] = value
        elif isinstance(value, dict) and isinstance(old[name], dict):
            if inner := make_patch(old[name], value):
                patch[name] = inner
        elif value != old[name]:
            patch[name] = value
    return patch


def apply_patch(target: Json, patch: Json) -> Json:
    """The object with a patch applied; the arguments stay as they are."""
    result = dict(target)
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            inner = result.get(name)
            result[name] = apply_patch(inner if isinstance(inner, dict) else {}, value)
        else:
            result[name] = value
    return result
