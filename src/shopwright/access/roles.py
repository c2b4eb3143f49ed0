"""The roles there are. What each may do stands in ``access.permission``, in one table."""

from enum import StrEnum, unique


@unique
class Role(StrEnum):
    """What somebody is in their tenant; a person has one. ``operator`` is a role of the platform's own tenant only."""

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    ANALYST = "analyst"
    VIEWER = "viewer"
    OPERATOR = "operator"
