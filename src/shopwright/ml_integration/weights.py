"""What recommendations go by, and how much each counts: a tenant's own choice, checked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from shopwright.errors import FaceError

Weight = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False, strict=True)]


class Weights(BaseModel):
    """How much each part counts, beside the others: 0 leaves it out. All parts run from 0 to 1, or -1 to 1.

    ``diversity`` is what a frame loses for being like one above it. ``sold_out``: whether frames that cannot be bought
    are recommended at all; they stand below all others then.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    compatibility: Weight = 1.0
    co_views: Weight = 0.4
    popularity: Weight = 0.2
    price: Weight = 0.2
    diversity: Weight = 0.3
    sold_out: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _some(self) -> "Weights":
        if not self.compatibility + self.co_views + self.popularity + self.price:
            raise ValueError("at least one weight besides diversity must be above 0")
        return self


def read_weights(given: object) -> Weights:
    """Weights as a tenant gives them: a mapping. Raises ``FaceError`` that names the wrong one."""
    try:
        return Weights.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(("weights", *map(str, first["loc"])))
        raise FaceError(
            f"A weight cannot be used: {first['msg']}.", where=where[:200], remedy="Use 0 to 10."
        ) from error
