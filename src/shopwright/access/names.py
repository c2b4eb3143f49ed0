"""Names people give: to themselves, to a passkey, to a service key. They are shown to others, on terminals too."""

from shopwright.errors import AccountError


def tidy_name(text: str, least: int = 1, most: int = 100) -> str:
    """A name without spaces around it. Raises ``AccountError`` for other lengths, and for what steers a terminal."""
    name = text.strip()
    if not least <= len(name) <= most or not name.isprintable():
        raise AccountError("This is no name", remedy=f"Give {least} to {most} characters that can be printed.")
    return name
