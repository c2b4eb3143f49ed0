"""The second tier: pictures get the files that a first build leaves out, for as long as there is time."""

import math
import time
from collections.abc import Callable

from shopwright.asset_pipeline.workshop import PictureRequest, PictureWorkshop
from shopwright.catalog.faults import Fault, Report, Severity
from shopwright.generation.spool import Spool

Tick = Callable[[], None]

NOTHING = 0.0
EVERYTHING = math.inf
"""Seconds for the second tier: none, or as many as it takes."""


def complete_pictures(spool: Spool, workshop: PictureWorkshop, seconds: float, report: Report, tick: Tick) -> int:
    """Make what pictures still lack, beginning none after ``seconds``; how many got something.

    A picture that is made is kept at once, so the next build goes on where this one stopped, however it was stopped.
    """
    if not seconds:
        return 0
    end = time.monotonic() + seconds
    completed = 0
    requests = (PictureRequest(*wanted) for wanted in spool.pictures())
    for request, picture, error in workshop.complete(requests, lambda: time.monotonic() < end):
        if error:
            message = f"{request.source[:200]}: shown without its larger files: {error}"
            report.add(Fault("picture-incomplete", Severity.WARNING, message, value=request.source))
        completed += picture is not None
        tick()
    workshop.rest()
    return completed
