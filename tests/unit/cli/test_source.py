from pathlib import Path

import pytest

from shopwright.cli.source import laid_out
from shopwright.errors import SettingsError


def test_a_folder_is_itself(tmp_path):
    with laid_out(tmp_path, "local") as laid:
        assert laid == (tmp_path, None)


@pytest.mark.parametrize("name", ["catalog:luna@x", "catalog:luna@-1", "catalog:luna@" + "9" * 20, "catalog:luna@²"])
def test_a_revision_is_a_number(name):
    with pytest.raises(SettingsError, match="no such revision"), laid_out(Path(name), "local"):
        pass
