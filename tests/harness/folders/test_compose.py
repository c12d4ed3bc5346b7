"""The compose file: a service per folder, restricted as a run by the harness is."""

from __future__ import annotations

import pytest
import yaml

from harness.backends import load_backends
from harness.folders import generated
from harness.folders.compose import LEFT_OUT, OWN, SHARED, compose
from harness.runtimes.hardening import restrictions

BACKENDS = load_backends()
SERVICES = yaml.safe_load(compose(list(BACKENDS.values())))["services"]

every_backend = pytest.mark.parametrize("name", BACKENDS)


def test_a_new_folder_gets_a_service(newcomer):
    backend = newcomer('build_base = "example.org/python:3.12"\ntmpfs_exec = true')
    text = generated(backend.folder.parent)[backend.folder.parent.parent / "docker-compose.yml"]
    services = yaml.safe_load(text)["services"]
    assert list(services) == ["newcomer"]
    service = services["newcomer"]
    assert service["build"]["dockerfile"] == "dockerfiles/newcomer/Dockerfile"
    assert service["build"]["args"] == {
        "BASE": "${CONFORM_BASE_PYTHON_3_12_SLIM_BOOKWORM:-python:3.12-slim-bookworm}",
        "BUILD_BASE": "${CONFORM_BASE_EXAMPLE_ORG_PYTHON_3_12:-example.org/python:3.12}",
    }
    assert service["mem_limit"] == "3g"
    assert service["cpus"] == 1.5
    assert ",exec," in service["tmpfs"][0]
    assert "#   CONFORM_BASE_PYTHON_3_12_SLIM_BOOKWORM=conform-base/python3.12 \\\n" in text
    assert "deploy" not in service


def test_without_a_backend_there_is_no_service():
    assert yaml.safe_load(compose([]))["services"] is None


def test_every_restriction_is_in_the_file_or_left_out_for_a_reason():
    """A new one has to be put somewhere."""
    assert set(restrictions(BACKENDS["cntk"], 1)) == {*SHARED, *OWN, *LEFT_OUT}


@every_backend
def test_a_service_runs_under_the_restrictions_of_a_run(name):
    service, limits = SERVICES[name], restrictions(BACKENDS[name], processors=64)
    for same in {*SHARED, *OWN} - {"tmpfs", "nano_cpus"}:
        assert service["ipc" if same == "ipc_mode" else same] == limits[same]
    assert service["tmpfs"] == [f"{path}:{options}" for path, options in limits["tmpfs"].items()]
    assert service["cpus"] * 1e9 == limits["nano_cpus"]
    assert service["volumes"] == ["./results:/results"]
    # To open the journal, which the suite gives up before anything of the backend runs.
    assert {*service["cap_add"]} - {*limits["cap_add"]} == {"CHOWN", "DAC_OVERRIDE"}
    assert "exec /opt/judge/bin/python -I /opt/suite/conformance/__main__.py" in service["entrypoint"][2]
    assert service["logging"] == {"driver": limits["log_config"]["Type"]}
    assert service["ulimits"] == {
        limit["Name"]: {"soft": limit["Soft"], "hard": limit["Hard"]} for limit in limits["ulimits"]
    }


@every_backend
def test_the_service_of_a_gpu_backend_reserves_one_and_no_other_does(name):
    service = SERVICES[name]
    assert service["profiles"] == [BACKENDS[name].device]
    if BACKENDS[name].device == "cpu":
        assert "deploy" not in service
        return
    (device,) = service["deploy"]["resources"]["reservations"]["devices"]
    assert device == {"driver": "nvidia", "device_ids": ["${CONFORM_GPU:-0}"], "capabilities": ["gpu"]}
