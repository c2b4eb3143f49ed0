"""What is kept of an experiment: which variants of a store shoppers are shown, and how many of them each."""

from typing import Annotated, Literal

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Moment, Part, Query, Reference

State = Literal["draft", "running", "stopped"]

StoreHandle = Annotated[str, Field(min_length=1, max_length=150)]
Handle = Annotated[str, Field(min_length=1, max_length=150)]
ExperimentId = Annotated[str, Field(pattern=r"^[^/]{1,150}/[^/]{1,150}$")]
"""Store and name: ``luna/round-first``."""


class Arm(Part):
    """One variant of an experiment; it is shown to ``weight`` of the sum of all weights."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    weight: Annotated[int, Field(ge=0, le=1_000_000)]


class ExperimentDocument(Document):
    """An experiment of a store: ``products`` are the handles of those whose pages it touches."""

    id: ExperimentId
    store: StoreHandle
    variants: Annotated[tuple[Arm, ...], Field(min_length=1, max_length=20)]
    state: State
    products: Annotated[tuple[Handle, ...], Field(max_length=1_000)]
    changed: Moment


IN_STATE = Query("in_state", equality=("store", "state"), sort=("id",))
TOUCHING = Query("touching", equality=("store", "products"))

EXPERIMENTS = DocumentType(
    "experiments",
    ExperimentDocument,
    queries=(IN_STATE, TOUCHING),
    references=(
        Reference("store", "stores", "cascade"),
        Reference("products", "products", "detach", key="handle", within=("store",)),
    ),
)
