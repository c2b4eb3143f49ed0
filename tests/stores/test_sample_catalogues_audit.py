"""Genuine catalogue files, dirty descriptions included, become stores that pass the gate.

Reads the folder of the environment variable SHOPWRIGHT_SAMPLE_DATA, which is no part of this repository.
"""

import pytest
from tests.stores.test_sample_catalogues import FILES, FOLDER, is_catalogue

NO_STORE = "face"
"""Folder of data on faces and frames, which is no store."""

pytestmark = pytest.mark.skipif(not FOLDER, reason="SHOPWRIGHT_SAMPLE_DATA names no folder of sample catalogues")


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if is_catalogue(path) and NO_STORE not in path.parts],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_no_rule_of_severity_error_is_broken(path, build, tmp_path):
    """``AuditFailed`` would end the build."""
    built = build(path, tmp_path / "site", theme="atelier", pictures="link", workers=2)
    warnings = {fault.code: fault.message[:200] for fault in built.faults if fault.code.startswith("page-")}
    print(f"| {path.parent.name}/{path.name} | {built.pages} pages | {built.audit} | {warnings} |")
    assert built.audit["error"] == 0
