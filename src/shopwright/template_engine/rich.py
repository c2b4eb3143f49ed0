"""Rich text on its way into templates."""

from markupsafe import Markup


def rich_markup(sanitised: str) -> Markup:
    """Rich text as markup, which templates print as it is.

    ``sanitised`` is text that ``catalog.rich_text`` made: its tags have no attributes, so it needs no quote characters.
    They become references here, so that it cannot end a quoted value in which a template might print it.
    """
    return Markup(sanitised.replace('"', "&#34;").replace("'", "&#39;"))  # noqa: S704 - sanitised where it was read
