"""``shopwright build``: what it prints, and how it says no."""

import datetime as dt
import json
import math
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner
from tests.stores.small import BARE, product, write_source

from shopwright.catalog.faults import Fault, Severity
from shopwright.cli import build as module
from shopwright.cli.build import FAULTS_SHOWN, _fault_lines, build
from shopwright.cli.main import main
from shopwright.settings import current_settings


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """Settings of a machine whose cache is this test's."""
    monkeypatch.setenv("SHOPWRIGHT_CACHE", str(tmp_path / "cache"))
    current_settings.cache_clear()
    yield
    current_settings.cache_clear()


@pytest.fixture
def source(tmp_path):
    return write_source(tmp_path / "source", [product("luna"), product("sol")])


def run(source, out, *words):
    return CliRunner().invoke(build, [str(source), "--out", str(out), "--theme", str(BARE), "--workers", "1", *words])


@pytest.fixture
def refused(monkeypatch, capsys):
    """Run the command to its refusal; returns what it says instead."""

    def go(*words):
        monkeypatch.setattr(sys, "argv", ["shopwright", "build", *(str(word) for word in words)])
        with pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        assert (left.value.code, printed.out) == (1, "")
        return printed.err

    return go


def test_a_shell_gets_json_and_nothing_else(source, tmp_path):
    words = [source, "--out", tmp_path / "site", "--theme", BARE, "--workers", "1", "--json"]
    command = [sys.executable, "-m", "shopwright", "build", *(str(word) for word in words)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["pages"] == 42


def test_json_is_one_object_of_the_published_shape(source, tmp_path):
    ran = run(source, tmp_path / "site", "--json")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.count("\n") == 1
    told = json.loads(ran.stdout)
    assert set(told) == {
        *("pages", "files", "written", "reused", "removed", "bytes", "seconds", "faults", "peak_memory_bytes"),
        *("theme", "pictures", "audit"),
    }
    assert told["pages"] == sum(1 for path in (tmp_path / "site").rglob("*.html") if ".shopwright" not in path.parts)
    assert (told["written"], told["reused"], told["removed"]) == (told["files"], 0, 0)
    assert {fault["code"] for fault in told["faults"]} == {"translation-missing"}
    assert told["peak_memory_bytes"] > 10_000_000
    assert told["seconds"] > 0


def test_the_summary_says_what_was_done_and_what_to_do_next(source, tmp_path):
    result = run(source, tmp_path / "site", "--date", "2026-11-23")
    assert result.exit_code == 0
    first, audit, theme, *pictures, last = result.stdout.splitlines()
    assert audit == "Audit: every page keeps the 100 rules, with 0 warnings."
    assert re.fullmatch(
        r"42 pages in [\d.]+ s, as of 2026-11-23: (\d+) files "
        r"\(\1 written, 0 reused, 0 removed\), [\d.]+ MB, \d+ MB of memory\.",
        first,
    )
    assert theme.startswith("Theme bare does not come with Shopwright. Templates ")
    assert pictures[0] == (
        "1 picture: 1 made, 0 reused, 0 stand-ins; 0 complete, 1 publishable (--complete makes the rest)."
    )
    assert pictures[-1].startswith("  png: 1 file, ")
    assert last == f"The store is in {tmp_path / 'site'}. To look at it: shopwright serve {tmp_path / 'site'}"
    assert result.stderr.startswith("reading the catalogue …\n")


def test_faults_are_shown_by_kind_beside_the_summary(tmp_path):
    twins = [product(name, title="Twin", collections=["unknown"]) for name in ("luna", "sol", "vega")]
    result = run(write_source(tmp_path / "source", twins), tmp_path / "site")
    assert "warning: page-same-description × 1: " in result.stderr
    assert "page-same-description" not in result.stdout


def test_many_kinds_of_faults_are_cut_short():
    faults = [Fault(f"code-{number}", Severity.WARNING, "What.") for number in range(FAULTS_SHOWN + 2)]
    lines = _fault_lines([*faults, Fault("code-1", Severity.WARNING, "Again.")])
    assert lines[0] == "warning: code-1 × 2: What."
    assert len(lines) == FAULTS_SHOWN + 1
    assert lines[-1] == "… and 2 other kinds; --json lists them all."
    assert _fault_lines([]) == []


@pytest.mark.parametrize(
    ("given", "instant"),
    [
        ("2026-11-23", dt.datetime(2026, 11, 23, tzinfo=dt.UTC)),
        ("2026-11-23T10:30:00+02:00", dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)),
        (None, None),
    ],
)
def test_every_option_reaches_the_order(source, tmp_path, monkeypatch, given, instant):
    orders = []

    def stop(order, _progress):
        orders.append(order)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "build_store", stop)
    words = ["--site-url", "https://a.example", "--pictures", "link", "--pictures-folder", "p", "--store", "s.yaml"]
    assert run(source, tmp_path / "site", *words, *(["--date", given] if given else [])).exit_code == 1
    (order,) = orders
    assert (order.source, order.out, order.workers, order.pictures) == (source, tmp_path / "site", 1, "link")
    assert (order.site_url, order.theme, str(order.store_file)) == ("https://a.example", str(BARE), "s.yaml")
    assert ([str(folder) for folder in order.picture_folders], order.cache) == (["p"], tmp_path / "cache")
    today = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    assert order.date == instant if instant else today - order.date < dt.timedelta(days=2)


@pytest.mark.parametrize(
    ("words", "formats", "seconds", "retry"),
    [
        ((), ("avif", "webp", "jpeg"), 0, False),
        (("--formats", "webp, JPEG,webp", "--complete"), ("webp", "jpeg"), math.inf, False),
        (("--time-budget", "2.5", "--retry-pictures"), ("avif", "webp", "jpeg"), 2.5, True),
    ],
)
def test_how_pictures_are_made_reaches_the_order(source, tmp_path, monkeypatch, words, formats, seconds, retry):
    orders = []
    monkeypatch.setattr(module, "build_store", lambda order, _progress: orders.append(order) or 1 / 0)
    run(source, tmp_path / "site", *words)
    assert [(order.formats, order.rest_seconds, order.retry_pictures) for order in orders] == [
        (formats, seconds, retry)
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--formats", "webp,jxl"), "--formats: unknown picture format: jxl. Name any of avif, webp, jpeg, separated"),
        (("--complete", "--time-budget", "9"), "--complete: a picture tier that is to be completed has no time"),
        (("--date", "tomorrow"), "--date: 'tomorrow' is not a date. Give one such as 2026-11-23."),
        (("--site-url", "shop"), "--site-url: 'shop' is not an http or https address. Give an address such as https:"),
        (("--theme", "gone"), "there is no theme 'gone'. Give a folder with a theme.yaml, or one of: atelier, "),
        (("--store", "gone.yaml"), "gone.yaml: "),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_clear_message(refused, source, tmp_path, words, message):
    (line,) = refused(source, "--out", tmp_path / "site", "--json", "--theme", BARE, *words).splitlines()
    assert line.startswith(f"shopwright: {message}")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"just a note\n", b"sku,linked\na,b\n", b"[1, 2]"])
def test_what_is_no_catalogue_is_one_clear_message(refused, tmp_path, content):
    path = tmp_path / "shop.csv"
    path.write_bytes(content)
    (line,) = refused(path, "--out", tmp_path / "site", "--json").splitlines()
    assert line.startswith(f"shopwright: {path}: ")
    assert not (tmp_path / "site").exists()
