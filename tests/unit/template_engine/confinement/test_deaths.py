import signal

import pytest

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.confinement.deaths import ended, too_slow


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (70, ThemeError, "the worker could not be confined."),
        (-signal.SIGXCPU, RenderLimitHit, "its worker used 120 s of CPU."),
        (-signal.SIGSYS, ThemeError, "it made its worker ask the system for what is not allowed."),
        (-signal.SIGSEGV, ThemeError, "its worker ended (SIGSEGV)."),
        (0, ThemeError, "its worker ended (status 0)."),
        (None, ThemeError, "its worker ended (status None)."),
    ],
)
def test_a_death_says_why(status, kind, said):
    error = ended("page.html", status)
    assert type(error) is kind
    assert (error.what, error.where) == (said, "page.html")
    assert error.remedy


def test_too_slow_is_a_limit():
    assert str(too_slow("page.html")) == "page.html: it takes longer than 5 s. Show less on one page."
