import pytest

from shopwright.api.published import PublishedStores
from shopwright.bootstrap.job_place import release_place
from shopwright.errors import StorageError
from shopwright.settings import read_aws, read_settings
from shopwright.storage.exchange import MARK
from shopwright.storage.objects.target import open_target
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import load_signer


@pytest.fixture
def stores(tmp_path):
    settings = read_settings({"SHOPWRIGHT_STATE": str(tmp_path / "state"), "SHOPWRIGHT_CACHE": str(tmp_path / "cache")})
    return PublishedStores(settings, str(tmp_path / "releases"), read_aws({}))


def site(folder, **files):
    for name, text in {"404.html": "none", f"{MARK}/manifest.jsonl": "", **files}.items():
        place = folder / name.replace("_dot_", ".")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return folder


def test_releases_are_compared_and_switched(tmp_path, stores):
    objects = open_target(release_place(stores.place, "luna", "shop"), stores.aws)
    signer = load_signer(stores.settings.release_key)
    one = publish(site(tmp_path / "one", index_dot_html="one", old_dot_html="x"), objects, signer).release
    two = publish(site(tmp_path / "two", index_dot_html="two", new_dot_html="x"), objects, signer).release
    found = stores.compared("luna", "shop", one, two)
    assert (found.added, found.changed, found.removed, found.same) == (["new.html"], ["index.html"], ["old.html"], 1)
    assert stores.switch("luna", "shop", "")().release == one
    assert stores.switch("luna", "shop", two)().release == two
    with pytest.raises(StorageError):
        stores.switch("luna", "shop", "0" * 20)()
    with pytest.raises(StorageError):
        stores.compared("luna", "shop", one, "0" * 20)
