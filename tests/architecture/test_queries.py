"""Every method of a repository is explained by the server: in ``tests/mongo/test_<room>_queries.py``."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/shopwright"


def repositories():
    """(room, class) of every repository."""
    for file in sorted([*SOURCE.rglob("repository.py"), *SOURCE.rglob("repository/*.py")]):
        module = ".".join(("shopwright", *file.relative_to(SOURCE).with_suffix("").parts))
        for name, kind in vars(import_module(module)).items():
            if inspect.isclass(kind) and name.endswith("Repository") and kind.__module__ == module:
                yield file.relative_to(SOURCE).parts[0], kind


def methods(kind):
    """Those that ask the database for something."""
    found = {name: method for name, method in vars(kind).items() if not name.startswith("_")}
    asks = (inspect.iscoroutinefunction, inspect.isasyncgenfunction)
    return {name for name, method in found.items() if any(is_one(method) for is_one in asks)}


def explained_names(room):
    """Names of what is called inside ``explained(...)``, or by a function of the test that is."""
    module = ast.parse((ROOT / f"tests/mongo/test_{room}_queries.py").read_text())
    helpers = {node.name: node for node in module.body if isinstance(node, ast.AsyncFunctionDef)}
    inside = [call for node in calls(module) if name_of(node) == "explained" for call in calls(*node.args)]
    indirect = [call for node in inside if name_of(node) in helpers for call in calls(helpers[name_of(node)])]
    return {name_of(call) for call in inside + indirect}


def calls(*nodes):
    return [call for node in nodes for call in ast.walk(node) if isinstance(call, ast.Call)]


def name_of(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


@pytest.mark.parametrize(("room", "kind"), list(repositories()), ids=lambda value: getattr(value, "__name__", value))
def test_every_method_of_a_repository_is_explained(room, kind):
    assert methods(kind) - explained_names(room) == set()


def test_there_are_repositories():
    assert {kind.__name__ for _, kind in repositories()} >= {"CatalogRepository", "JobRepository", "ReleaseRepository"}
