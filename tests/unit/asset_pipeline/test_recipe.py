"""Recipes as data."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.asset_pipeline.recipe import PUBLISHABLE, Output, Recipe


def test_the_publishable_set() -> None:
    assert [(output.format, output.widths, output.quality, output.effort) for output in PUBLISHABLE.outputs] == [
        ("webp", (320, 768, 1024), 80, 2),
        ("jpeg", (1024,), 76, 0),
    ]
    assert PUBLISHABLE.widest == 1024


def test_a_picture_is_never_made_wider() -> None:
    webp = PUBLISHABLE.outputs[0]
    assert webp.widths_of(2000) == (320, 768, 1024)
    assert webp.widths_of(768) == (320, 768)
    assert webp.widths_of(600) == (320, 600)
    assert webp.widths_of(100) == (100,)


@given(st.sets(st.integers(1, 4000), min_size=1), st.integers(1, 4000))
@settings(max_examples=60)
def test_widths_ascend_and_stay_within_the_source(widths: set[int], source: int) -> None:
    made = Output("webp", tuple(widths), 80).widths_of(source)
    assert list(made) == sorted(set(made))
    assert max(made) == min(source, max(widths))


def test_the_digest_follows_everything_that_changes_bytes() -> None:
    better = Recipe((replace(PUBLISHABLE.outputs[0], quality=81), PUBLISHABLE.outputs[1]))
    revised = replace(PUBLISHABLE, revision=2)
    assert len({PUBLISHABLE.digest, better.digest, revised.digest}) == 3
    assert Recipe(PUBLISHABLE.outputs).digest == PUBLISHABLE.digest


def test_a_recipe_travels_as_json() -> None:
    assert Recipe.from_json(PUBLISHABLE.as_json()) == PUBLISHABLE
