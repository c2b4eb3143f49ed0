"""The line: how long its stages take, what they made and what was there already, what the gate found, what was sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from shopwright.performance.metrics import SLOW, Label, counter, histogram
from shopwright.performance.tracing import span

STAGES = ("read", "pictures", "theme", "cards", "pages", "trade", "audit", "write", "upload", "switch", "purge")
"""Of a build, and of publishing it, in their order."""

STAGE = histogram("shopwright_stage_seconds", "How long a stage of a build took", [Label("stage", STAGES)], SLOW)
FILES = counter("shopwright_files_total", "Files of built sites", [Label("how", ("written", "reused", "removed"))])
PICTURES = counter("shopwright_pictures_total", "Pictures of built sites", [Label("how", ("made", "reused", "failed"))])
FAULTS = counter(
    "shopwright_faults_total", "What builds found wrong", [Label("severity", ("error", "warning", "info"))]
)
UPLOADED = counter("shopwright_uploaded_total", "Files sent to where stores are published")
UPLOADED_BYTES = counter("shopwright_uploaded_bytes_total", "Bytes sent to where stores are published")


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Measure the block as one of ``STAGES``, and trace it."""
    with span(f"stage {name}"), STAGE.timed(name):
        yield
