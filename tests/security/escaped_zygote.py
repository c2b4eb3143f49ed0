"""A zygote whose workers are confined as all others, and then run the Python code that a page's context holds.

Only tests start it: the product has no way to run such code, nor to render without metering.
"""

from pathlib import Path

from shopwright.template_engine.confinement.worker import serve
from shopwright.template_engine.confinement.zygote import main


def writable_memory():
    """(start, end) of what a worker's memory is made from; the heap is the one that grows."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, rights, *_, name = line.split(maxsplit=5) + [""] * (6 - len(line.split(maxsplit=5)))
        if rights.startswith("rw") and not name.startswith(("[stack", "[v")):
            start, end = (int(each, 16) for each in span.split("-"))
            yield start, end, name


MEMORY = list(writable_memory())


def open_press(setup):
    names = {"memory": MEMORY}

    def answer(request):
        names["context"] = request["context"]["data"]
        exec(request["context"]["data"]["code"], names)
        return {"html": str(names.get("result", "")), "fuel": 0, "cpu_ms": 0.0}

    return answer


if __name__ == "__main__":
    main(lambda stream: serve(stream, open_press))
