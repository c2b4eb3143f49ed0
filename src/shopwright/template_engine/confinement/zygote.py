"""The zygote: a small process that knows no tenant, no theme and no secret, and is forked into workers.

It is started fresh with an empty environment, imports what rendering needs, and walks through the paths a template can
take (errors too: Jinja imports its traceback code on the first one), since a worker cannot read a file later. Then it
serves its one caller over a socket, in lines of JSON: ``{"fork": [locales]}`` gives ``{"pid": …}`` with the worker's
socket (and, on Linux, a handle of the process), ``{"end": pid}`` kills a worker and gives ``{"status": …}``. It ends,
and with it every worker, when the caller is gone.
"""

import gc
import io
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, cast

import orjson

from shopwright.template_engine.confinement.lockdown import Confinement, confinement_level, lock_down
from shopwright.template_engine.confinement.worker import open_press, serve
from shopwright.template_engine.formats import (
    format_day,
    format_money,
    format_number,
    format_reduction,
    plural_category,
)

Json = dict[str, Any]
Work = Callable[[IO[bytes]], None]

FAILED = 70
"""Exit status of a worker that could not be confined (``EX_SOFTWARE``)."""

_LINE = 16_384
"""Bytes of a request; a kernel passes that much in one piece."""

_REHEARSAL = {
    "layout.html": "<p>{% block main %}{% endblock %}</p>",
    "page.html": '{% extends "layout.html" %}{% block main %}{% for a in b %}{{ a|e }}{% endfor %}{% endblock %}',
    "broken.html": "{% if %}",
    "failing.html": "{{ nothing.at.all }}",
}


class Zygote:
    """Forks workers. ``work`` is what one does with its socket once it is locked down."""

    def __init__(self, control: socket.socket, work: Work) -> None:
        self._control = control
        self._work = work
        self._level = confinement_level()
        self._workers: set[int] = set()

    def serve(self) -> None:
        """Do what the caller asks until it is gone."""
        while line := self._control.recv(_LINE):
            request: Json = orjson.loads(line)
            if "fork" in request:
                self._fork(request["fork"])
            else:
                self._tell({"status": self._end(request["end"])})
        for worker in list(self._workers):
            self._end(worker)

    def _fork(self, locales: list[str]) -> None:
        for locale in locales:
            with suppress(Exception):  # of one that Babel does not know, the worker's pages will tell
                load_locale(locale)
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self._become_worker(theirs)
        self._workers.add(pid)
        theirs.close()
        handles = [ours.fileno()]
        if hasattr(os, "pidfd_open"):
            handles.append(os.pidfd_open(pid))
        self._tell({"pid": pid}, handles)
        ours.close()
        for handle in handles[1:]:
            os.close(handle)

    def _become_worker(self, theirs: socket.socket) -> None:
        status = FAILED
        with suppress(BaseException):
            run_worker(theirs, self._level, self._work)
            status = 0
        os._exit(status)

    def _end(self, worker: int) -> int | None:
        """Kill a worker and wait for it. Only then is its number free for another process.

        One that another zygote made is gone with that one, and its number may be anybody's: None.
        """
        if worker not in self._workers:
            return None
        self._workers.discard(worker)
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])

    def _tell(self, answer: Json, handles: list[int] | None = None) -> None:
        with suppress(BrokenPipeError):
            socket.send_fds(self._control, [orjson.dumps(answer)], handles or [])


def run_worker(theirs: socket.socket, level: Confinement, work: Work) -> None:
    """Give up everything but the socket, then work."""
    number = theirs.fileno()
    # Opened now, and never closed: both ask the system what may not be asked later.
    reader, writer = io.FileIO(number, "rb", closefd=False), io.FileIO(number, "wb", closefd=False)
    stream = io.BufferedRWPair(reader, writer)
    lock_down(number, level)
    work(cast(IO[bytes], stream))


def load_locale(code: str) -> None:
    """Have Babel read its data of a locale."""
    format_money(123_456, "EUR", code)
    format_number(1_234.5, 2, code)
    format_reduction(1, 2, code)
    format_day("2026-01-31", code)
    plural_category(2, code)


def rehearse() -> None:
    """Render a page, and meet the errors that templates make, so that everything they import is there."""
    facts = {"site": {"currency": "EUR"}, "site_data": {}, "texts": {}}
    answer = open_press({"templates": _REHEARSAL, "editions": {"en": facts}})
    for template in ("page.html", "broken.html", "failing.html", "missing.html"):
        with suppress(Exception):
            answer({"template": template, "locale": "en", "head": "", "context": {"data": {"b": [1]}, "rich": []}})
    load_locale("en")


def main(work: Work = serve) -> None:
    """Run as a zygote; its standard input is the socket of its caller. ``work`` is what workers do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the caller ends its zygote itself
    rehearse()
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=sys.stdin.fileno()) as control:
        control.sendall(b"{}")
        Zygote(control, work).serve()


if __name__ == "__main__":
    main()
