"""Imports go one way, and an outside library has one room."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/shopwright"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

ROOMS = {
    "argon2": {"access"},
    "babel": {"catalog", "template_engine"},
    "brotli": {"asset_pipeline", "storage"},
    "bson": {"database"},
    "click": {"cli"},
    "cryptography": {"database", "storage"},
    "dns": {"multi_tenant"},
    "fastapi": {"api"},
    "fontTools": {"asset_pipeline"},
    "httpcore": {"asset_pipeline"},
    "jinja2": {"template_engine"},
    "joserfc": {"access"},
    "lightningcss": {"asset_pipeline"},
    "minify": {"asset_pipeline"},
    "nh3": {"catalog"},
    "obstore": {"storage"},
    "opentelemetry": {"performance"},
    "psutil": {"performance"},
    "pymongo": {"database"},
    "pymongocrypt": {"database"},
    "pyotp": {"access"},
    "pyvips": {"asset_pipeline"},
    "rich": {"cli"},
    "starlette": {"api"},
    "structlog": {"performance"},
    "uvicorn": {"api"},
    "uvloop": {"api"},
    "webauthn": {"access"},
    "yaml": {"catalog", "generation", "template_engine"},
}
"""Outside libraries (by import name) and the rooms that may use them: one, but for currencies, YAML and brotli."""

EVERYWHERE = {"markupsafe", "orjson", "pydantic"}
"""Types and formats that rooms hand to one another."""

IMPORT_NAMES = {
    "argon2-cffi": "argon2",
    "dnspython": "dns",
    "fonttools": "fontTools",
    "opentelemetry-api": "opentelemetry",
    "opentelemetry-sdk": "opentelemetry",
    "pyyaml": "yaml",
    "tdewolff-minify": "minify",
}
PARTS = {"httptools", "pyvips-binary"}
"""Distributions that only carry a part of another."""

BROUGHT = {"bson", "starlette"}
"""Packages that come with another's distribution: ``bson`` with ``pymongo``, ``starlette`` with ``fastapi``."""


def imported(file):
    """First names of what a file imports, at whatever depth."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.partition(".")[0].replace("pydantic_core", "pydantic")


def uses():
    """(room, outside library) of every import."""
    for file in sorted(SOURCE.rglob("*.py")):
        room = file.relative_to(SOURCE).with_suffix("").parts[0]
        for name in imported(file):
            if name != "shopwright" and name not in sys.stdlib_module_names:
                yield room, name


def test_the_contracts_are_kept():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stdout


def test_an_outside_library_has_one_room():
    assert [(room, name) for room, name in uses() if name not in EVERYWHERE and room not in ROOMS.get(name, ())] == []


def test_every_dependency_has_its_place_and_is_used():
    declared = {name.partition(">")[0].strip() for name in PROJECT["project"]["dependencies"]} - PARTS
    assert {IMPORT_NAMES.get(name, name) for name in declared} | BROUGHT == ROOMS.keys() | EVERYWHERE
    assert {name for _, name in uses()} == ROOMS.keys() | EVERYWHERE


def test_the_linter_holds_what_this_map_says():
    rules = PROJECT["tool"]["ruff"]["lint"]
    assert "TID251" in rules["select"]
    banned = rules["flake8-tidy-imports"]["banned-api"]
    assert {"os.environ", "os.getenv", "pickle"} <= banned.keys()


def test_the_lock_holds_every_dependency_with_hashes():
    locked = {
        line.partition("==")[0] for line in (ROOT / "requirements/dev.lock").read_text().splitlines() if "==" in line
    }
    groups = PROJECT["dependency-groups"]
    asked = {
        entry.partition(";")[0].partition(">")[0].strip().lower()
        for entry in [*PROJECT["project"]["dependencies"], *groups["dev"], *groups["build"]]
    }
    assert asked - locked == set()
    assert (ROOT / "requirements/dev.lock").read_text().count("--hash=sha256:") > len(locked)
