"""A Docker daemon that dies, is shut down, has no room or is left in the middle of a build: infrastructure,
never conformance.

The daemon is real, and this file's own: small, on a file system in memory, without a network.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docker
import pytest

from harness.backends import load_backends
from harness.baseline_check import apply_all
from harness.errors import EnvironmentProblem
from harness.exitcodes import ExitCode
from harness.merge import merge_journals
from harness.outcome import outcome
from harness.progress import PlainDisplay
from harness.run import Job, run_columns
from harness.runtimes import Environment, SuiteRequest
from harness.runtimes.docker import DockerRuntime
from harness.runtimes.owner import myself
from tests import ROOT

PROGRAMS = ("sh", "cat", "sleep", "true")

pytestmark = [
    pytest.mark.docker,
    pytest.mark.slow,
    pytest.mark.skipif(
        os.getuid() != 0 or not shutil.which("dockerd"), reason="starts a daemon of its own: root and dockerd"
    ),
]


class Daemon:
    """A daemon with its own data, on a file system of `size`."""

    def __init__(self, folder: Path, size: str) -> None:
        self.folder = folder
        self.host = f"unix://{folder}/socket"
        self.process: subprocess.Popen[bytes] | None = None
        (folder / "data").mkdir()
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder / "data")], check=True
        )

    def start(self) -> None:
        # In a network of its own: a daemon without a bridge removes the one that another has made.
        command = [
            "unshare",
            "--net",
            "dockerd",
            "--data-root",
            f"{self.folder}/data",
            "--exec-root",
            f"{self.folder}/exec",
        ]
        command += ["-H", self.host]
        command += ["-p", f"{self.folder}/pid", "--bridge=none", "--iptables=false"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(docker.errors.DockerException):
                self.client().ping()
                return
            assert self.process.poll() is None, (self.folder / "log").read_text()[-2000:]
            assert time.monotonic() < deadline
            time.sleep(0.2)

    def client(self):
        return docker.DockerClient(base_url=self.host, timeout=20)

    def end(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait()
        # containerd goes with a daemon that is killed; where nobody reaps orphans its number seems to be
        # alive.
        for left in ("pid", "exec/containerd/containerd.pid"):
            (self.folder / left).unlink(missing_ok=True)

    def remove(self) -> None:
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(docker.errors.DockerException):
                for container in self.client().containers.list(all=True):
                    container.remove(force=True)
            self.end(signal.SIGTERM)
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if str(self.folder).encode() in (process / "cmdline").read_bytes():
                    os.kill(
                        int(process.name), signal.SIGKILL
                    )  # what a killed daemon has left: shims of its containers
        mounts = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
        for mounted in reversed([path for path in mounts if path.startswith(f"{self.folder}/")]):
            subprocess.run(["umount", "-l", mounted], check=False, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def own() -> Iterator[Daemon]:
    # Not below pytest's folder: the path of a socket must be short.
    with tempfile.TemporaryDirectory(
        prefix="conform-daemon-", dir="/var/tmp", ignore_cleanup_errors=True
    ) as folder:
        daemon = Daemon(Path(folder), "96m")
        try:
            daemon.start()
            yield daemon
        finally:
            daemon.remove()


@pytest.fixture
def daemon(own, monkeypatch) -> Daemon:
    monkeypatch.setenv("DOCKER_HOST", own.host)
    return own


def programs() -> bytes:
    """A file system with a shell and little else, as a tar."""
    wanted = {}
    for program in PROGRAMS:
        path = Path(shutil.which(program) or "").resolve()
        linked = subprocess.run(["ldd", str(path)], capture_output=True, text=True, check=True).stdout
        for library in (word for word in linked.split() if word.startswith("/")):
            wanted[library] = Path(library).resolve()
        wanted[f"/bin/{program}"] = path
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, path in wanted.items():
            entry = tarfile.TarInfo(name.lstrip("/"))
            content = path.read_bytes()
            entry.size, entry.mode = len(content), 0o755
            tar.addfile(entry, io.BytesIO(content))
        for folder in ("tmp", "proc", "dev", "sys", "etc"):
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, 0o777
            tar.addfile(entry)
    return out.getvalue()


@pytest.fixture(scope="module")
def base(own) -> str:
    """The id of an image made of that."""
    client = own.client()
    imported = client.api.import_image_from_data(programs(), repository="tiny")
    assert "error" not in imported, imported
    return client.images.get("tiny").id


RECORDS = [
    {
        "kind": "start",
        "schema": 1,
        "run": "r",
        "column": "cntk",
        "backend": "cntk",
        "profile": "full",
        "started": "2026-11-22",
    },
    {"kind": "collected", "ids": ["a/f/x", "a/f/y"]},
    {"kind": "begin", "id": "a/f/x"},
    {"kind": "case", "id": "a/f/x", "area": "a", "function": "f", "verdict": "pass"},
    {"kind": "begin", "id": "a/f/y"},
]


@pytest.fixture
def endless(base, own):
    """The environment of an image that judges one case of two, and then hangs."""
    lines = "\n".join(json.dumps(record) for record in RECORDS)
    script = f"cat <<'E'\n{lines}\nE\nsleep 1000\n"
    dockerfile = f"FROM {base}\nENTRYPOINT {json.dumps(['/bin/sh', '-c', script])}\n"
    image, _ = own.client().images.build(fileobj=io.BytesIO(dockerfile.encode()), rm=True)
    return Environment(load_backends()["cntk"], "docker", image.id)


class Ready(DockerRuntime):
    """Runtime docker with an environment that is made already."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment

    def prepare(self, backend, report, profile):
        return self.environment


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "shut down"])
def test_a_daemon_that_goes_away_in_the_middle(daemon, endless, tmp_path, monkeypatch, number):
    # A label of a harness that is gone, as this one will be when the next one runs.
    owner = f"{myself().rpartition('/')[0]}/999999999-1"
    monkeypatch.setattr("harness.runtimes.containers.myself", lambda: owner)
    journal = tmp_path / "cntk.jsonl"

    def pull_the_plug():
        while not (journal.exists() and b'"case"' in journal.read_bytes()):
            time.sleep(0.02)
        daemon.end(number)

    puller = threading.Thread(target=pull_the_plug)
    puller.start()
    try:
        job = Job(endless.backend, "cntk", "full")
        run_columns([job], Ready(endless), tmp_path, PlainDisplay(io.StringIO()))
        puller.join()
        matrix = apply_all(merge_journals([journal]), {})
        (column,) = matrix.columns
        assert (column.status, column.infrastructure) == ("incomplete", True), column.reason
        assert column.counts == {"pass": 1}
        assert column.missing == ("a/f/y",)
        assert "stopped answering" in column.reason
        assert "--resume" in column.reason
        assert outcome(matrix) == ExitCode.NOT_RUN
    finally:
        daemon.start()
    # The next harness removes what that one could not.
    with DockerRuntime().run(endless, request(tmp_path)) as output:
        next(output)
        labels = [container.labels for container in daemon.client().containers.list(all=True)]
    assert len(labels) == 1
    assert daemon.client().containers.list(all=True) == []


def request(folder):
    return SuiteRequest("examples", None, 1, None, {"column": "cntk"}, folder / "stderr.log")


def test_an_image_that_is_removed_before_it_runs(daemon, endless, tmp_path):
    daemon.client().images.remove(endless.identity, force=True)
    run_columns([Job(endless.backend, "cntk", "full")], Ready(endless), tmp_path, PlainDisplay(io.StringIO()))
    matrix = merge_journals([tmp_path / "cntk.jsonl"])
    assert "could not be started" in matrix.columns[0].reason
    assert outcome(matrix) == ExitCode.NOT_RUN


def broken(tmp_path, dockerfile):
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "Dockerfile").write_text(dockerfile)
    (folder / "requirements.txt").write_text("")
    return replace(load_backends()["cntk"], name="broken", folder=folder)


def test_no_space_left_is_a_sentence(daemon, base, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CONFORM_BUILD_NETWORK", "none")
    backend = broken(tmp_path, f'FROM {base}\nRUN ["/bin/sh", "-c", "cat /dev/zero > /filler"]\n')
    with pytest.raises(EnvironmentProblem) as caught:
        DockerRuntime().prepare(backend, print)
    assert "no space left" in caught.value.message.lower()
    assert "\n" not in caught.value.message
    assert daemon.client().containers.list(all=True) == []


BUILD = """
import sys
from pathlib import Path
import harness.backends, harness.runtimes
harness.backends.backends_root = lambda: Path(sys.argv[1])
from harness.cli import main
main(["run", "cntk", "--runtime", "docker", "--out", sys.argv[2]])
"""


def test_a_build_that_is_cancelled_leaves_nothing(daemon, base, tmp_path):
    folder = tmp_path / "dockerfiles" / "cntk"
    shutil.copytree(load_backends()["cntk"].folder, folder)
    (folder / "Dockerfile").write_text(f'FROM {base}\nRUN ["/bin/sleep", "999"]\n')
    env = {
        **os.environ,
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "CONFORM_BUILD_NETWORK": "none",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", BUILD, str(folder.parent), str(tmp_path / "out")]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not daemon.client().containers.list():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    deadline = time.monotonic() + 30
    while daemon.client().containers.list(all=True) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert daemon.client().containers.list(all=True) == []
