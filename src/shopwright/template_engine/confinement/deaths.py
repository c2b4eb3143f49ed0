"""What a page's caller is told when its worker was killed, or ended by itself."""

import signal

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.confinement.bounds import CPU_SECONDS, SECONDS
from shopwright.template_engine.confinement.zygote import FAILED


def too_slow(template: str) -> RenderLimitHit:
    """Of a page whose worker was killed because it took too long."""
    return RenderLimitHit(f"it takes longer than {SECONDS:g} s.", where=template, remedy="Show less on one page.")


def ended(template: str, status: int | None) -> ThemeError:
    """Of a page whose worker ended without an answer; ``status`` is minus a signal's number, None if not known."""
    if status == FAILED:
        remedy = "Templates that are not trusted do not render here: see docs/explain/untrusted-templates.md."
        return ThemeError("the worker could not be confined.", where=template, remedy=remedy)
    if status == -signal.SIGXCPU:
        return RenderLimitHit(f"its worker used {CPU_SECONDS} s of CPU.", where=template, remedy="Simplify it.")
    if status == -signal.SIGSYS:
        return ThemeError(
            "it made its worker ask the system for what is not allowed.",
            where=template,
            remedy="Simplify the template.",
        )
    name = signal.Signals(-status).name if status is not None and status < 0 else f"status {status}"
    return ThemeError(f"its worker ended ({name}).", where=template, remedy="Try again, or simplify the template.")
