"""Building small stores."""

from pathlib import Path
from typing import Any

import pytest
from tests.stores.small import BARE, NOW, Build

from shopwright.generation.built import Built
from shopwright.generation.pipeline import Order, build_store


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures are prepared once for all tests of a worker."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def build(cache: Path) -> Build:
    """Build a source into a folder."""

    def go(source: Path, out: Path, **changes: Any) -> Built:
        order = {"date": NOW, "cache": cache, "workers": 1, "theme": str(BARE), **changes}
        return build_store(Order(source=source, out=out, **order), lambda _stage, _done: None)

    return go
