"""What requests and answers are made of."""

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue

T = TypeVar("T")


class Wire(BaseModel):
    """A part of a request or of an answer: nothing else may be in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_timedelta="iso8601")


class Listing(Wire, Generic[T]):
    """A page of a list; ``next`` is the cursor of the page after it, null after the last."""

    items: list[T]
    next: str | None = None


class Problem(BaseModel):
    """What cannot be done, and why (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:shopwright:problem:not-kept",
                    "title": "The catalogue does not hold it",
                    "status": 404,
                    "detail": "there is none.",
                    "where": "product 'round' of shop",
                }
            ]
        }
    )

    type: str
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str = ""
    where: str = ""
    remedy: str = ""


def example(**values: JsonValue) -> ConfigDict:
    """The configuration of a part with an example."""
    return ConfigDict(json_schema_extra={"examples": [values]})
