import pytest

from shopwright.database.private_file import read_private, replace, write_new


def test_of_two_that_make_a_file_one_counts(tmp_path):
    path = tmp_path / "deep/secret"
    assert write_new(path, b"first")
    assert not write_new(path, b"second")
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_private(path, 100) == b"first"
    assert [each.name for each in path.parent.iterdir()] == ["secret"]


def test_another_content_takes_its_place_at_once(tmp_path):
    path = tmp_path / "secret"
    path.write_bytes(b"open")
    path.chmod(0o644)
    replace(path, b"closed")
    assert read_private(path, 100) == b"closed"
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]


def test_where_nothing_can_be_written_nothing_is_left(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="directory"):
        replace(tmp_path / "taken", b"x")
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o602, 0o620, 0o601])
def test_what_others_can_get_at_is_not_read(tmp_path, mode):
    path = tmp_path / "secret"
    write_new(path, b"x")
    path.chmod(mode)
    assert read_private(path, 1) is None


def test_of_a_long_file_one_byte_more_than_asked_for_is_read(tmp_path):
    write_new(tmp_path / "secret", b"12345")
    assert [read_private(tmp_path / "secret", most) for most in (3, 4, 5)] == [b"1234", b"12345", b"12345"]


@pytest.mark.parametrize("name", ["none", ""], ids=["missing", "a folder"])
def test_what_cannot_be_read_is_told(tmp_path, name):
    with pytest.raises(OSError, match=r"No such file|Is a directory"):
        read_private(tmp_path / name, 10)
