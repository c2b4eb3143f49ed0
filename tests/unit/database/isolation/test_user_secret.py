import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.database.isolation.user_secret import UserSecret, UserSecretFile
from shopwright.errors import DatabaseError

SECRET = UserSecret(1, bytes(range(32)))
TENANT = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)


def test_a_login_follows_from_the_secret():
    """What is derived stays: a change of it would shut everybody out."""
    login = SECRET.login("luna")
    assert (login.database, login.user) == ("t_luna", "app-1-14540aa5")
    assert login.password == "7f7b12b56723c4af544eb4cee38cf233433fd2e15c6701a1bad34a30ccef23be"
    assert SECRET.login("control").database == "control"


@given(st.binary(min_size=32, max_size=32), st.integers(1, 999), TENANT, TENANT)
def test_no_two_databases_or_generations_share_a_password(secret, generation, one, other):
    mine = UserSecret(generation, secret)
    assert mine.login(one) == UserSecret(generation, secret).login(one)
    assert (mine.login(one).password == mine.login(other).password) == (one == other)
    later = UserSecret(generation + 1, secret)
    assert later.login(one).password != mine.login(one).password
    assert later.user != mine.user


def test_neither_secret_nor_password_is_shown():
    login = SECRET.login("luna")
    assert login.password not in repr(login)
    assert repr(SECRET) == "UserSecret(generation=1)"
    assert SECRET.next().generation == 2
    assert SECRET.next().secret != SECRET.secret


def test_it_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "state/users.key"
    assert UserSecretFile(path).known() is None
    made = UserSecretFile(path).current()
    assert (made.generation, len(made.secret)) == (1, 32)
    assert UserSecretFile(path).current() == made
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_was_replaced_is_read_again(tmp_path):
    here, there = UserSecretFile(tmp_path / "key"), UserSecretFile(tmp_path / "key")
    first = here.current()
    assert there.current() is there.current()
    here.keep(first.next())
    assert there.current().generation == here.current().generation == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"1",
        b"0 " + base64.b64encode(bytes(32)),
        b"1000000 " + base64.b64encode(bytes(32)),
        b"x " + base64.b64encode(bytes(32)),
        b"1 " + base64.b64encode(bytes(31)),
        b"1 not-base64",
        b"1 " + base64.b64encode(bytes(32)) + b" more",
        b"1 " + b"A" * 1_000,
    ],
)
def test_what_is_no_secret_is_refused_and_not_shown(tmp_path, content):
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(DatabaseError, match="does not hold a number and 32 bytes in base64") as caught:
        UserSecretFile(path).current()
    assert "AAAA" not in str(caught.value)


def test_what_others_can_read_is_refused(tmp_path):
    path = tmp_path / "key"
    UserSecretFile(path).current()
    path.chmod(0o640)
    with pytest.raises(DatabaseError, match=rf"others can read it. Run chmod 600 {path}"):
        UserSecretFile(path).current()


def test_a_place_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    within = UserSecretFile(tmp_path / "file/key")
    with pytest.raises(DatabaseError, match=f"{tmp_path}/file/key: .* cannot be read"):
        within.current()
    with pytest.raises(DatabaseError, match=f"{tmp_path}/file/key: .* cannot be written"):
        within.keep(SECRET)
    (tmp_path / "folder").mkdir()
    with pytest.raises(DatabaseError, match="cannot be read"):
        UserSecretFile(tmp_path / "folder").current()


def test_where_none_can_be_made_that_is_told():
    with pytest.raises(DatabaseError, match=r"/proc/none/key: .* it cannot be written \(No such file or directory\)"):
        UserSecretFile(Path("/proc/none/key")).current()
