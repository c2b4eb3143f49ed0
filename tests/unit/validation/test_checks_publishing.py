"""The check of publishing, on a small store (shopwright.validation.publishing)."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from shopwright.errors import StorageError
from shopwright.settings import read_aws
from shopwright.storage.exchange import MARK
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import load_signer
from shopwright.validation import checks_publishing as module
from shopwright.validation.checks_publishing import published, upload_seconds
from shopwright.validation.publishing import Publisher, write_made_up_site


@dataclass
class Small:
    """A checkout whose example is built already."""

    example: Path
    work: Path


@pytest.fixture
def checkout(tmp_path):
    site = write_made_up_site(tmp_path / "example", 12)
    (site / MARK).mkdir()
    (site / "sw.js").write_text("//")
    return Small(site, tmp_path / "work")


def test_a_store_is_published_served_changed_and_rolled_back(checkout):
    result = published(checkout)
    assert result.figure == (
        "13 files published, 0 served wrongly; one page changed: 1 uploaded, 1 purged; rolled back: yes"
    )
    assert result.passed
    assert list(checkout.work.iterdir()) == []


def test_wrong_headers_are_found(checkout, tmp_path, monkeypatch):
    publisher = Publisher(str(tmp_path / "target"), tmp_path, read_aws({}))
    publish(checkout.example, FolderObjects(tmp_path / "target"), load_signer(tmp_path / "release-key.pem"))
    assert module._wrongly_served(publisher) == 0
    monkeypatch.setattr(module, "IMMUTABLE", "for ever")
    assert module._wrongly_served(publisher) == 6


def test_uploads_are_timed(tmp_path):
    assert upload_seconds(tmp_path, 5) > 0


def test_a_command_that_fails_is_told(tmp_path):
    publisher = Publisher(str(tmp_path / "target"), tmp_path, read_aws({}))
    with pytest.raises(StorageError, match=r"shopwright rollback ended with status 1: .*no key is known"):
        publisher.run("rollback")
