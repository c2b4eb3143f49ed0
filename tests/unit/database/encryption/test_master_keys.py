import pytest

from shopwright.database.encryption.master_keys import MasterKeys, Wrapping
from shopwright.database.encryption.remote_master import RemoteMaster
from shopwright.errors import EncryptionError

REMOTE = RemoteMaster("aws", {"accessKeyId": "a", "secretAccessKey": "Canary"}, {"region": "r", "key": "k-{tenant}"})


def test_files_alone(folder):
    masters = MasterKeys(folder)
    with pytest.raises(EncryptionError, match="'acme': There is no master key of this tenant"):
        masters.providers("acme")
    first = masters.current("acme")
    assert masters.current("acme") == first
    second = masters.next("acme")
    assert masters.current("acme") == second
    assert [first.provider[:11], second.provider[:11]] == ["local:0001_", "local:0002_"]
    assert list(masters.providers("acme").by_name) == [first.provider, second.provider]
    assert list(masters.providers("acme").only(second.provider).by_name) == [second.provider]
    assert masters.superseded("acme", second.provider) == [first.provider.removeprefix("local:")]


def test_a_service_wraps_what_is_new_and_files_open_what_was(folder):
    before = MasterKeys(folder).current("acme")
    masters = MasterKeys(folder, REMOTE)
    wanted = Wrapping("aws", {"region": "r", "key": "k-acme"})
    assert masters.current("acme") == masters.next("acme") == wanted
    assert list(masters.providers("acme").by_name) == [before.provider, "aws"]
    assert masters.superseded("acme", "aws") == [before.provider.removeprefix("local:")]
    assert list(masters.providers("new").by_name) == ["aws"]


def test_no_secret_is_shown(folder):
    MasterKeys(folder).current("acme")
    masters = MasterKeys(folder, REMOTE)
    shown = f"{masters!r} {masters.providers('acme')!r}"
    assert "Canary" not in shown
    assert not any(repr(secret)[2:-1] in shown for secret in folder.read("acme").values())
