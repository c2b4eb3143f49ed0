"""The documents say what the code does."""

import dataclasses
import json
import re
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
import yaml

from shopwright import errors, settings
from shopwright.bootstrap.alert_rules import alerts_of
from shopwright.catalog.product import Product
from shopwright.catalog.store import Store
from shopwright.cli.main import shopwright
from shopwright.job_settings import JobSettings
from shopwright.performance.every_metric import EVERY_METRIC
from shopwright.seo.gate.rules.every import RULES
from shopwright.settings import PREFIX, BackupSettings, Settings
from shopwright.validation.requirements import read_requirements

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
VERSION = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]


def text(name):
    return (ROOT / name).read_text()


def without_code(document):
    """The prose: what stands in fences is shown, not linked."""
    return re.sub(r"```.*?```", "", document.read_text(), flags=re.DOTALL)


def anchors(document):
    headings = re.findall(r"^#+ +(.+)$", without_code(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(group=shopwright, before=""):
    """Every command by the words it is called with, without those that only hold others."""
    found = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        words = before + name
        found |= commands(command, f"{words} ") if isinstance(command, click.Group) else {words: command}
    return found


def test_every_command_and_option_is_described():
    described = text("docs/reference/cli.md")
    asked = [f"## shopwright {name}" for name in commands()]
    asked += [
        f"`{option}"
        for command in commands().values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    ]
    assert [words for words in asked if words not in described] == []


def test_no_command_or_option_is_described_that_is_not_there():
    described = text("docs/reference/cli.md")
    options = {option for command in commands().values() for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"^## shopwright ([\w -]+)$", described, re.MULTILINE)) == set(commands())
    assert set(re.findall(r"^\| `(--[\w-]+)", described, re.MULTILINE)) - options == set()


def test_every_command_and_option_has_help():
    silent = [name for name, command in commands().items() if not command.help]
    options = [p for command in commands().values() for p in command.params if isinstance(p, click.Option)]
    assert silent + [option.name for option in options if not option.help] == []


def test_every_setting_is_described():
    described = re.findall(rf"^\| `{PREFIX}(\w+)`", text("docs/reference/settings.md"), re.MULTILINE)
    backups = [f"BACKUP_{field.name.upper()}" for field in dataclasses.fields(BackupSettings)]
    usual = [field.name.upper() for field in dataclasses.fields(Settings)]
    database = [
        "MONGOD",
        "MONGOD_CACHE",
        "USER_SECRET",
        "TENANT_USERS",
        "CELLS",
        "TENANTS_PER_CELL",
        "KEYS",
        "KMS",
        "PLANS",
    ]
    jobs = [field.name.upper() for field in dataclasses.fields(JobSettings)]
    audit = [field.name.upper() for field in dataclasses.fields(settings.AuditSettings)]
    monitoring = ["MEMORY", "ALERTS", "LOG_LEVEL"]
    assert described == [*usual, *database, *backups, *(f"AUDIT_{name}" for name in audit), *jobs, *monitoring]
    assert f"{settings.MOST_WORKERS}" in text("docs/reference/settings.md")


def test_every_rule_of_the_audit_is_described():
    described = text("docs/reference/audit-rules.md")
    assert [rule for rule in RULES if f"`{rule}`" not in described] == []


def test_every_metric_and_every_alert_rule_is_described():
    described = re.findall(r"^\| `(shopwright_\w+)` \| (\w+) \|", text("docs/reference/metrics.md"), re.MULTILINE)
    assert described == sorted((metric.name, metric.kind) for metric in EVERY_METRIC.metrics.values())
    rules = re.findall(r"^\| `([\w-]+)` \| (?:page|ticket) \|", text("docs/reference/alerts.md"), re.MULTILINE)
    assert rules == [rule.name for rule in alerts_of(None).rules]


def test_the_dashboard_shows_what_is_measured():
    panels = json.loads(text("deploy/grafana-dashboard.json"))["panels"]
    shown = {
        name for panel in panels for asked in panel["targets"] for name in re.findall(r"shopwright_\w+", asked["expr"])
    }
    assert {re.sub(r"_(bucket|sum|count)$", "", name) for name in shown} - EVERY_METRIC.metrics.keys() == set()


def test_every_error_is_described():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    assert [kind.__name__ for kind in kinds if f"`{kind.__name__}`" not in text("docs/reference/errors.md")] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document):
    dead = []
    for link in LINK.findall(without_code(document)):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = (document.parent / unquote(path)) if path else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


def test_every_document_is_linked_from_another():
    linked = {
        (document.parent / path.partition("#")[0]).resolve()
        for document in DOCUMENTS
        for path in LINK.findall(without_code(document))
    }
    alone = [d.relative_to(ROOT).as_posix() for d in DOCUMENTS if d.resolve() not in linked and d.name != "README.md"]
    assert alone == []


def test_the_store_of_the_first_steps_is_a_store():
    fences = dict(re.findall(r"```(yaml|json)\n(.*?)```", text("docs/start.md"), re.DOTALL))
    assert Store.model_validate(yaml.safe_load(fences["yaml"])).name == "Tiny Store"
    product = Product.model_validate_json(fences["json"])
    assert product.variants[0].price.amount == 1490


def test_the_changelog_knows_this_version():
    assert f"## {VERSION}" in text("CHANGELOG.md")


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(file.name[:4]) for file in sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_dependency_has_its_reason():
    project = re.search(r"^dependencies = \[\n(.*?)^\]", text("pyproject.toml"), re.MULTILINE | re.DOTALL)[1]
    names = re.findall(r'"([\w-]+)', project)
    reasons = text("docs/decisions/0002-dependencies.md")
    assert [name for name in names if f"| {name} |" not in reasons] == []


def test_what_the_requirements_point_to_is_there():
    missing = []
    for requirement in read_requirements(ROOT / "docs/requirements.md"):
        cells = {
            "src/shopwright": requirement.module,
            ".": requirement.test,
            "src/shopwright/validation": requirement.check,
        }
        for folder, cell in cells.items():
            missing += [path for path in re.findall(r"`([^`]+)`", cell) if not (ROOT / folder / path).exists()]
    assert missing == []


def test_readme_shows_the_two_commands_and_a_picture_on_its_first_screen():
    first = text("README.md").splitlines()[:40]
    assert "make demo" in "\n".join(first)
    assert "make test" in "\n".join(first)
    assert any(re.match(r"!\[.+\]\(docs/pictures/home\.png\)", line) for line in first)
