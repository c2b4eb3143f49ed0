"""Manifests and the worker's script of a store."""

import orjson
import pytest
from tests.unit.generation.records import site

from shopwright.generation.setup import editions_of
from shopwright.generation.web_app import web_app_files

ICONS = {f"icon-{name}.png": f"icon-{name}.0.png" for name in ("192", "512", "maskable", "touch")}
ASSETS = {"site.css": "site.1.css", "site.js": "site.2.js", "icon.svg": "icon.3.svg", **ICONS}
DIGESTS = {f"assets/{name}": name for name in ASSETS.values()} | {"offline.html": "a", "de/offline.html": "b"}


def files(shop, digests=DIGESTS):
    return dict(web_app_files(shop, editions_of(shop), digests))


@pytest.fixture
def shop():
    return site(assets=ASSETS, locales=["en", "de"])


def test_every_language_has_its_manifest(shop):
    made = files(shop)
    assert list(made) == ["manifest.webmanifest", "de/manifest.webmanifest", "sw.js"]
    german = orjson.loads(made["de/manifest.webmanifest"])
    assert (german["lang"], german["dir"], german["start_url"], german["scope"]) == ("de", "ltr", "/de/", "/")
    assert [(icon["src"], icon["sizes"], icon["purpose"]) for icon in german["icons"]] == [
        ("/assets/icon-192.0.png", "192x192", "any"),
        ("/assets/icon-512.0.png", "512x512", "any"),
        ("/assets/icon-maskable.0.png", "512x512", "maskable"),
    ]


def test_nothing_stands_in_a_manifest_that_the_store_does_not_say(shop):
    assert "description" not in orjson.loads(files(shop)["manifest.webmanifest"])


def test_the_worker_keeps_the_shell_and_the_offline_page_of_every_language(shop):
    script = files(shop)["sw.js"].decode()
    shell = ["site.1.css", "site.2.js", "icon.3.svg"]
    kept = ",".join(
        f'"{address}"' for address in [*(f"/assets/{name}" for name in shell), "/de/offline.html", "/offline.html"]
    )
    assert f"files:[{kept}]" in script
    assert 'offline:[["/de/","/de/offline.html"],["/","/offline.html"]]' in script


def test_another_offline_page_makes_another_worker(shop):
    assert files(shop) == files(shop)
    assert files(shop)["sw.js"] != files(shop, {**DIGESTS, "offline.html": "c"})["sw.js"]


def test_a_store_without_it_publishes_the_worker_that_removes_the_former_one():
    script = files(site(assets=ASSETS, offline=False))["sw.js"]
    assert b"unregister" in script
    assert b"offline.html" not in script
