import pytest
from click.testing import CliRunner

from shopwright.cli.main import shopwright
from shopwright.errors import DatabaseError


@pytest.mark.parametrize("name", ["../x", "A", "a_b", "l\udcff", "x" * 49])
@pytest.mark.parametrize("option", ["--as", "--tenant"])
def test_what_no_tenant_can_be_called_is_refused_before_anything_is_written(tmp_path, name, option):
    """The pictures of a tenant come back first, into a folder of its name."""
    others = ["--tenant", "luna"] if option == "--as" else []
    done = CliRunner().invoke(shopwright, ["restore", "--from", str(tmp_path / "backups"), *others, option, name])
    assert isinstance(done.exception, DatabaseError)
    assert "is no name of a tenant. Use 1 to 48 small letters" in str(done.exception)
    assert str(done.exception).isascii()
    assert list(tmp_path.iterdir()) == []
