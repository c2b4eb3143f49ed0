"""Does the guidance table say what sources say that it never heard? A third of them is left out, again and again.

Three questions, each beside what always saying "recommended" scores:

- *settled cells*: where the other two thirds settle a cell (``guidance.Verdict.settled``) and at least two sources of
  the third speak with a majority: do both say the same?
- *spoken for*: of all statements of the third, those about cells the product settles (elsewhere it is silent).
- *every statement*: also where the product is silent, judged by the share of sources that advise against: a third of
  them is taken for a warning, since warnings are rare (one statement in seven) and so worth more.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from shopwright.ml_integration.guidance import Statements, Verdict, guidance, verdict_of

Statement = tuple[str, str, str, bool]
"""Face shape, frame shape, source, whether it recommends."""

WARNING = 1 / 3


@dataclass(frozen=True, slots=True)
class Agreement:
    """``accuracy`` is of all answers, ``balanced`` the mean of it over what is recommended and what is not.

    ``balanced_interval``: 95 % of the rounds, pooled by tens. ``always_recommended`` is the accuracy of always saying
    so, which is balanced at 0.5. ``share`` is how many of the statements or cells were answered.
    """

    question: str
    answers: int
    share: float
    accuracy: float
    balanced: float
    balanced_interval: str
    always_recommended: float


def statements() -> list[Statement]:
    """Every statement of the table."""
    return [
        (face, frame, source, verdict == "recommended")
        for face, cells in guidance()["statements"].items()
        for frame, said in cells.items()
        for verdict, sources in said.items()
        for source in sources
    ]


def measure(rounds: int) -> list[Agreement]:
    """The three questions, over so many rounds."""
    every, sources = statements(), sorted(guidance()["sources"])
    asked: dict[str, list[list[tuple[bool, bool] | None]]] = {name: [] for name in QUESTIONS}
    for number in range(rounds):
        left_out = set(random.Random(number).sample(sources, len(sources) // 3))
        table = _table([each for each in every if each[2] not in left_out])
        held = [each for each in every if each[2] in left_out]
        for name, question in QUESTIONS.items():
            asked[name].append(list(question(table, held)))
    return [_agreement(name, answers) for name, answers in asked.items()]


def _table(known: list[Statement]) -> Statements:
    table: dict[str, dict[str, dict[str, list[str]]]] = {}
    for face, frame, source, recommended in known:
        cell = table.setdefault(face, {}).setdefault(frame, {"recommended": [], "avoid": []})
        cell["recommended" if recommended else "avoid"].append(source)
    return table


def _cell(table: Statements, face: str, frame: str) -> Verdict:
    """What is said of exactly this pair: general advice is a cell of its own here, or it would count eleven times."""
    return verdict_of({face: {frame: table.get(face, {}).get(frame, {"recommended": [], "avoid": []})}}, face, frame)


def _settled(table: Statements, held: list[Statement]) -> Iterator[tuple[bool, bool] | None]:
    for face, frame in sorted({(face, frame) for face, frame, _, _ in held}):
        said = [recommended for *cell, _, recommended in held if cell == [face, frame]]
        if len(said) < 2 or 2 * sum(said) == len(said):
            continue
        known = _cell(table, face, frame)
        yield (known.value > 0, 2 * sum(said) > len(said)) if known.settled else None


def _spoken_for(table: Statements, held: list[Statement]) -> Iterator[tuple[bool, bool] | None]:
    for face, frame, _, recommended in held:
        known = _cell(table, face, frame)
        yield (known.value > 0, recommended) if known.settled else None


def _every(table: Statements, held: list[Statement]) -> Iterator[tuple[bool, bool] | None]:
    for face, frame, _, recommended in held:
        known = _cell(table, face, frame)
        yield known.avoid < WARNING * (known.recommended + known.avoid) or known.avoid == 0, recommended


QUESTIONS = {"settled cells": _settled, "statements spoken for": _spoken_for, "every statement": _every}


def _agreement(name: str, rounds: list[list[tuple[bool, bool] | None]]) -> Agreement:
    pooled = [answer for answers in rounds for answer in answers]
    given = [answer for answer in pooled if answer]
    tens = [
        [each for answers in rounds[start : start + 10] for each in answers if each]
        for start in range(0, len(rounds), 10)
    ]
    low, high = np.percentile([_balanced(ten) for ten in tens], [2.5, 97.5])
    return Agreement(
        question=name,
        answers=len(given),
        share=round(len(given) / len(pooled), 3),
        accuracy=round(sum(said == right for said, right in given) / len(given), 3),
        balanced=round(_balanced(given), 3),
        balanced_interval=f"{low:.3f} to {high:.3f}",
        always_recommended=round(sum(right for _, right in given) / len(given), 3),
    )


def _balanced(answers: list[tuple[bool, bool]]) -> float:
    found = [[said == right for said, right in answers if right is wanted] for wanted in (True, False)]
    return float(np.mean([np.mean(each) for each in found if each]))
