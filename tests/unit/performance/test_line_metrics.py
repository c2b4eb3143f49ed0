import pytest

from shopwright.performance.line_metrics import STAGE, STAGES, stage


def counted(name):
    found = STAGE.collect().series.get((name,))
    return found.count if found else 0


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_is_counted_however_it_ends(name):
    before = counted(name)
    with stage(name):
        pass
    with pytest.raises(ValueError, match="oh"), stage(name):
        raise ValueError("oh")
    assert counted(name) == before + 2
