"""What is recorded of rendering: one record per batch of pages, per limit hit, per worker that was killed or died."""

import signal
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from shopwright.audit.forms import Scalar
from shopwright.audit.record import Record
from shopwright.errors import RenderLimitHit
from shopwright.template_engine.confinement.messages import Failed, Rendered, Setup
from shopwright.template_engine.policy.allowed import POLICY_VERSION

BATCH = 100
"""Pages that share a record at most."""


@cache
def _engine_version() -> str:
    return version("shopwright")


class Journal:
    """Makes the records of one tenant and one setup. Raises ``AuditLogError`` for a tenant that no record can name."""

    def __init__(self, setup: Setup, tenant: str) -> None:
        self._setup = setup
        self._tenant = tenant
        self._pages = self._fuel = self._bytes = 0
        self._cpu_ms = 0.0
        self._record("template.render", "unknown", "", {})

    def rendered(self, page: Rendered) -> Record | None:
        """Count a page; the record of the batch it completes."""
        self._pages += 1
        self._fuel += page.fuel
        self._bytes += page.bytes
        self._cpu_ms += page.cpu_ms
        return self.batch() if self._pages >= BATCH else None

    def batch(self) -> Record | None:
        """The record of the pages since the last one; None where there were none."""
        if not self._pages:
            return None
        fields = {
            "render.pages": self._pages,
            "render.fuel": self._fuel,
            "render.cpu_ms": round(self._cpu_ms, 3),
            "render.bytes": self._bytes,
        }
        self._pages = self._fuel = self._bytes = 0
        self._cpu_ms = 0.0
        return self._record("template.render", "success", "", fields)

    def failed(self, template: str, page: Failed) -> Record:
        """The record of a page that could not be rendered: a limit (``memory`` or ``metering``), or an ``error``."""
        limited = isinstance(page.error, RenderLimitHit)
        reason = "memory" if page.spent else "metering" if limited else "error"
        return self._record(
            "template.limit" if limited else "template.render", "failure", reason, self._named(template)
        )

    def killed(self, template: str, pid: int, reason: str, status: int | None) -> Record:
        """The record of a worker that was killed (``time``) or ended by itself (``died``).

        ``status`` is minus a signal's number, or an exit status, or None if it is not known.
        """
        fields = {**self._named(template), "worker.pid": pid}
        if status is not None and status < 0:
            fields["process.signal"] = signal.Signals(-status).name
        elif status is not None:
            fields["process.exit_code"] = status
        return self._record("template.kill", "failure", reason, fields)

    def _named(self, template: str) -> dict[str, Scalar]:
        return {"template.name": template} if template in self._setup.templates else {}

    def _record(self, action: str, outcome: str, reason: str, fields: Mapping[str, Scalar]) -> Record:
        shared: dict[str, Scalar] = {
            "theme.name": self._setup.theme,
            "file.hash.sha256": self._setup.theme_digest,
            "policy.version": POLICY_VERSION,
            "engine.version": _engine_version(),
        }
        return Record(action, outcome, reason, self._tenant, fields={**shared, **fields})
