from shopwright.multi_tenant.quotas.repository import meter
from shopwright.validation import checks_quotas as module
from shopwright.validation.checkout import Checkout


def test_every_quota_refuses_at_its_limit(tmp_path):
    result = module.quotas(Checkout(tmp_path, tmp_path))
    assert result.passed, result.figure
    assert result.figure == (
        "8 of 8 quotas refuse more than their limit, and let in what has room; an import with too many "
        "products left nothing; the use of 8 is shown"
    )


def test_a_meter_that_lets_everything_in_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(meter, "MOST", -1)
    result = module.quotas(Checkout(tmp_path, tmp_path))
    assert not result.passed
    assert "was NOT refused whole" in result.figure
