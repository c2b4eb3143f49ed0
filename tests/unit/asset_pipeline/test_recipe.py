"""Recipes as data, and the two tiers of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.asset_pipeline.recipe import FORMATS, PUBLISHABLE, WIDTHS, Output, Recipe, tiers
from shopwright.errors import SettingsError


def lines(recipe: Recipe | None) -> list[tuple[str, tuple[int, ...]]]:
    assert recipe is not None
    return [(output.format, output.widths) for output in recipe.outputs]


def test_the_publishable_set() -> None:
    assert [(output.format, output.widths, output.quality, output.effort) for output in PUBLISHABLE.outputs] == [
        ("webp", (320, 768, 1024), 80, 2),
        ("jpeg", (1024,), 76, 0),
    ]
    assert PUBLISHABLE.widest == 1024
    assert tiers() == tiers(FORMATS)


def test_the_rest() -> None:
    rest = tiers().rest
    assert lines(rest) == [("avif", (320, 768, 1024, 1920)), ("webp", (1920,)), ("jpeg", (320, 768, 1920))]
    assert rest is not None
    assert (rest.outputs[0].quality, rest.outputs[0].effort, rest.widest) == (60, 1, 1920)


@pytest.mark.parametrize(
    ("formats", "first", "rest"),
    [
        (("webp",), [("webp", (320, 768, 1024)), ("jpeg", (1024,))], [("webp", (1920,)), ("jpeg", (320, 768, 1920))]),
        (
            ("avif", "jpeg"),
            [("avif", (320, 768, 1024)), ("jpeg", (1024,))],
            [("avif", (1920,)), ("jpeg", (320, 768, 1920))],
        ),
        (("jpeg",), [("jpeg", (320, 768, 1024))], [("jpeg", (1920,))]),
        ((), [("jpeg", (320, 768, 1024))], [("jpeg", (1920,))]),
    ],
)
def test_formats_are_chosen(formats: tuple[str, ...], first: list[object], rest: list[object]) -> None:
    assert lines(tiers(formats).publishable) == first
    assert lines(tiers(formats).rest) == rest


def test_unknown_formats_are_refused() -> None:
    with pytest.raises(SettingsError) as refused:
        tiers(["webp", "jxl"])
    assert str(refused.value) == (
        "--formats: unknown picture format: jxl. Name any of avif, webp, jpeg, separated by commas."
    )


def test_a_picture_is_never_made_wider() -> None:
    webp = PUBLISHABLE.outputs[0]
    assert webp.widths_of(2000) == (320, 768, 1024)
    assert webp.widths_of(768) == (320, 768)
    assert webp.widths_of(600) == (320, 600)
    assert webp.widths_of(100) == (100,)


@given(st.sets(st.integers(1, 4000), min_size=1), st.integers(1, 4000))
def test_widths_ascend_and_stay_within_the_source(widths: set[int], source: int) -> None:
    made = Output("webp", tuple(widths), 80).widths_of(source)
    assert list(made) == sorted(set(made))
    assert max(made) == min(source, max(widths))


@given(st.sets(st.sampled_from(FORMATS)), st.integers(1, 4000))
def test_both_tiers_together_make_every_width_of_every_format_once(formats: set[str], source: int) -> None:
    both = tiers(formats)
    assert both.rest is not None
    made = [
        (output.format, width)
        for recipe in (both.publishable, both.rest)
        for output in recipe.outputs
        for width in output.widths_of(source)
    ]
    assert sorted(made) == sorted({(name, min(width, source)) for name in formats | {"jpeg"} for width in WIDTHS})


def test_the_digest_follows_everything_that_changes_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    better = Recipe((replace(PUBLISHABLE.outputs[0], quality=81), PUBLISHABLE.outputs[1]))
    revised = replace(PUBLISHABLE, revision=99)
    monkeypatch.setattr("shopwright.asset_pipeline.recipe.version", lambda _: "0")
    other_encoders = Recipe(PUBLISHABLE.outputs)
    monkeypatch.undo()
    assert len({PUBLISHABLE.digest, better.digest, revised.digest, tiers().rest.digest}) == 4  # type: ignore[union-attr]
    assert Recipe(PUBLISHABLE.outputs).digest == PUBLISHABLE.digest
    monkeypatch.setattr("shopwright.asset_pipeline.recipe.version", lambda _: "0")
    assert other_encoders.digest != PUBLISHABLE.digest


def test_a_recipe_travels_as_json() -> None:
    for recipe in (PUBLISHABLE, tiers().rest):
        assert recipe is not None
        assert Recipe.from_json(recipe.as_json()) == recipe
