"""The proof of a deletion: what it says, and who can change it unseen."""

import datetime as dt

import orjson
import pytest

from shopwright.errors import StorageError, TenantError
from shopwright.multi_tenant.deletion_report import (
    MOST_BYTES,
    DeletionReport,
    Place,
    SignedReport,
    read_report,
    sign_report,
)
from shopwright.storage.releases.signing import load_signer, load_trust

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
EMPTY = Place(name="database", how="listDatabases", found=0)
SAVED = Place(name="snapshots", how="manifests", found=3, remains="Encrypted.", until=NOW)
LEFT = Place(name="files", how="listing", found=1)


def report(*places):
    return DeletionReport(tenant="luna", created=NOW, begun=NOW, looked=NOW, places=places)


@pytest.fixture
def signer(tmp_path):
    return load_signer(tmp_path / "key.pem")


@pytest.fixture
def trust(signer, tmp_path):
    return load_trust(tmp_path / "key.pem", None)


def test_what_may_stay_says_why():
    assert [place.is_clean for place in (EMPTY, SAVED, LEFT)] == [True, True, False]
    assert report(EMPTY, SAVED, LEFT).remaining == [LEFT]
    assert report(EMPTY, SAVED).remaining == []


def test_a_signed_report_is_read_back(signer, trust):
    signed = sign_report(report(EMPTY, SAVED), signer)
    assert read_report(signed.written(), trust, "luna.json") == signed
    assert signed.key == signer.key_id
    assert signed.sha256 == sign_report(report(EMPTY, SAVED), signer).sha256


def test_a_changed_report_is_found_out(signer, trust):
    said = orjson.loads(sign_report(report(EMPTY, SAVED), signer).written())
    said["report"]["places"][1]["found"] = 0
    with pytest.raises(StorageError, match="its signature is false"):
        read_report(orjson.dumps(said), trust, "luna.json")


def test_a_stranger_signs_nothing(signer, tmp_path):
    load_signer(tmp_path / "other.pem")
    written = sign_report(report(EMPTY), signer).written()
    with pytest.raises(StorageError, match="is not trusted"):
        read_report(written, load_trust(tmp_path / "other.pem", None), "luna.json")


def test_a_signature_under_a_report_is_none_under_a_release(signer, trust):
    signed = sign_report(report(EMPTY), signer)
    payload = signed.report.canonical()
    trust.check(payload, signed.key, signed.signature)
    with pytest.raises(StorageError):
        trust.check(payload.partition(b"\n")[2], signed.key, signed.signature)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b'{"report": 1, "key": "k", "signature": "s"}', b" " * MOST_BYTES + b"{}"]
)
def test_what_is_none_is_refused(data, trust):
    with pytest.raises(TenantError, match=r"luna.json: it is no report of a deletion\."):
        read_report(data, trust, "luna.json")


def test_a_report_says_nothing_it_does_not_know():
    with pytest.raises(ValueError, match="extra"):
        SignedReport.model_validate({"report": report(EMPTY), "key": "", "signature": "", "more": 1})
