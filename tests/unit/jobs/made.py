"""Jobs for tests, as they are kept."""

import datetime as dt

from shopwright.jobs.documents import JobDocument, JobEvent, Order

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def made(**changes):
    """A queued job of the store luna."""
    job = JobDocument(
        id="0" * 32,
        store="luna",
        order=Order(store="luna"),
        cause="request",
        by="ann",
        state="queued",
        slot="queued",
        open=True,
        due=NOW,
        attempts=0,
        taken=0,
        most_attempts=5,
        worker="",
        cancelling=False,
        last=1,
        events=(JobEvent(number=1, at=NOW, state="queued"),),
        reason=None,
        revision=None,
        report="",
        release=None,
        ledger="",
        asked=NOW,
        begun=None,
        ended=None,
    )
    return job.model_copy(update=changes)
