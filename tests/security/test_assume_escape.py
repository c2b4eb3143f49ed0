"""Assume that a template has escaped from Jinja: what can its code do in a real, locked-down worker? Compute."""

import asyncio
import textwrap

import pytest
from tests.security.confined import EDITIONS, EscapedZygotes, theme_of

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.confinement.lockdown import confinement_level
from shopwright.template_engine.confinement.messages import PageRequest, Setup
from shopwright.template_engine.confinement.pages import ConfinedPages
from shopwright.template_engine.confinement.pool import RenderPool

pytestmark = pytest.mark.skipif(
    not confinement_level().complete, reason="this system does not filter system calls: " + str(confinement_level())
)

SECRET = "needle-5f1d0c"
THEME = theme_of(page="")

SYSCALL = "import ctypes; library = ctypes.CDLL(None, use_errno=True);"

DENIED = {
    "read a file": "open('/etc/passwd')",
    "write a file": "open('/tmp/escaped', 'w')",
    "list a folder": "import os; os.listdir('/')",
    "look for a file": "import os; os.stat('/etc/passwd')",
    "read a link": "import os; os.readlink('/proc/self/exe')",
    "where am I": "import os; os.getcwd()",
    "read its own memory": "open('/proc/self/mem', 'rb')",
    "read its parent's environment": "open('/proc/1/environ', 'rb')",
    "open a terminal": "open('/dev/tty', 'w')",
}
KILLED = {
    "socket": "import socket; socket.socket()",
    "connect": SYSCALL + "library.connect(0, b'', 0)",
    "fork": "import os; os.fork()",
    "exec": "import os; os.execv('/bin/sh', ['sh'])",
    "shell": "import os; os.system('id')",
    "spawn": "import os; os.posix_spawn('/bin/id', ['id'], {})",
    "thread": "import _thread; _thread.start_new_thread(print, ())",
    "kill": "import os; os.kill(1, 0)",
    "kill itself": "import os; os.kill(os.getpid(), 9)",
    "ptrace": SYSCALL + "library.ptrace(16, 1, 0, 0)",
    "read another process": SYSCALL + "library.syscall(310, 1, 0, 0, 0, 0, 0)",
    "memfd_create": "import os; os.memfd_create('x')",
    "setuid": "import os; os.setuid(0)",
    "prctl": SYSCALL + "library.prctl(4, 1, 0, 0, 0)",
    "seccomp": SYSCALL + "library.syscall(317, 0, 0, 0)",
    "raise a limit": "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "unlink": "import os; os.unlink('/tmp/x')",
    "mkdir": "import os; os.mkdir('/tmp/x')",
    "rename": "import os; os.rename('/tmp/x', '/tmp/y')",
    "chmod": "import os; os.chmod('/tmp', 0o777)",
    "pipe": "import os; os.pipe()",
    "dup": SYSCALL + "library.dup(0)",
    "io_uring": SYSCALL + "library.syscall(425, 8, 0)",
    "bpf": SYSCALL + "library.syscall(321, 0, 0, 0)",
    "unshare": SYSCALL + "library.unshare(0x10000000)",
    "mount": SYSCALL + "library.mount(0, b'/', 0, 0, 0)",
    "send a file descriptor": SYSCALL + "library.sendmsg(0, b'', 0)",
    "user fault": SYSCALL + "library.syscall(323, 0)",
    "signal handler": "import signal; signal.signal(signal.SIGUSR1, print)",
    "alarm": "import signal; signal.alarm(1)",
    "sleep": "import time; time.sleep(1)",
    "priority": "import os; os.nice(1)",
    "executable memory": SYSCALL + "library.mmap(None, 4096, 5, 0x22, -1, 0)",
    "memory made executable": SYSCALL + "library.mprotect(ctypes.c_void_p(id(0) & ~4095), 4096, 5)",
    "the other numbering of system calls": SYSCALL + "library.syscall(0x40000000 | 39)",
}


@pytest.fixture(scope="module")
def zygotes():
    with EscapedZygotes() as made:
        yield made


@pytest.fixture(scope="module")
def pages(zygotes):
    with ConfinedPages(THEME, EDITIONS, zygotes=zygotes) as made:
        yield made


def run(pages, code, **context):
    """What ``result`` is after the code ran in the worker."""
    return pages.html("page.html", "en", {"code": textwrap.dedent(code), **context})


def test_code_does_run_in_the_worker(pages):
    """Else everything below would be denied for the wrong reason."""
    assert run(pages, "import sys; result = sum(range(10)) + len(context['text'])", text="ab") == "47"


@pytest.mark.parametrize("code", DENIED.values(), ids=DENIED)
def test_a_file_is_out_of_reach(pages, code):
    with pytest.raises(ThemeError, match="PermissionError"):
        run(pages, code)
    assert run(pages, "result = 1") == "1"


@pytest.mark.parametrize("code", KILLED.values(), ids=KILLED)
def test_what_is_not_computing_ends_the_worker(pages, code):
    """One page is lost, with a clear message; the next one renders."""
    with pytest.raises(ThemeError, match=r"^page\.html: it made its worker ask the system for what is not allowed"):
        run(pages, code)
    assert run(pages, "result = 1") == "1"


def test_it_has_one_open_file_and_that_is_its_socket(pages):
    code = """
    import os
    closed = []
    for number in range(64):
        try:
            os.write(number, b"")
        except OSError as error:
            closed.append(error.errno)
    result = len(closed), set(closed)
    """
    assert run(pages, code) == "(63, {9})"


def test_its_environment_holds_no_secret(monkeypatch):
    monkeypatch.setenv("SHOPWRIGHT_DATABASE_PASSWORD", SECRET)
    code = "import os; result = sorted(os.environ)"
    with EscapedZygotes() as zygotes, ConfinedPages(THEME, EDITIONS, zygotes=zygotes) as pages:
        assert run(pages, code) == "['LC_ALL', 'MALLOC_ARENA_MAX', 'PYTHONPATH']"


def test_memory_is_bounded(pages):
    assert run(pages, "result = len(bytes(40 << 20))") == str(40 << 20)
    with pytest.raises(RenderLimitHit, match=r"^page\.html: it needs more than 47 MiB of memory"):
        run(pages, "bytes(49 << 20)")
    assert run(pages, "result = 1") == "1"


SCAN = """
import ctypes
kept = context.get("text")
break_ = ctypes.CDLL(None).sbrk
break_.restype = ctypes.c_void_p
backwards = ("terces-" + context["half"][::-1]).encode()
result = 0
for start, end, name in memory:
    end = break_(0) if name == "[heap]" else end
    result += ctypes.string_at(start, end - start)[::-1].count(backwards)
"""
"""Counts a text in memory; it is looked for backwards, so that what is looked for is not found."""


def test_a_worker_of_another_tenant_knows_nothing_of_the_one_before(zygotes):
    """One place for both, one after the other: all memory the second worker began with is searched, freed or not."""

    async def both():
        setup = Setup.of(THEME, EDITIONS)
        async with RenderPool(width=1, places=1, zygotes=zygotes) as pool:
            pool._seats._most = 1

            async def found(tenant, half, **context):
                context = {"code": SCAN, "half": half, **context}
                return int((await pool.render(setup, PageRequest("page.html", "en", context), tenant)).html)

            return (
                await found("first", "blue", text="blue-secret " * 1_000),
                await found("second", "blue"),
                await found("second", "green", text="green-secret " * 1_000),
            )

    own, others, own_again = asyncio.run(both())
    assert others == 0
    assert own >= 1_000
    assert own_again >= 1_000
