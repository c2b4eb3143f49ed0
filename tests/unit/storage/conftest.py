"""Sites, keys and targets; what holds for one kind of target is asked of both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shopwright.settings import Aws
from shopwright.storage.exchange import MARK
from shopwright.storage.objects.bucket import BucketObjects
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.objects.target import Target
from shopwright.storage.releases.signing import Signer, Trust, load_signer, load_trust
from shopwright.validation.object_server import BUCKET

FILES = {
    "index.html": "<h1>home</h1>",
    "de/index.html": "<h1>Start</h1>",
    "404.html": "not here",
    "assets/site.0123.css": "p{color:red}" * 100,
    "assets/a.avif": "avif",
    "sw.js": "//",
    f"{MARK}/manifest.jsonl": "",
}

MakeSite = Callable[..., Path]


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """A built folder with the usual files, others beside them (None takes one away)."""

    def make(name: str = "site", **files: str | None) -> Path:
        for path, text in {
            **FILES,
            **{key.replace("__", "/").replace("_dot_", "."): text for key, text in files.items()},
        }.items():
            place = tmp_path / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                place.write_text(text)
            else:
                place.unlink(missing_ok=True)
        return tmp_path / name

    return make


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A private key's file."""
    path = tmp_path_factory.mktemp("keys") / "release-key.pem"
    load_signer(path)
    return path


@pytest.fixture(scope="session")
def signer(key: Path) -> Signer:
    """Who publishes."""
    return load_signer(key)


@pytest.fixture(scope="session")
def trust(key: Path) -> Trust:
    """Who is trusted: the same."""
    return load_trust(key, None)


@pytest.fixture(params=["folder", "bucket"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """An empty target of each kind."""
    if request.param == "folder":
        yield FolderObjects(tmp_path / "target")
        return
    aws: Aws = request.getfixturevalue("s3")
    yield BucketObjects(BUCKET, f"{tmp_path.parent.name}-{tmp_path.name}", aws)
