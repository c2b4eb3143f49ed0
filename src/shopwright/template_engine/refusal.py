"""What the checks of templates find: a rule that a template breaks, with its place and a way out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """One thing a template may not do. ``line`` counts from 1; ``rule`` is a name of ``docs/reference``'s tables.

    ``what`` says what is not allowed, ``instead`` what to write in its place.
    """

    template: str
    line: int
    rule: str
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.template}, line {self.line}: {self.what} {self.instead} [{self.rule}]"
