import pytest

from shopwright.database.backup.mark import is_mark, new_mark, refuse_unfinished
from shopwright.errors import BackupError


def test_each_restore_has_a_mark_of_its_own():
    assert new_mark() != new_mark()
    assert is_mark(new_mark())
    assert not is_mark("products")


async def test_a_half_database_is_not_opened(tenant_database):
    await refuse_unfinished(tenant_database)
    await tenant_database.raw[new_mark()].insert_one({})
    with pytest.raises(BackupError, match="a restore of this database was interrupted"):
        await refuse_unfinished(tenant_database)
