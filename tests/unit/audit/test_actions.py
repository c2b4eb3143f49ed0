from pathlib import Path

import pytest

from shopwright.audit.actions import AUDITED
from shopwright.audit.forms import WORD

TEXT = (Path(__file__).parents[3] / "docs/reference/audit-trail.md").read_text()


@pytest.mark.parametrize("action", sorted(AUDITED))
def test_each_is_described(action):
    assert f"`{action}`" in TEXT
    assert WORD.fullmatch(action)
    assert action.count(".") == 1
