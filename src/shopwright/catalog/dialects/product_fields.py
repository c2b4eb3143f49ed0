"""Readings that the dialects share: handles, titles, colours and spectacle measures."""

from hashlib import blake2s

from shopwright.catalog.draft import Draft, Import
from shopwright.catalog.eyewear import is_color, read_frame
from shopwright.catalog.fault_rules import fault
from shopwright.catalog.row import Row
from shopwright.catalog.text import make_handle


def handle_from(*texts: str) -> str:
    """A handle from the first text that has a letter a-z or a digit; else a stable one from the first text's hash."""
    made = next((handle for text in texts if (handle := make_handle(text))), "")
    return made or f"product-{blake2s(texts[0].encode(), digest_size=4).hexdigest()}"


def claim_handle(head: Row, name: str, title: str, run: Import) -> str:
    """A safe handle that no other product of this source has."""
    text = head.get(name)
    wanted = handle_from(text or head.get(title), head.get(title))
    handle = run.free_handle(wanted)
    if handle != wanted:
        run.note("handle-taken", head, name, f"The handle {wanted!r} belongs to another product already.")
    elif text and handle != text:
        run.note("handle-changed", head, name, f"{text[:80]!r} is not a safe handle: it becomes {handle!r}.")
    return handle


def title_or_handle(head: Row, name: str, handle: str, run: Import) -> str:
    """The title of a product, its handle if there is none."""
    if not head.get(name):
        run.note("title-missing", head, name, "The product has no title.")
    return head.get(name) or handle


def option_names(rows: list[Row]) -> dict[int, str]:
    """Option names by their place 1 to 3; Shopify's single ``Default Title`` is no option."""
    names: dict[int, str] = {}
    for place in (1, 2, 3):
        name = next((row.get(f"option{place} name") for row in rows if row.get(f"option{place} name")), "")
        values = {value for row in rows if (value := row.get(f"option{place} value"))}
        if values and not (place == 1 and values <= {"Default Title"} and name in ("", "Title")):
            names[place] = name or f"Option {place}"
    return names


def option_values(draft: Draft, row: Row, places: tuple[int, ...], run: Import) -> tuple[str, ...]:
    """The option values of a row, one per option of the product."""
    values = [row.get(f"option{place} value") for place in places]
    for index, value in enumerate(values):
        if not value:
            run.note("option-missing", row, f"option{places[index]} value", f"There is no {draft.options[index][:80]}.")
            values[index] = "Default"
    return tuple(values)


def color_of(names: list[str], values: tuple[str, ...]) -> dict[str, str] | None:
    """The colour among option values."""
    found = (value for name, value in zip(names, values, strict=True) if is_color(name))
    return next(({"name": value[:300]} for value in found), None)


def add_frame(draft: Draft, run: Import) -> None:
    """Move spectacle measures from the custom fields into the frame."""
    custom = draft.fields["custom"]
    frame, used, unread = read_frame(custom)
    for name in unread:
        found = f"{custom[name][:40]!r} is no measure."
        run.report.add(fault("measure-invalid", found, draft.rows[0].number, name, custom[name]))
    draft.fields["frame"] = frame
    draft.fields["custom"] = {name: text for name, text in custom.items() if name not in used}
    _move_color(draft)


def take_color(custom: dict[str, str]) -> dict[str, str] | None:
    """The colour among custom fields, which loses it; a list of colours is none."""
    name = next((name for name, text in custom.items() if is_color(name) and "," not in text), None)
    return {"name": custom.pop(name)[:300]} if name else None


def _move_color(draft: Draft) -> None:
    """A custom field that names one colour is the colour of the variants, unless they have their own."""
    if draft.variants and not any(variant.fields.get("color") for variant in draft.variants):
        color = take_color(draft.fields["custom"])
        for variant in draft.variants:
            variant.fields["color"] = color


def beyond_head(row: Row, head: Row) -> dict[str, str]:
    """The custom fields in which a row of a variant differs from the first row of its product."""
    shared = head.extras()
    return {name: text for name, text in row.extras().items() if shared.get(name) != text}
