"""Programs are found, packages installed once; every program here is a script that says what it was called with."""

import json
import shutil
import stat
import threading

import pytest

from shopwright.browser_audit import toolbox
from shopwright.browser_audit.toolbox import LOCK, PACKAGES, locked_versions, prepare_toolbox
from shopwright.errors import BrowserAuditError

NPM = """#!/bin/sh
echo "$@" >> "{calls}"
mkdir -p node_modules
{then}
"""


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """``programs(node=…, npm=…)`` puts scripts on the path; None: there is no such program."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for needed in ("sh", "mkdir"):
        (folder / needed).symlink_to(shutil.which(needed))
    monkeypatch.setenv("PATH", str(folder))

    def put(then="", **changes):
        usual = {"node": "#!/bin/sh\necho v18.20.4\n", "java": "#!/bin/sh\n", "chromium": "#!/bin/sh\n"}
        usual["npm"] = NPM.format(calls=tmp_path / "calls", then=then)
        for name, text in {**usual, **changes}.items():
            if text is not None:
                (folder / name).write_text(text)
                (folder / name).chmod(stat.S_IRWXU)
        return folder

    return put


def prepare(tmp_path, say=lambda _what: None):
    return prepare_toolbox(tmp_path / "cache", "chromium", say)


def test_the_versions_are_exact_and_the_lock_holds_them_without_addresses():
    lock = json.loads(LOCK.read_text())["packages"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in locked_versions()} == locked_versions()
    assert [name for name, package in lock.items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock.items() if name)


def test_packages_are_installed_once_without_their_scripts(programs, tmp_path):
    folder, said = programs(), []
    box = prepare(tmp_path, said.append)
    assert (box.node, box.java, box.chromium) == (folder / "node", folder / "java", folder / "chromium")
    assert box.checker == box.folder / "node_modules/vnu-jar/build/dist/vnu.jar"
    assert (box.folder / PACKAGES.name).read_bytes() == PACKAGES.read_bytes()
    assert prepare(tmp_path, said.append) == box
    assert (tmp_path / "calls").read_text() == "ci --ignore-scripts --no-audit --no-fund --loglevel=error\n"
    assert said == ["installing the tools of the browser audit (once; about 220 MB)"]


def test_two_at_once_install_once(programs, tmp_path):
    programs(then="sleep 0.2 2>/dev/null || true")
    threads = [threading.Thread(target=prepare, args=(tmp_path,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tmp_path / "calls").read_text().count("ci ") == 1


@pytest.mark.parametrize(
    ("name", "package"),
    [("node", "nodejs"), ("npm", "npm"), ("java", "default-jre-headless"), ("chromium", "chromium")],
)
def test_a_missing_program_names_the_package_it_comes_in(programs, tmp_path, name, package):
    programs(**{name: None})
    with pytest.raises(BrowserAuditError, match=f"^{name}: .* --no-install-recommends {package}\\)"):
        prepare(tmp_path)


@pytest.mark.parametrize("said", ["v16.20.0", "nonsense", ""])
def test_an_old_node(programs, tmp_path, said):
    programs(node=f"#!/bin/sh\necho {said}\n")
    with pytest.raises(BrowserAuditError, match=r"too old\. Install Node 18 or newer"):
        prepare(tmp_path)


def test_a_node_that_does_not_run(programs, tmp_path):
    programs(node="#!/bin/sh\nexit 3\n")
    with pytest.raises(BrowserAuditError, match="it does not run"):
        prepare(tmp_path)


def test_an_installation_that_fails_is_tried_again_the_next_time(programs, tmp_path):
    programs(then="echo no  registry >&2; exit 1")
    for _ in range(2):
        with pytest.raises(BrowserAuditError, match=r"npm could not install the tools: no registry\. See whether"):
            prepare(tmp_path)
    assert (tmp_path / "calls").read_text().count("ci ") == 2


def test_an_installation_that_takes_too_long(programs, tmp_path, monkeypatch):
    programs()
    monkeypatch.setattr(toolbox, "INSTALL_SECONDS", 0)
    with pytest.raises(BrowserAuditError, match="npm did not install the tools"):
        prepare(tmp_path)
