from shopwright.multi_tenant.domains.proof import Prover
from shopwright.validation import checks_customisation as module
from shopwright.validation.checkout import Checkout


def test_every_part_holds(tmp_path):
    result = module.customisation(Checkout(tmp_path, tmp_path))
    assert result.passed, result.figure
    assert result.figure == "7 of 7 parts of a tenant's customisation hold"


def test_a_prover_that_believes_everybody_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(Prover, "finds", lambda self, proof: "dns")
    monkeypatch.setattr(module, "_wear", nothing)
    result = module.customisation(Checkout(tmp_path, tmp_path))
    assert not result.passed
    assert "domain needs proof" in result.figure


async def nothing(*arguments):
    pass
