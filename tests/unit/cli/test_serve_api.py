import signal
import subprocess
import sys
import urllib.request

import pytest
from tests.commands import run_here


@pytest.mark.parametrize("origin", ["example.org", "http://example.org", "https://x/y", "ftp://localhost"])
def test_what_is_no_origin_is_refused(origin):
    done = run_here("serve-api", "--origin", origin)
    assert done.returncode == 1
    assert "is no origin" in done.stderr


def test_it_serves_until_it_is_told_to_end(own_mongo, tmp_path):
    uri, state = own_mongo
    environment = {"MONGODB_URI": uri, "SHOPWRIGHT_STATE": str(state), "SHOPWRIGHT_CACHE": str(tmp_path), "PATH": ""}
    command = [sys.executable, "-m", "shopwright", "serve-api", "--port", "0", "--no-jobs"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            address = process.stdout.readline().rpartition(" ")[2].strip()
            live = address.replace("/v1/openapi.json", "/health/live")
            with urllib.request.urlopen(live, timeout=10) as answer:
                assert answer.status == 200
        finally:
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=40)
    assert (process.returncode, out) == (0, "Stopped.\n"), err
