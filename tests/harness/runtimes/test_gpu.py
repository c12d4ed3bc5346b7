"""GPUs: what is understood of nvidia-smi, which one a backend gets, and what is said where there is none.

The daemon and the machine of these tests mostly have no GPU, which is what the refusals are tested on. A
daemon that has one is a fake with the real daemon's words.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import docker
import docker.errors
import pytest

from harness.backends import load_backends
from harness.errors import EnvironmentProblem
from harness.runtimes import localgpu
from harness.runtimes.docker import DockerRuntime
from harness.runtimes.dockergpu import MEANS, look, offered, request
from harness.runtimes.gpu import Gpu, choose, parse
from harness.runtimes.localgpu import local_gpus, variables
from harness.runtimes.venv import VenvRuntime

BACKENDS = load_backends()
CNTK, THEANO = BACKENDS["cntk-gpu"], BACKENDS["theano-gpu"]
T4 = Gpu(0, "Tesla T4", (7, 5))
HOPPER = Gpu(1, "NVIDIA H100 80GB HBM3", (9, 0))
BLACKWELL = Gpu(2, "NVIDIA B200", (10, 0))

NO_FIELD = 'Field "compute_cap" is not a valid field to query.\n'


def test_a_line_per_gpu_is_understood():
    text = "0, Tesla T4, 7.5\n1, NVIDIA H100 80GB HBM3, 9.0\n2, A name, with a comma, 12.0\n"
    assert parse(text) == [T4, HOPPER, Gpu(2, "A name, with a comma", (12, 0))]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("", "lists none"),
        ("No devices were found\n", "No devices were found"),
        (
            "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n",
            "couldn't communicate",
        ),
        (NO_FIELD, "510 or newer"),
        ("0, Tesla T4, [N/A]\n", "Tesla T4"),
    ],
)
def test_any_other_answer_is_no_gpu_and_is_quoted(answer, says):
    with pytest.raises(EnvironmentProblem, match=r"^no GPU") as caught:
        parse(answer)
    assert says in caught.value.message
    assert "\n" not in caught.value.message


def test_the_first_gpu_that_the_backend_has_code_for_is_taken():
    assert choose(CNTK, [HOPPER, T4], None) == T4
    assert choose(THEANO, [HOPPER, T4], None) == HOPPER
    assert choose(THEANO, [HOPPER, T4], 0) == T4


@pytest.mark.parametrize("name", ["cntk-gpu", "tensorflow-gpu"])
def test_cuda_10_on_hopper_is_unsupported_hardware(name):
    with pytest.raises(EnvironmentProblem) as caught:
        choose(BACKENDS[name], [HOPPER], None)
    message = caught.value.message
    assert message.startswith("unsupported hardware: ")
    assert "to 7.5, and here is GPU 1, NVIDIA H100 80GB HBM3, compute capability 9.0" in message
    with pytest.raises(EnvironmentProblem, match="unsupported hardware"):
        choose(BACKENDS[name], [T4, HOPPER], 1)


def test_compute_capabilities_compare_as_numbers():
    with pytest.raises(EnvironmentProblem, match="unsupported hardware"):
        choose(THEANO, [BLACKWELL], None)
    assert choose(BACKENDS["tensorflow2-gpu"], [BLACKWELL], None) == BLACKWELL


def test_a_number_that_is_not_here_is_said_with_those_that_are():
    with pytest.raises(EnvironmentProblem, match=r"no GPU 7 is here: .*GPU 0, Tesla T4"):
        choose(CNTK, [T4], 7)


# --- this machine
# ---------------------------------------------------------------------------------------------------


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine with these device files and an nvidia-smi that is this shell script."""
    local_gpus.cache_clear()

    def make(devices, script=None):
        for name in devices:
            (tmp_path / name).touch()
        monkeypatch.setattr(localgpu, "DEVICES", tmp_path)
        folder = tmp_path / "bin"
        folder.mkdir()
        if script is not None:
            (folder / "nvidia-smi").write_text(f"#!/bin/sh\n{script}\n")
            (folder / "nvidia-smi").chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    yield make
    local_gpus.cache_clear()


def test_a_machine_without_a_device_says_so(machine):
    machine([])
    with pytest.raises(EnvironmentProblem, match="no GPU: this machine has no /dev/nvidia0"):
        VenvRuntime().gpu(CNTK, None)


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (None, "not on PATH"),
        ("echo the driver is gone; exit 9", "status 9 .the driver is gone"),
        (f"echo '{NO_FIELD.strip()}'; exit 2", "510 or newer"),
    ],
)
def test_a_driver_that_does_not_work_is_no_gpu(machine, script, says):
    machine(["nvidia0", "nvidiactl"], script)
    with pytest.raises(EnvironmentProblem, match=f"^no GPU.*{says}"):
        VenvRuntime().gpu(CNTK, None)


def test_the_gpus_of_this_machine_are_found_and_one_is_shown_to_the_suite(machine):
    machine(["nvidia0", "nvidia1"], 'echo "0, Tesla T4, 7.5"; echo "1, NVIDIA H100 80GB HBM3, 9.0"')
    assert VenvRuntime().gpu(CNTK, None) == T4
    assert variables(HOPPER) == {"CUDA_DEVICE_ORDER": "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES": "1"}


# --- a daemon
# -------------------------------------------------------------------------------------------------------


@pytest.mark.docker
def test_a_daemon_without_gpus_refuses_in_its_own_words_and_nothing_is_left(daemon):
    before = {image.id for image in daemon.images.list(all=True)}
    with pytest.raises(EnvironmentProblem, match=r"^no GPU: the Docker daemon at ") as caught:
        offered(daemon)
    message = caught.value.message
    assert 'could not select device driver "" with capabilities: [[gpu]]' in message
    assert 'could not select device driver "cdi"' in message or "CDI" in message
    assert "runtime" in message.lower()
    assert daemon.containers.list(all=True, filters={"label": "io.keras-conformance.probe"}) == []
    # Others may build on this daemon meanwhile; an empty image is nobody else's.
    new = [image for image in daemon.images.list(all=True) if image.id not in before]
    assert [image.id for image in new if not image.attrs["Size"]] == []


@pytest.mark.docker
def test_a_run_without_a_gpu_ends_before_anything_is_built(daemon, conform, tmp_path):
    built = {image.id for image in daemon.images.list(name="conform/cntk-gpu")}
    result = conform("run", "cntk-gpu", "--runtime", "docker", "--out", tmp_path)
    assert result.status == 3
    assert "cntk-gpu did not run: no GPU: " in result.out
    assert "not-run" in result.out
    assert "Step " not in result.err
    assert {image.id for image in daemon.images.list(name="conform/cntk-gpu")} == built


@pytest.mark.docker
def test_a_container_that_asks_for_a_gpu_and_gets_none_is_a_sentence(cntk_image, request_suite):
    asking = replace(request_suite(), gpu=replace(T4, means="gpus"))
    with (
        pytest.raises(EnvironmentProblem, match=r"could not be started \(could not select device driver"),
        DockerRuntime().run(cntk_image, asking),
    ):
        pass


class FakeDaemon:
    """Refuses every means but one as Docker does, and answers a probe through that one."""

    def __init__(self, means, answer="0, Tesla T4, 7.5\n", status=0, failure=None):
        self.means, self.answer, self.status, self.failure = means, answer, status, failure
        self.asked, self.left = [], 0
        self.containers = self.images = self
        self.api = SimpleNamespace(import_image_from_data=self._import)

    def _import(self, data):
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            assert tar.getnames() == []
        return '{"status":"sha256:empty"}\r\n'

    def create(self, image, command, **options):
        requests = options.get("device_requests")
        means = "runtime" if options.get("runtime") else "cdi" if requests[0]["Driver"] == "cdi" else "gpus"
        self.asked.append((image, means, options))
        if means == "runtime" and self.means != means:
            raise docker.errors.APIError("400", explanation="Unknown runtime specified nvidia")
        self.left += 1
        return SimpleNamespace(
            start=lambda: self._start(image, means),
            wait=lambda timeout: {"StatusCode": self.status},
            logs=lambda tail: self.answer.encode(),
            remove=self._removed,
        )

    def _start(self, image, means):
        if means != self.means:
            raise docker.errors.APIError(
                "500", explanation=f'could not select device driver "{means}" with capabilities: []'
            )
        if image == "sha256:empty":
            raise docker.errors.APIError("400", explanation='exec: "/nothing": no such file or directory')
        if self.failure:
            raise docker.errors.APIError("500", explanation=self.failure)

    def _removed(self, **options):
        self.left -= 1

    def remove(self, image, force):
        assert image == "sha256:empty"


@pytest.mark.parametrize("means", MEANS)
def test_the_means_a_daemon_has_is_found_and_used(means):
    fake = FakeDaemon(means)
    assert offered(fake) == means
    assert [asked[1] for asked in fake.asked] == list(MEANS[: MEANS.index(means) + 1])
    assert look(fake, means, "base") == [replace(T4, means=means)]
    assert fake.left == 0


@pytest.mark.parametrize(
    ("fake", "says"),
    [
        (
            FakeDaemon("gpus", failure="nvidia-container-cli: initialization error: driver not loaded"),
            "driver not loaded",
        ),
        (FakeDaemon("gpus", answer="No devices were found\n", status=6), "No devices were found"),
        (FakeDaemon("gpus", answer=NO_FIELD, status=2), "510 or newer"),
    ],
)
def test_a_toolkit_without_a_driver_is_no_gpu(fake, says):
    with pytest.raises(EnvironmentProblem, match=rf"^no GPU.*{says}"):
        look(fake, "gpus", "base")
    assert fake.left == 0


def test_one_gpu_is_asked_for_by_its_number():
    assert request("gpus", 1)["device_requests"] == [
        {"Driver": "", "Count": 0, "DeviceIDs": ["1"], "Capabilities": [["gpu"]], "Options": {}}
    ]
    assert request("gpus", None)["device_requests"][0]["Count"] == -1
    assert request("cdi", 1)["device_requests"][0]["DeviceIDs"] == ["nvidia.com/gpu=1"]
    assert request("runtime", 1) == {"runtime": "nvidia", "environment": {"NVIDIA_VISIBLE_DEVICES": "1"}}
    assert request(None, None) == {}


@contextmanager
def advertising_daemon() -> Iterator[docker.DockerClient]:
    """A daemon of this test's own that tells a swarm of a GPU which it does not have."""
    root = Path(tempfile.mkdtemp(prefix="conform-gpu-", dir="/var/tmp"))
    host = f"unix://{root}/docker.sock"
    # In a network of its own: a daemon without a bridge removes the one that another has made.
    command = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    command += [
        "dockerd",
        "--data-root",
        root / "data",
        "--exec-root",
        root / "exec",
        "-p",
        root / "pid",
        "-H",
        host,
    ]
    command += ["--bridge=none", "--iptables=false", "--node-generic-resource", "NVIDIA-GPU=GPU-0"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while not (root / "docker.sock").exists() and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.1)
        with closing(docker.DockerClient(base_url=host, timeout=30)) as client:
            client.ping()
            yield client
    finally:
        process.terminate()
        process.wait(30)
        subprocess.run(
            ["umount", root / "exec" / "netns" / "default"], stderr=subprocess.DEVNULL, check=False
        )
        shutil.rmtree(root, ignore_errors=True)


@pytest.mark.docker
@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("dockerd"), reason="a daemon of one's own needs root and dockerd"
)
def test_a_gpu_that_is_advertised_for_scheduling_is_not_taken_for_one_that_is_there():
    """A swarm schedules by names that a node is told to have; whether a container gets a GPU is another
    matter."""
    with advertising_daemon() as client:
        client.swarm.init(advertise_addr="127.0.0.1", listen_addr="127.0.0.1:0")
        (node,) = client.nodes.list()
        resources = node.attrs["Description"]["Resources"]["GenericResources"]
        assert resources == [{"NamedResourceSpec": {"Kind": "NVIDIA-GPU", "Value": "GPU-0"}}]
        with pytest.raises(EnvironmentProblem, match=r"^no GPU: "):
            offered(client)
