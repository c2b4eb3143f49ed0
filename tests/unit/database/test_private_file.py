import pytest

from shopwright.database.private_file import is_private, replace, write_new


def test_of_two_that_make_a_file_one_counts(tmp_path):
    path = tmp_path / "deep/secret"
    assert write_new(path, b"first")
    assert not write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert is_private(path)
    assert [each.name for each in path.parent.iterdir()] == ["secret"]


def test_another_content_takes_its_place_at_once(tmp_path):
    path = tmp_path / "secret"
    path.write_bytes(b"open")
    path.chmod(0o644)
    assert not is_private(path)
    replace(path, b"closed")
    assert (path.read_bytes(), is_private(path)) == (b"closed", True)
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]


def test_where_nothing_can_be_written_nothing_is_left(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="directory"):
        replace(tmp_path / "taken", b"x")
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]
