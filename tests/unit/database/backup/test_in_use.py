import os
import time

import pytest

from shopwright.database.backup.in_use import LONGEST_SECONDS, in_use, used_snapshots
from shopwright.errors import StorageError


def test_a_snapshot_is_in_use_as_long_as_somebody_reads_it(vault):
    with in_use(vault, "one"):
        with in_use(vault, "one"), in_use(vault, "two"):
            assert used_snapshots(vault, time.time()) == {"one", "two"}
        assert used_snapshots(vault, time.time()) == {"one"}
    assert used_snapshots(vault, time.time()) == set()


def test_a_reader_that_failed_uses_it_no_more(vault):
    with pytest.raises(KeyboardInterrupt), in_use(vault, "one"):
        raise KeyboardInterrupt
    assert list(vault.list("in-use/")) == []


def test_what_a_killed_reader_left_goes_in_the_end(vault, tmp_path):
    with in_use(vault, "one"), in_use(vault, "two"):
        (file,) = (tmp_path / "vault/in-use/one").iterdir()
        os.utime(file, (1_000, 1_000))
        young = time.time()
        assert used_snapshots(vault, young) == {"two"}
        assert [held.key.split("/")[1] for held in vault.list("in-use/")] == ["two"]
        assert used_snapshots(vault, young + LONGEST_SECONDS + 60) == set()


def test_where_nothing_can_be_written_it_can_be_read_all_the_same(vault, monkeypatch):
    def refuse(self, *_):
        raise StorageError("read-only")

    monkeypatch.setattr(type(vault), "write", refuse)
    monkeypatch.setattr(type(vault), "delete", refuse)
    with in_use(vault, "one"):
        assert list(vault.list("in-use/")) == []
