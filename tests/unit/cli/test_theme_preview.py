import datetime as dt
import re
import signal
import subprocess
import sys
from threading import Timer

import psutil
import pytest
from click.testing import CliRunner

from shopwright.cli import theme_preview as module
from shopwright.cli.main import shopwright
from shopwright.errors import SettingsError
from shopwright.generation.preview.preview import Preview
from shopwright.generation.showcase.stores import DATE


@pytest.fixture
def theme(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "theme.yaml").write_text("name: mine\ntitle: Mine\nextends: atelier\n")
    return folder


@pytest.fixture
def orders(monkeypatch):
    """What is previewed; it ends at once, as by Ctrl-C."""
    orders = []

    def follow(self, _pause):
        orders.append(self.order)
        raise KeyboardInterrupt

    monkeypatch.setattr(Preview, "follow", follow)
    return orders


def run(*words):
    return CliRunner().invoke(shopwright, ["theme", "preview", *map(str, words)], catch_exceptions=False)


def test_the_sample_store_stands_still(theme, orders):
    result = run(theme, "--port", "0")
    assert re.search(r"Open this address: http://127\.0\.0\.1:\d+/\n", result.output)
    assert result.output.endswith("Stopped.\n")
    (order,) = orders
    assert (order.theme, order.source, order.date) == (theme, None, DATE)
    assert not order.work.exists()


def test_a_catalogue_has_todays_prices(theme, orders, tmp_path, monkeypatch):
    today = dt.datetime(2027, 1, 2, tzinfo=dt.UTC)
    monkeypatch.setattr(module, "_today", lambda: today)
    run(theme, "--source", tmp_path / "products.csv", "--port", "0")
    (order,) = orders
    assert (order.source, order.date) == (tmp_path / "products.csv", today)


def test_today_begins_at_midnight():
    assert module._today().timetz() == dt.time(tzinfo=dt.UTC)


def test_there_is_no_such_folder(tmp_path):
    with pytest.raises(SettingsError, match="there is no such folder"):
        run(tmp_path / "nope")


def test_ctrl_c_that_meets_a_finaliser_ends_it_at_the_next_pause(theme, monkeypatch):
    """Python drops what a finaliser raises."""
    dropped = []

    class Finalised:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    def follow(_self, pause):
        pause(0)
        Finalised()
        assert dropped == [KeyboardInterrupt]
        pause(0)
        pytest.fail("it goes on")

    monkeypatch.setattr(sys, "unraisablehook", lambda lost: dropped.append(lost.exc_type))
    monkeypatch.setattr(Preview, "follow", follow)
    usual = signal.getsignal(signal.SIGINT)
    assert run(theme, "--port", "0").output.endswith("Stopped.\n")
    assert signal.getsignal(signal.SIGINT) is usual


def test_what_ignores_ctrl_c_goes_on_ignoring_it(theme, monkeypatch):
    seen = []
    monkeypatch.setattr(Preview, "follow", lambda _self, _pause: seen.append(signal.getsignal(signal.SIGINT)))
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        run(theme, "--port", "0")
    finally:
        signal.signal(signal.SIGINT, usual)
    assert seen == [signal.SIG_IGN]


def test_ctrl_c_ends_it_and_leaves_no_process(theme, tmp_path):
    """With a template of its own the theme is rendered by processes of their own."""
    (theme / "templates").mkdir()
    (theme / "templates/_contact.html").write_text("<p>{{ site.name }}</p>")
    (tmp_path / "one.jsonl").write_text('{"handle": "one", "title": "One"}\n')
    command = [
        sys.executable,
        "-m",
        "shopwright",
        "theme",
        "preview",
        theme,
        "--port",
        "0",
        "--source",
        tmp_path / "one.jsonl",
    ]
    words, joined = list(map(str, command)), subprocess.STDOUT
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=joined, text=True) as process:
        patience = Timer(120, process.kill)  # what hangs ends the test, not the run
        patience.start()
        try:
            lines = []
            while "files written" not in (line := process.stdout.readline()):
                assert line, lines
                lines.append(line)
            children = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(signal.SIGINT)
            rest = process.stdout.read()
            assert process.wait(30) == 0, rest
        finally:
            process.kill()
            patience.cancel()
    assert rest.endswith("Stopped.\n"), rest
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
