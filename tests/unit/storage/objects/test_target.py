"""TARGET: a folder or a bucket."""

import pytest

from shopwright.errors import SettingsError
from shopwright.settings import read_aws
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.objects.target import open_target

AWS = read_aws({"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"})


@pytest.mark.parametrize("text", ["out", "/srv/out", "./s3", "C:out", "a:b/c"])
def test_folders(text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    target = open_target(text, AWS)
    assert isinstance(target, FolderObjects)
    assert target.root == (tmp_path / text).absolute()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("s3://stores", "s3://stores"),
        ("s3://stores/", "s3://stores"),
        ("s3://stores/luna", "s3://stores/luna"),
        ("s3://my.stores-1/a/b/", "s3://my.stores-1/a/b"),
    ],
)
def test_buckets(text, name):
    assert open_target(text, AWS).name == name


@pytest.mark.parametrize(
    "text",
    [
        "s3://",
        "s3://A",
        "s3://stores/../x",
        "s3://stores/a//b",
        "s3://stores/a b",
        "gs://stores",
        "https://x/y",
        "s3://stores/\n",
    ],
)
def test_what_is_no_target(text):
    with pytest.raises(SettingsError, match=r"--to: .* is no target"):
        open_target(text, AWS)
