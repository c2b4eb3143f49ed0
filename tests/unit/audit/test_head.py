import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.audit.chain import Link
from shopwright.audit.head import FIRST_HEAD, Head, make_key, read_head, read_key, write_head
from shopwright.errors import AuditLogError

KEY = b"k" * 32
HEAD = Head(Link(7, "ab" * 32), 1, 1_234)


def test_a_key_is_the_owners_alone(tmp_path):
    key = make_key(tmp_path)
    assert (len(key), read_key(tmp_path)) == (32, key)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_key_is_never_replaced(tmp_path):
    make_key(tmp_path)
    with pytest.raises(FileExistsError):
        make_key(tmp_path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read(tmp_path, mode):
    make_key(tmp_path)
    path = tmp_path / "key"
    path.chmod(mode)
    with pytest.raises(AuditLogError) as refused:
        read_key(tmp_path)
    assert str(refused.value) == f"{path}: others can read the key. Run chmod 600 {path}."


def test_a_file_that_is_no_key(tmp_path):
    (tmp_path / "key").write_bytes(b"short")
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(AuditLogError, match="the file is no key"):
        read_key(tmp_path)


def test_a_head_is_read_back_and_replaces_the_one_before(tmp_path):
    write_head(tmp_path, FIRST_HEAD, KEY)
    write_head(tmp_path, HEAD, KEY)
    assert read_head(tmp_path, KEY) == HEAD
    assert [path.name for path in tmp_path.iterdir()] == ["head.json"]


def test_a_head_signed_with_another_key(tmp_path):
    write_head(tmp_path, HEAD, b"x" * 32)
    with pytest.raises(AuditLogError, match="the signature is wrong"):
        read_head(tmp_path, KEY)


@given(name=st.sampled_from(["sequence", "hash", "segment", "size", "signature"]), value=st.integers() | st.text())
def test_a_head_that_was_changed(tmp_path_factory, name, value):
    folder = tmp_path_factory.mktemp("head")
    write_head(folder, HEAD, KEY)
    said = json.loads((folder / "head.json").read_text())
    (said["last"] if name in said["last"] else said)[name] = value
    if said == json.loads((folder / "head.json").read_text()):
        return
    (folder / "head.json").write_text(json.dumps(said))
    with pytest.raises(AuditLogError, match="the signature is wrong"):
        read_head(folder, KEY)


@given(data=st.binary(max_size=2_000) | st.sampled_from([b"[]", b"{}", b"1", b'{"signature":"\xc3\xa9"}']))
def test_a_file_that_is_no_head(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("head")
    (folder / "head.json").write_bytes(data)
    with pytest.raises(AuditLogError, match="the signature is wrong"):
        read_head(folder, KEY)


def test_a_head_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_head(tmp_path, KEY)
