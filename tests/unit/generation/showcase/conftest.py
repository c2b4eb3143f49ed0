"""One showcase of the built-in themes, made once for all tests that only look at it."""

import pytest

from shopwright.generation.showcase.build import ShowcaseOrder, build_showcase
from shopwright.settings import current_settings


@pytest.fixture(scope="session")
def make(tmp_path_factory):
    """``make(*themes, url=…)`` gives the folder of a showcase and what was told of it."""

    def make_showcase(*themes, **options):
        out = tmp_path_factory.mktemp("showcase") / "out"
        settings = current_settings()
        order = ShowcaseOrder(out, settings.cache, settings.workers, themes, **options)
        return out, build_showcase(order, lambda _name: None)

    return make_showcase


@pytest.fixture(scope="session")
def shown(make):
    """The showcase of all built-in themes."""
    return make()
