import pytest
from click.testing import CliRunner
from tests.unit.catalog.reading import FIXTURES, Read

from shopwright.cli.export import export
from shopwright.errors import SourceError, StorageError


def run(*arguments: object):
    return CliRunner().invoke(export, [str(argument) for argument in arguments])


@pytest.mark.parametrize("dialect", ["shopify", "woocommerce", "shopwright"])
def test_a_catalogue_is_written_in_each_format(tmp_path, dialect):
    out = tmp_path / ("store" if dialect == "shopwright" else "out.csv")
    result = run(FIXTURES / "table.csv", "--to", dialect, "--out", out)
    assert (result.exit_code, result.stdout) == (0, f"2 products written to {out}.\n")
    assert Read(out).source.dialect == dialect
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_nothing_is_replaced(tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("mine")
    error = run(FIXTURES / "table.csv", "--to", "shopify", "--out", out).exception
    assert isinstance(error, StorageError)
    assert "exists already" in str(error)
    assert out.read_text() == "mine"


def test_a_failure_leaves_nothing_behind(tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_text("Handle,Title,Price\n")
    for dialect in ("shopify", "shopwright"):
        error = run(empty, "--to", dialect, "--out", tmp_path / "out").exception
        assert isinstance(error, SourceError)
        assert "no product to export" in str(error)
    assert [path.name for path in tmp_path.iterdir()] == ["empty.csv"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    error = run(FIXTURES / "table.csv", "--to", "shopify", "--out", tmp_path / "none" / "out.csv").exception
    assert isinstance(error, StorageError)
    assert "cannot be written (No such file or directory)" in str(error)
