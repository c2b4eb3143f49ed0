"""Checks of the audit log."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from shopwright.audit.log_file import AuditLog, segment_files
from shopwright.audit.record import RecordSink
from shopwright.audit.verification import last_entries, verify_log
from shopwright.errors import ThemeError
from shopwright.generation.showcase.stores import sample_stores, write_store_folder
from shopwright.performance.command import measure_command
from shopwright.template_engine.confinement.pages import ConfinedPages
from shopwright.template_engine.confinement.spawn import Worker, Zygotes
from shopwright.template_engine.theme import load_theme
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

OPERATIONS = {
    *(("template.check", "success"), ("template.refuse", "failure"), ("template.activate", "success")),
    *(("template.render", "success"), ("template.limit", "failure"), ("template.kill", "failure")),
}
"""What must be in the log afterwards. A theme is handed in by its folder, so there is no upload yet."""

_SECRET = "a-word-of-the-template"  # noqa: S105 - what must not be in the log
_HEROES = {
    "endless": "{% for a in range(1000) %}{% for b in range(1000) %}{{ a }}{% endfor %}{% endfor %}",
    "refused": f"{{{{ '{_SECRET}'.upper() }}}}",
}


@check("T6")
def every_operation_is_recorded(checkout: Checkout) -> Result:
    """Do every operation with a theme nobody has to trust; look for its record; then change the log in every way."""
    work = checkout.work / "audit"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    _operate(work, checkout.work / "cache")
    log = work / "state" / "audit"
    _have_one_killed(work / "mine", AuditLog(log).append)
    entries = last_entries(log, 1_000)
    done = OPERATIONS & {(entry["event.action"], entry["event.outcome"]) for entry in entries}
    named = all(entry.get("user.id") or entry["event.action"] == "template.kill" for entry in entries)
    silent = not any(_SECRET in str(entry) for entry in entries)
    verdicts = [_is_found(log, work / "changed", lines) for lines in _changes(log)]
    return Result(
        f"{len(done)} of {len(OPERATIONS)} operations in {len(entries)} records; "
        f"{sum(verdicts)} of {len(verdicts)} changes to the log found",
        passed=done == OPERATIONS and named and silent and all(verdicts) and not verify_log(log).faults,
    )


def _operate(work: Path, cache: Path) -> None:
    store, theme = write_store_folder(work / "store", sample_stores()[1]), work / "mine"
    build = ("build", store, "--out", work / "site", "--theme", f"{theme}/", "--date", "2026-06-01")
    _run(work, cache, "theme", "new", "mine", "--dir", theme)
    _run(work, cache, "theme", "check", theme)
    _run(work, cache, *build)
    for hero in _HEROES.values():
        (theme / "templates" / "_hero.html").write_text(hero, "utf-8")
        _run(work, cache, *build)


def _run(work: Path, cache: Path, *words: str | Path) -> None:
    """Run a command; some are meant to fail."""
    places = (f"SHOPWRIGHT_STATE={work / 'state'}", f"SHOPWRIGHT_CACHE={cache}")
    measure_command(["env", *places, sys.executable, "-m", "shopwright", *words], folder=work)


class _Stuck(Zygotes):
    """Its workers stand still, as after a bug that no limit inside them sees."""

    def fork(self, locales: tuple[str, ...] = ()) -> Worker:
        worker = super().fork(locales)
        os.kill(worker.pid, signal.SIGSTOP)
        return worker


def _have_one_killed(theme: Path, record: RecordSink) -> None:
    with _Stuck() as zygotes, ConfinedPages(load_theme(f"{theme}/"), {}, record=record, zygotes=zygotes) as pages:
        try:
            pages.html("home.html", "en", {})
        except ThemeError:
            return


def _changes(log: Path) -> Iterator[list[bytes]]:
    """The lines of the log with each one changed, taken out, given twice, and cut off with all that follow."""
    lines = [line for segment in segment_files(log) for line in segment.read_bytes().splitlines(keepends=True)]
    for place, line in enumerate(lines):
        before, after = lines[:place], lines[place + 1 :]
        yield [*before, line.replace(b'"event.outcome":"', b'"event.outcome":"x', 1), *after]
        yield [*before, *after]
        yield [*before, line, line, *after]
        yield before
        if after:
            yield [*before, after[0], line, *after[1:]]


def _is_found(log: Path, copy: Path, lines: list[bytes]) -> bool:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(log, copy)
    segment_files(copy)[0].write_bytes(b"".join(lines))
    return bool(verify_log(copy).faults)
