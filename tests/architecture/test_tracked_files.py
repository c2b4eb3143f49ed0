"""No machine's path, no registry's address and no unfinished work in what is committed."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(
    r"py[p]i\.org|pythonh[o]sted|npmj[s]\.(?:org|com)|deb\.deb[i]an|/wor[k]/|/tmp/bas[h]_|/roo[t]/|/hom[e]/\w+/src"
)
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X]\b(?!X))")
MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def tracked():
    """Every committed file; the tests also run where there is no repository, but this one has nothing to say there."""
    result = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        pytest.skip("not a git checkout")
    return [file for name in result.stdout.split("\0") if name and (file := ROOT / name).is_file()]


def found(files, pattern):
    texts = ((file, file.read_bytes().decode("utf-8", "ignore")) for file in files)
    return [f"{file.relative_to(ROOT)}: {match[0]}" for file, text in texts if (match := pattern.search(text))]


def test_no_machine_path_and_no_registry_address(tracked):
    assert found(tracked, ADDRESS) == []


def test_no_unfinished_work(tracked):
    assert found((file for file in tracked if file.suffix in {".py", ".js", ".css", ".html", ".md"}), UNFINISHED) == []


def test_no_large_file(tracked):
    assert [file.relative_to(ROOT).as_posix() for file in tracked if file.stat().st_size > MOST_BYTES] == []
