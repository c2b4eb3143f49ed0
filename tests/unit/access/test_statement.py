import stat
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from shopwright.access.statement import ALGORITHM, open_statements
from shopwright.errors import SettingsError


def test_a_statement_is_checked_with_the_public_key_alone(tmp_path):
    statements = open_statements(tmp_path / "new" / "key.json")
    signed = statements.signed("cart", {"total": 1})
    keys = KeySet.import_key_set(statements.public)
    read = jws.deserialize_compact(signed, keys, algorithms=[ALGORITHM])
    assert orjson.loads(read.payload) == {"total": 1}
    assert read.headers()["typ"] == "cart"
    assert all("d" not in key for key in statements.public["keys"])
    head, _, tail = signed.split(".")
    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(f"{head}.e30.{tail}", keys, algorithms=[ALGORITHM])


def test_the_key_stays_and_is_private(tmp_path):
    file = tmp_path / "key.json"
    with ThreadPoolExecutor(4) as threads:
        opened = list(threads.map(lambda _: open_statements(file).public["keys"][0]["kid"], range(4)))
    assert set(opened) == {open_statements(file).public["keys"][0]["kid"]}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["key.json"]


def test_a_file_that_is_no_key_is_refused(tmp_path):
    (tmp_path / "key.json").write_text("{")
    with pytest.raises(SettingsError, match="no key that signs"):
        open_statements(tmp_path / "key.json")
