"""The boundary between tenants: each has a picture cache of its own, which no other one's build can name."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from shopwright.errors import SettingsError

LOCAL_TENANT = "local"
"""The one tenant of a machine that builds only its own stores."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True, slots=True)
class TenantCache:
    """One tenant's ``folder``: shared by its builds and its stores, and by nobody else.

    What is known by its content's hash could be shared by all. Then the time a build takes would tell whether another
    tenant has the same picture, and a decoder that one tenant's picture took over could change what others publish.
    """

    folder: Path

    @classmethod
    def of(cls, root: Path, tenant: str = LOCAL_TENANT) -> Self:
        """The cache of ``tenant`` below ``root``. Raises SettingsError for a name that could be a path."""
        if not _NAME.fullmatch(tenant):
            raise SettingsError(
                f"unusable tenant name for a cache: {tenant[:80]!r}.", remedy="Use lower-case letters, digits, hyphens."
            )
        return cls(root / "tenants" / tenant)
