"""The worker's script: what it is told, and that it is JavaScript. What it does is tested in a browser."""

import shutil
import subprocess

import pytest

from shopwright.asset_pipeline.service_worker import Shell, retired_worker, service_worker

NODE = shutil.which("node")
SHELL = Shell("/", [("/offline.html", "aa"), ("/assets/site.1.css", "bb")], [("/de/", "/de/offline.html")], ["/cart/"])


def test_it_is_told_what_to_keep():
    script = service_worker(SHELL).decode()
    assert 'files:["/offline.html","/assets/site.1.css"]' in script
    assert f'version:"{SHELL.version}"' in script
    assert "SHELL" not in script.replace("SHELL_CACHE", "")


def test_it_takes_over_only_when_asked():
    assert service_worker(SHELL).decode().count("skipWaiting()") == 1


def test_the_version_follows_the_bytes():
    other = Shell("/", [("/offline.html", "ab"), *SHELL.files[1:]], SHELL.offline, SHELL.never)
    assert len({SHELL.version, other.version}) == 2
    assert service_worker(SHELL) == service_worker(SHELL) != service_worker(other)


def test_the_retired_worker_knows_its_store():
    assert b'"/shops/luna/"' in retired_worker("/shops/luna/")
    assert b"unregister()" in retired_worker("/")


@pytest.mark.skipif(NODE is None, reason="node checks the syntax; it is not here")
@pytest.mark.parametrize("script", [service_worker(SHELL), retired_worker("/"), retired_worker('/"\\</script>/')])
def test_it_is_javascript(script, tmp_path):
    (tmp_path / "sw.js").write_bytes(script)
    subprocess.run([NODE, "--check", tmp_path / "sw.js"], check=True)
