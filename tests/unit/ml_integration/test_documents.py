import datetime as dt

import pytest
from pydantic import ValidationError

from shopwright.ml_integration.documents import Arm, ExperimentDocument

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.mark.parametrize("wrong", [{"id": "no-store"}, {"variants": ()}, {"state": "paused"}, {"products": ("",)}])
def test_what_is_no_experiment_is_refused(wrong):
    right = {"id": "luna/x", "store": "luna", "variants": (Arm(name="a", weight=1),), "state": "draft"}
    ExperimentDocument(**right, products=(), changed=NOW)
    with pytest.raises(ValidationError):
        ExperimentDocument(**{**right, "products": (), "changed": NOW, **wrong})
