"""What the people of a store know of and accept for a while, as ``store.yaml`` says it."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from shopwright.catalog.product import Name, Value


class Waiver(Value):
    """Findings of the audit that do not stop publishing until a day: those of one rule, on pages like ``pages``."""

    rule: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60, description="A rule of the audit")]
    pages: Annotated[
        str, Field(min_length=1, max_length=500, description="Addresses or file names; * stands for anything")
    ] = "*"
    reason: Name
    until: Annotated[dt.date, Field(strict=False, description="The last day it counts")]
