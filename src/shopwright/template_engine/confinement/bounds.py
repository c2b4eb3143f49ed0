"""What a confined worker may take (requirement T5); the reference is ``docs/reference/rendering.md``."""

SECONDS = 5.0
"""Wall-clock time of one page; past it the worker is killed from outside."""

STARVED = 0.05
"""Share of that time in processor time below which a busy machine is to blame and not the page: 0.25 s render any."""

PATIENCE = 3
"""How many times ``SECONDS`` a page may take then. A worker cannot sleep, so that a runaway is hardly ever starved."""

MEMORY = 47 << 20
"""Bytes of address space above what an idle worker has: 49.3 million, below the 50 that a render may take."""

CPU_SECONDS = 120
"""Processor time of one worker in its life: the kernel's own end of a runaway whose parent is gone."""

RETIREMENT_MS = 100_000.0
"""Processor time after which a worker is replaced between two pages, long before ``CPU_SECONDS``."""

MAX_PAGE = 4 << 20
"""Bytes of a rendered page."""

MAX_REQUEST = 32 << 20
"""Bytes of a message to a worker: a theme with the facts of its editions, or the context of a page."""

MAX_ANSWER = 6 * MAX_PAGE + (64 << 10)
"""Bytes of a message from a worker: JSON may need six for one (``\\\\u001f``)."""

MAX_WORDS = 2_000
"""Characters of each part of an error a worker reports."""
