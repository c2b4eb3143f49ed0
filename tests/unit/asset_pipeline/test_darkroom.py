"""One original, one recipe: made once, remembered, refused once."""

from pathlib import Path

import pytest

from shopwright.asset_pipeline.cache import PictureCache
from shopwright.asset_pipeline.crew import PassingError, Task
from shopwright.asset_pipeline.darkroom import Darkroom, Equipment
from shopwright.asset_pipeline.original import Original
from shopwright.asset_pipeline.recipe import PUBLISHABLE, tiers
from shopwright.asset_pipeline.rendition import PreparedPicture, Traits
from shopwright.asset_pipeline.trim import Bound
from shopwright.errors import PictureError

ORIGINAL = Original(Path("a.jpg"), "ab" * 32)
LOGO = Traits(transparent=True, drawing=True)
PICTURE = PreparedPicture(1, 1, "#000000", (), "png", 9, LOGO)


class Crew:
    """Answers as it is told, and notes what it is asked."""

    def __init__(self, *answers: PreparedPicture | PictureError) -> None:
        self.answers, self.asked = list(answers), []

    def prepare(self, task: Task) -> PreparedPicture:
        self.asked.append(task)
        answer = self.answers.pop(0)
        if isinstance(answer, PictureError):
            raise answer
        return answer


@pytest.fixture
def equipment(tmp_path):
    bound = Bound(tmp_path, 1_000)
    yield lambda crew, retry=False: Equipment(PictureCache(tmp_path), bound, crew, retry)
    bound.close()


def test_without_a_recipe_there_is_no_darkroom(equipment) -> None:
    assert Darkroom.open(equipment(Crew()), None) is None
    assert Darkroom.open(equipment(Crew()), PUBLISHABLE) is not None


def test_a_picture_is_made_once_by_each_recipe(equipment) -> None:
    crew = Crew(PICTURE, PICTURE)
    first, rest = (Darkroom(equipment(crew), recipe) for recipe in (PUBLISHABLE, tiers().rest))
    assert first.recall(ORIGINAL) is None
    assert [first.develop(ORIGINAL), first.develop(ORIGINAL)] == [(PICTURE, True), (PICTURE, False)]
    assert rest.develop(ORIGINAL, LOGO) == (PICTURE, True)
    assert first.recall(ORIGINAL) == PICTURE
    assert [(task.recipe, task.traits) for task in crew.asked] == [(PUBLISHABLE, None), (tiers().rest, LOGO)]


def refused(darkroom: Darkroom) -> str:
    with pytest.raises(PictureError) as error:
        darkroom.develop(ORIGINAL)
    return error.value.what


def test_a_refusal_is_asked_for_once(equipment) -> None:
    crew = Crew(PictureError("broken."))
    assert [refused(Darkroom(equipment(crew), PUBLISHABLE)) for _ in range(3)] == ["broken."] * 3
    assert len(crew.asked) == 1


def test_with_retry_it_is_asked_for_once_more_in_each_build(equipment) -> None:
    refused(Darkroom(equipment(Crew(PictureError("broken."))), PUBLISHABLE))
    crew = Crew(PictureError("still broken."))
    again = Darkroom(equipment(crew, retry=True), PUBLISHABLE)
    assert [refused(again), refused(again)] == ["still broken."] * 2
    assert len(crew.asked) == 1


def test_what_passes_is_not_remembered(equipment) -> None:
    darkroom = Darkroom(equipment(Crew(PassingError("ended from outside."), PICTURE)), PUBLISHABLE)
    assert refused(darkroom) == "ended from outside."
    assert darkroom.develop(ORIGINAL) == (PICTURE, True)
