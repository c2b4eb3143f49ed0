import time

import pytest

from shopwright.database.server.folder import Access
from shopwright.database.server.process import free_port
from shopwright.database.server.replica_set import become_primary
from shopwright.errors import DatabaseUnavailable


def test_a_server_that_ended_is_not_waited_for():
    with pytest.raises(DatabaseUnavailable, match="ended while it was starting"):
        become_primary(Access("", free_port()), 60, lambda: False)


def test_a_server_that_does_not_answer_is_waited_for_so_long():
    started = time.monotonic()
    with pytest.raises(DatabaseUnavailable, match="not ready in time"):
        become_primary(Access("", free_port()), 0.1, lambda: True)
    assert time.monotonic() - started < 30
