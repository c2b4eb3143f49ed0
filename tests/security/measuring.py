"""Runs templates one after another, each in a process of its own, and says what each did and what it cost.

``python -m tests.security.measuring`` reads ``[policy, templates]`` from each line and answers with a line of
``{"verdict", "why", "cpu", "grown"}``: seconds of processor time, and MiB above a process that renders one word.
"""

import contextlib
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

MOST_MEMORY = 2 << 30
MOST_SECONDS = 20
CONTEXT = {"page": {"title": "Page"}, "items": [{"title": "A & B", "price": 1200}, {"title": "C", "price": 3}]}


def measure(probes, *, policy):
    """What each of many sets of templates did, in their order; ``policy`` says whether they are checked before."""
    lines = "".join(f"{json.dumps([policy, templates])}\n" for templates in probes)
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.measuring"],
        input=lines,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def try_page(policy, templates):
    """Check and render the template ``page.html``: ``refused``, ``limited`` or ``rendered``, and why."""
    from tests.security.confined import EDITIONS

    from shopwright.errors import RenderLimitHit, ThemeError
    from shopwright.template_engine.api import THEME_FUNCTIONS
    from shopwright.template_engine.metering.environment import make_metered_environment
    from shopwright.template_engine.pages import Pages
    from shopwright.template_engine.policy.check import check_policy

    named = {f"{name}.html": source for name, source in templates.items()}
    if policy:
        refusals = check_policy(named, named.keys(), THEME_FUNCTIONS)
        if refusals:
            return "refused", str(refusals[0])
    pages = Pages(make_metered_environment(named), EDITIONS)
    try:
        pages.html("page.html", "en", CONTEXT)
    except RenderLimitHit as error:
        return "limited", str(error)
    except ThemeError as error:
        return "failed", str(error)
    return "rendered", ""


def _measured(policy, templates):
    """A child process does it; its parent is told by the kernel what that cost."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        answer = ("crashed", "")
        with contextlib.suppress(BaseException):
            try:
                answer = try_page(policy, templates)
            except BaseException as error:  # noqa: BLE001 - whatever a template did is the answer
                answer = ("crashed", f"{type(error).__name__}: {error}"[:500])
            with os.fdopen(writing, "w") as pipe:
                json.dump([answer[0], answer[1][:500]], pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status, usage = os.wait4(child, 0)
    verdict, why = json.loads(said) if said else ("killed", f"by signal {os.WTERMSIG(status)}")
    return {"verdict": verdict, "why": why, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}


def main():
    """Answer every line of standard input."""
    try_page(True, {"page": "{{ page.title }}{% if page.missing is defined %}{% endif %}"})
    idle = _measured(True, {"page": "word"})["peak"]
    for line in sys.stdin:
        policy, templates = json.loads(line)
        answer = _measured(policy, templates)
        answer["grown"] = answer.pop("peak") - idle
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
