"""Who changes a catalogue: the caller, now."""

from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.tenant_life import utc_now
from shopwright.catalog.versions.revision import Author


def author_of(inside: Inside) -> Author:
    """The caller as the catalogue's log names them: by their id."""
    return Author(inside.caller.user, utc_now())
