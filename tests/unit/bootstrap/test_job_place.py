import os
import time

import pytest
from tests.unit.bootstrap.working import place

from shopwright.bootstrap.job_place import release_place
from shopwright.errors import StorageError


async def test_scratch_is_empty_and_goes_with_what_killed_workers_left(tmp_path):
    here = place(tmp_path)
    async with here.scratch("ann", "a") as folder:
        (folder / "half").touch()
        old, new = folder.with_name("old"), folder.with_name("new")
        for each in (old, new):
            each.mkdir()
        os.utime(old, (time.time() - 90_000,) * 2)
        async with here.scratch("ann", "b"):
            assert (old.exists(), new.exists()) == (False, True)
        (folder / "kept").touch()
    assert not folder.exists()
    folder.mkdir()
    (folder / "half").touch()
    async with here.scratch("ann", "a") as again:
        assert again == folder
        assert list(again.iterdir()) == []


async def test_a_tenants_scratch_and_sites_lie_in_its_own_cache(tmp_path):
    here = place(tmp_path)
    async with here.scratch("ann", "a") as folder:
        assert here.site("ann", "luna").parent.parent == folder.parent.parent
    assert here.site("bob", "luna") != here.site("ann", "luna")
    assert here.target("ann", "luna").name == str(tmp_path / "releases" / "ann" / "luna")
    assert release_place("s3://bucket/stores/", "ann", "luna") == "s3://bucket/stores/ann/luna"


async def test_a_cache_that_cannot_be_written_is_named(tmp_path):
    here = place(tmp_path)
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(StorageError, match="cache"):
        async with here.scratch("ann", "a"):
            pass
