"""Themes to be checked."""

import pytest
import yaml

from shopwright.asset_pipeline.tenant_cache import LOCAL_TENANT, TenantCache
from shopwright.generation.theme_check.sample import Means


@pytest.fixture(scope="session")
def means(tmp_path_factory):
    """The sample's pictures are prepared once."""
    return Means(TenantCache.of(tmp_path_factory.mktemp("cache"), LOCAL_TENANT), workers=1)


@pytest.fixture
def theme(tmp_path):
    """A theme's folder with these files; it extends atelier."""

    def make(files, **said):
        folder = tmp_path / "mine"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        description = {"name": "mine", "title": "Mine", "extends": "atelier", **said}
        (folder / "theme.yaml").write_text(yaml.safe_dump(description))
        return folder

    return make
