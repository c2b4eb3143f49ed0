"""The boundary between tenants."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.errors import SettingsError

ROOT = Path("/cache")


def test_each_tenant_has_a_folder() -> None:
    assert TenantCache.of(ROOT).folder == Path("/cache/tenants/local")
    assert TenantCache.of(ROOT, "north-5").folder == Path("/cache/tenants/north-5")


@pytest.mark.parametrize("name", ["", ".", "..", "../local", "a/b", "A", "-a", "a\0", "a\n", "é", "a" * 64])
def test_a_name_that_could_be_a_path_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="unusable tenant name"):
        TenantCache.of(ROOT, name)


@given(st.text(max_size=70), st.text(max_size=70))
def test_two_tenants_never_share_a_folder(one: str, other: str) -> None:
    folders = []
    for name in (one, other):
        try:
            folders.append(TenantCache.of(ROOT, name).folder)
        except SettingsError:
            return
    assert (folders[0] == folders[1]) is (one == other)
    assert all(folder.resolve().parent == ROOT / "tenants" for folder in folders)
