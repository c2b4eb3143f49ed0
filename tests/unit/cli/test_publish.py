"""``shopwright publish`` and its fellows on a folder target.

(shopwright.cli.releases, shopwright.cli.rollback, shopwright.cli.prune, shopwright.cli.verify, shopwright.cli.target)
"""

import json
import sys

import pytest
from click.testing import CliRunner
from tests.unit.storage.purge.networks_spoken import TOKEN, FastlyApi, speaking

from shopwright.cli import publish as module
from shopwright.cli.main import shopwright
from shopwright.errors import SettingsError
from shopwright.generation.manifest import Entry, manifest_bytes
from shopwright.settings import current_aws, current_settings
from shopwright.storage.exchange import MARK
from shopwright.storage.purge import fastly


@pytest.fixture(autouse=True)
def settings(tmp_path, monkeypatch):
    """Settings of this test alone."""
    monkeypatch.setenv("SHOPWRIGHT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("SHOPWRIGHT_FASTLY_TOKEN", TOKEN)
    for read in (current_settings, current_aws):
        read.cache_clear()
    yield
    for read in (current_settings, current_aws):
        read.cache_clear()


@pytest.fixture
def site(tmp_path):
    def make(text):
        (tmp_path / "site" / MARK).mkdir(parents=True, exist_ok=True)
        entry = Entry("index.html", "", 4, "key", "/shops/luna/")
        (tmp_path / "site" / MARK / "manifest.jsonl").write_bytes(manifest_bytes([entry]))
        (tmp_path / "site" / "index.html").write_text(text)
        return str(tmp_path / "site")

    return make


@pytest.fixture
def run(tmp_path):
    def go(*words, status=0):
        unaudited = ["--unaudited"] if words[0] == "publish" else []
        result = CliRunner().invoke(shopwright, [*words, *unaudited, "--to", str(tmp_path / "target")])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status
        return json.loads(result.stdout) if "--json" in words else result.stdout

    return go


def test_from_publish_to_prune_in_json(site, run):
    first = run("publish", site("one"), "--json")
    assert first.keys() == {"release", "files", "uploaded", "bytes_uploaded", "seconds"}
    assert (first["files"], first["uploaded"], first["bytes_uploaded"]) == (1, 1, 3)
    second = run("publish", site("second"), "--json")
    listed = run("releases", "--json")
    assert listed["live"] == second["release"]
    assert [each["bytes"] for each in listed["releases"]] == [6, 3]
    assert run("rollback", "--json") == {"release": first["release"], "before": [second["release"]]}
    assert run("rollback", second["release"], "--json")["release"] == second["release"]
    pruned = run("prune", "--keep", "1", "--json")
    assert pruned == {"removed": [first["release"]], "files": 1, "bytes": 3, "kept": [second["release"]]}
    found = run("verify", "--json")
    assert (found["sound"], found["blobs"], found["missing"]) == (True, 1, [])


def test_from_publish_to_prune_in_words(site, run, tmp_path):
    said = run("publish", site("one"))
    release = said.split()[1]
    assert said.startswith(
        f"Release {release} is live at {tmp_path / 'target'}: 1 file, 1 of them uploaded (0.0 MB) in "
    )
    assert run("releases").startswith(f"{release}  live  20")
    run("publish", site("two"))
    assert run("rollback") == f"Release {release} is live at {tmp_path / 'target'}.\n"
    assert run("prune", "--keep", "1") == "1 release and 1 file (0.0 MB) removed, 1 release kept.\n"
    assert run("verify") == "1 file of 1 release read.\nAll is well.\n"


def test_the_path_of_the_address_is_published_too(site, run, tmp_path):
    release = run("publish", site("one"), "--json")["release"]
    document = (tmp_path / "target/releases" / f"{release}.jsonl").read_text()
    assert '"base":"/shops/luna"' in document


def test_what_is_wrong_is_told_with_status_1(site, run, tmp_path):
    run("publish", site("one"))
    (blob,) = (tmp_path / "target/blobs").iterdir()
    blob.unlink()
    assert run("verify", status=1) == (
        "1 file of 1 release read.\nmissing: index.html\nPublish the site again, or run verify --repair SITE.\n"
    )
    assert run("verify", "--repair", site("one")).endswith("repaired: index.html\nAll is well.\n")


def test_long_lists_are_cut(site, run, tmp_path):
    folder = tmp_path / "site"
    site("one")
    for number in range(25):
        (folder / f"{number}.txt").write_text(str(number))
    run("publish", str(folder))
    for blob in (tmp_path / "target/blobs").iterdir():
        blob.write_bytes(b"x")
    assert "corrupt: 6 more\n" in run("verify", status=1)


def test_damaged_releases_are_listed_as_such(site, run, tmp_path):
    release = run("publish", site("one"), "--json")["release"]
    (tmp_path / "target/releases" / f"{release}.jsonl").write_text("x")
    assert run("releases").endswith("damaged\n")


def test_a_cdn_is_told_of_each_switch(site, run, monkeypatch):
    with speaking(FastlyApi) as spoken:
        monkeypatch.setattr(fastly.Fastly.__init__, "__defaults__", (spoken.address,))
        assert run("publish", site("one"), "--purge", "fastly:S1").endswith("0 changed addresses purged.\n")
        assert run("publish", site("two"), "--purge", "fastly:S1").endswith("1 changed address purged.\n")
        run("publish", site("two"), "--purge", "fastly:S1", "--json")  # a purge that failed is done again so
        run("rollback", "--purge", "fastly:S1")
    assert len(spoken.asked) == 3
    assert len({tuple(asked) for asked in spoken.asked}) == 1


def test_a_cdn_without_credentials_stops_before_anything_is_published(site, run, tmp_path, monkeypatch):
    monkeypatch.delenv("SHOPWRIGHT_FASTLY_TOKEN")
    current_settings.cache_clear()
    with pytest.raises(SettingsError, match="the credentials are not set"):
        run("publish", site("one"), "--purge", "fastly:S1")
    assert not (tmp_path / "target").exists()


def test_progress_is_shown_to_who_looks_on(site, run, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    progress = module._Progress(quiet=False)
    for done in (1, 100, 150):
        progress(done, 150)
    assert capsys.readouterr().err == "\r100 of 150 files uploaded\r150 of 150 files uploaded\n"
    module._Progress(quiet=True)(150, 150)
    assert capsys.readouterr().err == ""


def test_a_target_is_needed(site):
    assert CliRunner().invoke(shopwright, ["publish", site("one")]).exit_code == 2
