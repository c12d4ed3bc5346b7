"""Negative controls: what a measure forbids succeeds without it, is refused by it alone, and is refused by
all together."""

from __future__ import annotations

import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import docker.errors
import pytest

from harness.backends import DockerSettings, load_backends
from harness.runtimes.docker import DockerRuntime
from harness.runtimes.hardening import MEASURES, WORKER, restrictions

pytestmark = pytest.mark.docker

TESTS = Path(__file__).parents[2]
SMALL = DockerSettings(base="-", memory="128m", tmpfs="16m", pids=48, cpus=0.2)
PROBES = {
    "network": ["network"],
    "root": ["root"],
    "tmpfs": ["tmpfs_run", "tmpfs_fill"],
    "capabilities": ["capabilities"],
    "privileges": ["privileges"],
    "seccomp": ["seccomp"],
    "memory": ["memory"],
    "processes": ["processes"],
    "processors": ["processors"],
    "files": ["files", "cores"],
    "logs": [],  # seen from outside
    "environment": ["environment"],
    "shared memory": ["shared_memory"],
    "mounts": ["mounts"],
    "init": ["init"],
}
# Two users are the suite's own measure (tests/attacks/test_container.py), and the probes run as the worker's.
ALL = ["user", *(probe for probes in PROBES.values() for probe in probes)]


@pytest.fixture(scope="module")
def image(daemon):
    """A small image with the probes and a set-uid program of root's."""
    base = DockerRuntime().prepare(load_backends(TESTS / "faults")["faulty"], print).identity
    dockerfile = f"FROM {base}\nRUN cp /usr/bin/id /probe-id && chmod 4755 /probe-id\nCOPY forbidden.py /\n"
    context = io.BytesIO()
    with tarfile.open(fileobj=context, mode="w") as tar:
        for name, content in (
            ("Dockerfile", dockerfile.encode()),
            ("forbidden.py", (Path(__file__).parent / "probes" / "forbidden.py").read_bytes()),
        ):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    context.seek(0)
    made, _ = daemon.images.build(fileobj=context, custom_context=True, rm=True, network_mode="none")
    yield made.id
    daemon.images.remove(made.id, force=True)


@pytest.fixture
def probe(image, tmp_path, monkeypatch):
    """Runs probes in a container with these arguments; which of them succeeded."""
    settings = {"proxies": {"default": {"httpProxy": "http://user:secret@192.0.2.1:3128"}}}
    (tmp_path / "config.json").write_text(json.dumps(settings))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    client = docker.from_env()
    made = []

    def run(names, arguments):
        arguments = {"user": "0", **arguments}
        container = client.containers.create(
            image, ["/forbidden.py", *names], entrypoint=["python"], **arguments
        )
        made.append(container)
        # Attached first: a container without a log shows only what it writes from then on.
        out = container.attach(stdout=True, stderr=False, stream=True)
        container.start()
        return container, json.loads(b"".join(out))

    yield run
    for container in made:
        container.remove(force=True)
    client.close()


def without():
    together = {}
    for measure in MEASURES:
        together |= measure.off
    return together


def test_every_measure_has_its_probes():
    assert [measure.name for measure in MEASURES] == list(PROBES)


def test_with_nothing_on_everything_succeeds(probe):
    container, done = probe(ALL, without())
    assert done == dict.fromkeys(ALL, True)
    assert container.logs()


@pytest.mark.parametrize(
    "measure", [measure for measure in MEASURES if PROBES[measure.name]], ids=lambda measure: measure.name
)
def test_each_alone_refuses_what_it_forbids(probe, measure):
    names = PROBES[measure.name]
    _, done = probe(names, measure.on(SMALL, 2))
    assert done == dict.fromkeys(names, False)


def test_without_a_log_the_daemon_keeps_nothing(probe):
    (logs,) = (measure for measure in MEASURES if measure.name == "logs")
    container, _ = probe([], logs.on(SMALL, 2))
    with pytest.raises(docker.errors.APIError):
        container.logs()


def test_with_all_on_everything_is_refused(probe):
    backend = replace(load_backends()["cntk"], docker=SMALL)
    _, done = probe(ALL, {**restrictions(backend, 2), "user": f"{WORKER}:{WORKER}"})
    assert done == dict.fromkeys(ALL, False)


def test_a_program_in_memory_runs_all_the_same(probe):
    """SECURITY.md says so: engines that compile need it, and it can do no more than the worker itself."""
    backend = replace(load_backends()["cntk"], docker=SMALL)
    _, done = probe(["memory_run"], {**restrictions(backend, 2), "user": f"{WORKER}:{WORKER}"})
    assert done == {"memory_run": True}


def test_only_what_its_folder_says_makes_the_tmpfs_executable(probe):
    (tmpfs,) = (measure for measure in MEASURES if measure.name == "tmpfs")
    _, done = probe(["tmpfs_run"], tmpfs.on(replace(SMALL, tmpfs_exec=True), 2))
    assert done == {"tmpfs_run": True}
    assert {backend.engine for backend in load_backends().values() if backend.docker.tmpfs_exec} == {"theano"}
