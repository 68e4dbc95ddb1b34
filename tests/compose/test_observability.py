"""The files of the profile `observability` fit each other and the metrics that the service really has."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from api.metrics import StoredMetrics
from api.request_metrics import RequestMetrics
from models.queries import Backlog

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "observability"


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


def served() -> set[str]:
    """The names of all samples that `GET /metrics` may hold."""
    requests = RequestMetrics()
    requests.record("GET", "/", 200, 0.1)
    names = {"jobs_ended": "succeeded", "claims": "money", "sweeper": "failed", "deliveries": "dead", "retries": ""}
    requests.registry.register(
        StoredMetrics({name: {label: 1} for name, label in names.items()}, Backlog(0, 0, None, 0))
    )
    families = text_string_to_metric_families(generate_latest(requests.registry).decode())
    return {sample.name for family in families for sample in family.samples} | {
        "tally_database_up",
        "tally_redis_up",
        "tally_workers",
    }


def expressions() -> list[str]:
    dashboard = json.loads((FOLDER / "grafana/dashboards/tally.json").read_text("utf-8"))
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def test_dashboard_shows_metrics_that_exist() -> None:
    names = {name for text in expressions() for name in re.findall(r"\btally_\w+", text)}
    assert len(names) >= 10
    assert names <= served()


def test_alerts_of_the_documentation_exist() -> None:
    page = (ROOT / "docs/how-to/watch-with-prometheus.md").read_text("utf-8")
    names = set(re.findall(r"\(tally_\w+|\btally_\w+(?=[{\[) ])", page))
    assert {name.lstrip("(") for name in names} <= served()


def test_dashboard_shows_what_one_is_woken_up_for() -> None:
    page = (ROOT / "docs/how-to/watch-with-prometheus.md").read_text("utf-8")
    alerts = re.findall(r"^\| `((?:max|min)\(.*)` \|", page, flags=re.MULTILINE)
    names = set(re.findall(r"\btally_\w+", " ".join(alerts)))
    assert {"tally_workers", "tally_redis_up"} <= names
    assert names <= set(re.findall(r"\btally_\w+", " ".join(expressions())))


def test_panels_are_whole_and_do_not_overlap() -> None:
    dashboard = json.loads((FOLDER / "grafana/dashboards/tally.json").read_text("utf-8"))
    source = read("observability/grafana/provisioning/datasources/prometheus.yml")["datasources"][0]["uid"]
    cells: set[tuple[int, int]] = set()
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    for panel in dashboard["panels"]:
        assert panel["title"]
        assert {panel["datasource"]["uid"], *(target["datasource"]["uid"] for target in panel["targets"])} == {source}
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        mine = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & mine
        cells |= mine


def test_brackets_of_expressions_are_closed() -> None:
    for text in expressions():
        for pair in ("()", "[]", "{}"):
            assert text.count(pair[0]) == text.count(pair[1]), text


def test_compose_mounts_what_is_there_and_publishes_to_this_machine_alone() -> None:
    services = read("docker-compose.yml")["services"]
    for name in ("prometheus", "grafana"):
        service = services[name]
        assert service["profiles"] == ["observability"]
        assert re.fullmatch(r"[a-z/]+:v?\d+\.\d+\.\d+", service["image"])
        for volume in service["volumes"]:
            source = re.sub(r"\$\{\w+:-(.*?)\}", r"\1", volume).partition(":")[0]
            assert not source.startswith(".") or (ROOT / source).exists()
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    (scrape,) = read("observability/prometheus.yml")["scrape_configs"]
    (discovery,) = scrape["dns_sd_configs"]
    assert set(discovery["names"]) <= set(services)
    mounted = " ".join(services["prometheus"]["volumes"])
    assert scrape["authorization"]["credentials_file"] in mounted
    assert (FOLDER / "no-key").read_bytes() == b""
    source = read("observability/grafana/provisioning/datasources/prometheus.yml")["datasources"][0]
    assert source["url"] == "http://prometheus:9090"
    path = read("observability/grafana/provisioning/dashboards/tally.yml")["providers"][0]["options"]["path"]
    assert path in " ".join(services["grafana"]["volumes"])
