import pytest

from shopwright.database.server import binary
from shopwright.errors import DatabaseUnavailable


def program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine with no server at all."""
    monkeypatch.setattr(binary, "_WHEEL", "fiftyone_is_not_here.db")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def test_the_one_that_is_named_counts(tmp_path):
    mine = program(tmp_path / "my-mongod")
    assert binary.find_mongod(mine) == mine


def test_that_of_the_extra_is_found():
    assert binary.find_mongod().as_posix().endswith("fiftyone/db/bin/mongod")


@pytest.mark.usefixtures("bare")
def test_else_the_one_on_the_path(tmp_path):
    mine = program(tmp_path / "bin/mongod")
    assert binary.find_mongod() == mine


@pytest.mark.usefixtures("bare")
def test_without_any_the_error_names_every_remedy():
    with pytest.raises(DatabaseUnavailable) as caught:
        binary.find_mongod()
    assert all(word in str(caught.value) for word in ("pip install 'shopwright[embedded]'", "MONGODB_URI", "PATH"))


def test_a_name_without_program_is_refused(tmp_path):
    (tmp_path / "mongod").write_text("no program")
    with pytest.raises(DatabaseUnavailable, match="mongod is not there or no program"):
        binary.find_mongod(tmp_path / "mongod")


def test_a_package_whose_parent_has_no_such_module(monkeypatch):
    monkeypatch.setattr(binary, "_WHEEL", "json.nothing")
    assert binary._wheel_folders() == []
