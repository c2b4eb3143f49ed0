"""What the code itself offers: every operation of every repository, every command that opens a tenant."""

import ast
import importlib
import inspect
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import click

from shopwright.cli.main import shopwright

SOURCE = Path(__file__).parents[2] / "src/shopwright"
DATABASE_OPENERS = {"shopwright.bootstrap.deployment", "shopwright.bootstrap.platform"}


def module_of(file):
    parts = file.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_of(file): file for file in sorted(SOURCE.rglob("*.py"))}
REPOSITORIES = {name for name in FILES if "repository" in name.split(".")[2:]}


def imports_of(module):
    """(module, name) of everything a module imports, at whatever depth."""
    for node in ast.walk(ast.parse(FILES[module].read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def package_of(module):
    """The repository a module is part of: its package, or the module itself."""
    return module[: module.index(".repository") + len(".repository")]


def handed_out():
    """Every class and function of a repository that a module outside of that repository imports."""
    for module in FILES:
        for origin, name in imports_of(module):
            if origin in REPOSITORIES and not module.startswith(package_of(origin)):
                yield getattr(importlib.import_module(origin), name)


def is_asynchronous(function):
    plain = inspect.unwrap(function)
    returned = str(inspect.signature(plain).return_annotation)
    return (
        inspect.iscoroutinefunction(plain)
        or inspect.isasyncgenfunction(plain)
        or returned.startswith(("collections.abc.AsyncIterator", "collections.abc.Awaitable", str(AsyncIterator)))
    )


def classes_of_identity():
    """What the entrances are given to sign people in and to change them."""
    for name in FILES:
        if name.startswith("shopwright.bootstrap.identity."):
            module = importlib.import_module(name)
            yield from (thing for thing in vars(module).values() if inspect.isclass(thing) and thing.__module__ == name)


def operations():
    """Every public method of those classes, and every such function, that speaks with the database."""
    found = {}
    for thing in {*handed_out(), *classes_of_identity()}:
        methods = [thing] if inspect.isfunction(thing) else vars(thing).values() if inspect.isclass(thing) else []
        for method in methods:
            if inspect.isfunction(method) and not method.__name__.startswith("_") and is_asynchronous(method):
                found[f"{method.__module__}.{method.__qualname__}"] = (thing, method)
    return found


def commands(group=shopwright, before="") -> Iterator[tuple[str, str]]:
    """(words, module) of every command."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name, inspect.unwrap(command.callback).__module__


def reached(module):
    """Every module of the entrances and of bootstrap that a module leads to."""
    seen, todo = set(), [module]
    while todo:
        now = todo.pop()
        if now in seen or not now.startswith(("shopwright.cli", "shopwright.bootstrap")):
            continue
        seen.add(now)
        for origin, name in imports_of(now):
            todo += [each for each in (origin, f"{origin}.{name}") if each in FILES]
    return seen


def commands_in_tenants():
    """The commands that can come to a database, by what they import."""
    return {words for words, module in commands() if reached(module) & DATABASE_OPENERS}
