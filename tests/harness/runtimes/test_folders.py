"""What a backend's folder says in several places is the same in all of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from harness.backends import load_backends
from harness.baseline import load_baseline
from harness.paths import backends_root
from harness.runtimes.base import SuiteRequest, suite_environment
from harness.runtimes.bases import public_bases, standin_for
from harness.runtimes.hardening import USER, restrictions

BACKENDS = load_backends()
COMPOSE = yaml.safe_load((backends_root().parent / "docker-compose.yml").read_text(encoding="utf-8"))


def pins(name):
    text = BACKENDS[name].requirements.read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def instructions(name, word):
    """The arguments of every instruction `word`, continuation lines joined."""
    text = BACKENDS[name].dockerfile.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.split(maxsplit=1)[1] for line in text.splitlines() if line.startswith(f"{word} ")]


def settings(name, word):
    found = {}
    for line in instructions(name, word):
        for key, quoted, single, plain in re.findall(r"([\w.-]+)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))", line):
            found[key] = quoted or single or plain
    return found


every_backend = pytest.mark.parametrize("name", BACKENDS)


@every_backend
def test_every_requirement_is_pinned_with_hashes(name):
    text = BACKENDS[name].requirements.read_text(encoding="utf-8")
    entries = re.findall(r"^[a-zA-Z0-9](?:.*\\\n)*.*", text, re.MULTILINE)
    assert entries
    for entry in entries:
        assert "==" in entry.splitlines()[0]
        assert "--hash=sha256:" in entry


@every_backend
def test_the_requirements_have_the_front_end_and_the_engine_the_folder_names(name):
    assert pins(name)[BACKENDS[name].front_end] == BACKENDS[name].keras
    assert BACKENDS[name].engine in pins(name)


@every_backend
def test_the_labels_state_the_pinned_versions(name):
    backend = BACKENDS[name]
    labels = settings(name, "LABEL")
    engine = pins(name)[backend.engine]
    assert labels["io.keras-conformance.backend"] == name
    assert labels["io.keras-conformance.keras"] == backend.keras
    assert labels["io.keras-conformance.engine"] == f"{backend.engine}=={engine}"
    assert labels["org.opencontainers.image.version"] == engine


@every_backend
def test_the_image_sets_what_the_folder_says(name):
    backend = BACKENDS[name]
    env = settings(name, "ENV")
    start = {
        "column": name,
        "backend": name,
        "api": backend.api,
        "runtime": "docker",
        "device": backend.device,
    }
    wanted = suite_environment(backend, SuiteRequest("full", None, 1, None, start, Path()))
    assert json.loads(env.pop("CONFORM_START")) == json.loads(wanted.pop("CONFORM_START"))
    assert {key: env.get(key) for key in wanted} == wanted


@every_backend
def test_the_base_is_the_one_the_folder_names_and_has_a_standin(name):
    bases = public_bases(BACKENDS[name].dockerfile.read_text(encoding="utf-8"))
    assert bases["BASE"] == BACKENDS[name].docker.base
    assert BACKENDS[name].docker.standin == standin_for(bases["BASE"])
    made = (backends_root().parent / "scripts" / "base-images.sh").read_text(encoding="utf-8")
    for public in bases.values():
        assert f" {public} {standin_for(public)}\n" in made


@every_backend
def test_nothing_in_an_image_comes_from_the_distribution(name):
    assert not any(re.search(r"\bapt(-get)?\b", line) for line in instructions(name, "RUN"))


@every_backend
def test_the_baseline_is_the_backends_own(name):
    assert load_baseline(BACKENDS[name]).backend == name


def test_compose_has_a_service_per_folder():
    assert set(COMPOSE["services"]) == set(BACKENDS)


@every_backend
def test_the_compose_service_runs_the_image_under_the_same_limits(name):
    backend = BACKENDS[name]
    service = COMPOSE["services"][name]
    limits = restrictions(backend, processors=64)
    assert service["profiles"] == [backend.device]
    assert service["build"]["dockerfile"] == f"dockerfiles/{name}/Dockerfile"
    assert service["environment"]["COLUMN"] == name
    assert service["read_only"] is limits["read_only"]
    assert service["network_mode"] == limits["network_mode"]
    assert service["cap_drop"] == limits["cap_drop"]
    assert service["tmpfs"] == [f"{path}:{options}" for path, options in limits["tmpfs"].items()]
    assert service["mem_limit"] == limits["mem_limit"]
    assert service["memswap_limit"] == limits["memswap_limit"]
    assert service["pids_limit"] == limits["pids_limit"]
    assert service["cpus"] * 1e9 == limits["nano_cpus"]
    assert service["volumes"] == ["./results:/results"]
    uid, gid = USER.split(":")
    assert f"setpriv --reuid={uid} --regid={gid} --clear-groups" in service["entrypoint"][2]


@every_backend
def test_the_compose_service_passes_every_base_with_the_dockerfiles_default(name):
    bases = public_bases(BACKENDS[name].dockerfile.read_text(encoding="utf-8"))
    arguments = COMPOSE["services"][name]["build"]["args"]
    assert {key: re.sub(r"\$\{\w+:-(.*)\}", r"\1", value) for key, value in arguments.items()} == bases


gpu_backends = pytest.mark.parametrize(
    "name", [name for name, backend in BACKENDS.items() if backend.device == "gpu"]
)


@gpu_backends
def test_a_gpu_image_asks_for_what_it_needs_of_the_driver(name):
    assert settings(name, "ENV")["NVIDIA_DRIVER_CAPABILITIES"] == "compute,utility"


@gpu_backends
def test_the_compose_service_of_a_gpu_backend_reserves_one(name):
    (device,) = COMPOSE["services"][name]["deploy"]["resources"]["reservations"]["devices"]
    assert device == {"driver": "nvidia", "device_ids": ["${CONFORM_GPU:-0}"], "capabilities": ["gpu"]}


@gpu_backends
def test_a_gpu_backend_has_the_requirements_of_its_sibling_and_the_devices(name):
    gpu = BACKENDS[name]
    engine = {
        "tensorflow-gpu": "tensorflow",
        "cntk-gpu": "cntk",
        "theano-gpu": "theano",
        "tensorflow2-gpu": "tf_keras",
    }[name]
    sibling = pins(engine)
    sibling.pop(BACKENDS[engine].engine)
    assert sibling.items() <= pins(name).items()
    assert not gpu.default
