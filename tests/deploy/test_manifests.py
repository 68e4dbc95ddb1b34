"""The Kubernetes manifests: valid for the API server, and true to the code and to docker-compose.yml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from api.settings import Settings
from cli.main import _parser
from worker.settings import WorkerSettings

DEPLOY = Path(__file__).parents[2] / "deploy"
KUBERNETES = "1.33"
COMPOSE = yaml.safe_load((DEPLOY.parent / "docker-compose.yml").read_text("utf-8"))


def resources() -> list[Any]:
    """Every resource by its kind and name."""
    found = [
        document
        for path in sorted(DEPLOY.glob("*.yaml"))
        if path.name != "kustomization.yaml"
        for document in yaml.safe_load_all(path.read_text("utf-8"))
    ]
    return [pytest.param(each, id=f"{each['kind']}-{each['metadata']['name']}") for each in found]


def pods() -> list[Any]:
    """The resources that start pods."""
    return [each for each in resources() if "template" in each.values[0]["spec"]]


@pytest.mark.parametrize("resource", resources())
def test_resources_are_valid(resource: dict[str, Any]) -> None:
    kubernetes_validate.validate(resource, KUBERNETES, strict=True)


def test_the_checker_knows_a_wrong_field() -> None:
    wrong = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "tally"}, "spec": {"port": 80}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES, strict=True)


def test_kustomization_names_every_file() -> None:
    kustomization = yaml.safe_load((DEPLOY / "kustomization.yaml").read_text("utf-8"))
    files = {path.name for path in DEPLOY.glob("*.yaml")} - {"kustomization.yaml"}
    assert set(kustomization["resources"]) == files


@pytest.mark.parametrize("resource", pods())
def test_pods_are_confined(resource: dict[str, Any]) -> None:
    spec = resource["spec"]["template"]["spec"]
    assert spec["securityContext"]["runAsNonRoot"]
    assert not spec["automountServiceAccountToken"]
    for container in spec["containers"]:
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert not container["securityContext"]["allowPrivilegeEscalation"]
        assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
        assert container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("resource", pods())
def test_pods_run_the_commands_of_compose(resource: dict[str, Any]) -> None:
    (container,) = resource["spec"]["template"]["spec"]["containers"]
    assert container["args"] == COMPOSE["services"][container["name"]]["command"]
    _parser().parse_args(container["args"])
    fields = {f"TALLY_{name.upper()}" for kind in (Settings, WorkerSettings) for name in kind.model_fields}
    fields.remove("TALLY_ALIVE_FILE")
    of_its_own = {each["name"]: each.get("value") for each in container.get("env", []) if each["name"] not in fields}
    assert of_its_own.items() <= COMPOSE["services"][container["name"]]["environment"].items()
    assert container["envFrom"] == [{"secretRef": {"name": "tally"}}]


def test_every_process_of_compose_is_deployed() -> None:
    ours = {name for name, service in COMPOSE["services"].items() if service["image"] == "tally:local"}
    assert {each.values[0]["spec"]["template"]["spec"]["containers"][0]["name"] for each in pods()} == ours


@pytest.mark.reliability(13)
def test_a_stopped_worker_has_time_to_end_its_job() -> None:
    """Kubernetes and compose wait for longer than a job may take, and tell the worker itself, not a shell."""
    composed = COMPOSE["services"]["worker"]
    assert composed["init"] is True
    assert isinstance(composed["command"], list)
    hard_limit = WorkerSettings.model_fields["hard_time_limit"].default
    named = re.fullmatch(r"\$\{TALLY_WORKER_GRACE:-(\d+)s\}", composed["stop_grace_period"])
    assert named is not None
    assert int(named[1]) > hard_limit
    (worker,) = (each.values[0] for each in pods() if each.values[0]["metadata"]["name"] == "tally-worker")
    grace = worker["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]
    assert grace > hard_limit


def test_a_worker_is_ill_only_when_its_sweeps_stop() -> None:
    """The health checks look at the file that it touches, and wait for twice the longest pause at least."""
    (worker,) = (each.values[0] for each in pods() if each.values[0]["metadata"]["name"] == "tally-worker")
    (container,) = worker["spec"]["template"]["spec"]["containers"]
    probe = container["livenessProbe"]["exec"]["command"][2]
    composed = COMPOSE["services"]["worker"]
    assert composed["healthcheck"]["test"] == ["CMD-SHELL", probe.replace("$", "$$")]
    found = re.search(r"find (\S+) -newermt '-(\d+) seconds'", probe)
    assert found is not None
    assert found[1] == composed["environment"]["TALLY_ALIVE_FILE"]
    (longest,) = (each.le for each in WorkerSettings.model_fields["sweep_seconds"].metadata if hasattr(each, "le"))
    assert int(found[2]) >= 2 * longest
