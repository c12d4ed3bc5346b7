"""Runtime docker on a real daemon. Endings that the suite does not produce on demand come from a miniature:
CNTK's own image with another entry point."""

from __future__ import annotations

import json
import socketserver
import threading
from dataclasses import replace
from io import BytesIO

import pytest

from harness.errors import EnvironmentProblem
from harness.runtimes import Environment
from harness.runtimes.containers import RUN_LABEL
from harness.runtimes.docker import DockerRuntime
from harness.runtimes.hardening import restrictions
from tests import ROOT

pytestmark = pytest.mark.docker

CASE = "softmax"


@pytest.fixture
def own_label(monkeypatch, daemon):
    """Marks this test's containers; afterwards none may be left."""
    marks = []

    class Mark:
        def __init__(self):
            self.hex = f"test-{id(self):x}"
            marks.append(self)

    monkeypatch.setattr("harness.runtimes.containers.uuid.uuid4", Mark)
    yield
    assert marks
    for mark in marks:
        assert daemon.containers.list(all=True, filters={"label": f"{RUN_LABEL}={mark.hex}"}) == []


@pytest.fixture
def miniature(daemon, cntk_image):
    """The environment of an image that runs a piece of Python in place of the suite."""
    made = []

    def make(code):
        entry = json.dumps(["python", "-c", code])
        dockerfile = f"FROM {cntk_image.identity}\nENTRYPOINT {entry}\n"
        image, _ = daemon.images.build(fileobj=BytesIO(dockerfile.encode()), rm=True)
        made.append(image.id)
        return replace(cntk_image, identity=image.id)

    yield make
    for image in made:
        daemon.images.remove(image, force=True)


@pytest.mark.usefixtures("own_label")
def test_the_suite_runs_and_its_journal_comes_back(cntk_image, request_suite):
    request = request_suite(CASE)
    with DockerRuntime().run(cntk_image, request) as output:
        records = [json.loads(line) for line in output]
        assert output.ending is None
    assert (records[0]["kind"], records[0]["column"]) == ("start", "cntk")
    assert records[-1]["kind"] == "end"
    assert records[-1]["complete"]
    assert request.stderr_log.stat().st_size > 0


def test_the_image_alone_runs_the_suite_and_says_what_it_is(daemon, cntk_image):
    out = daemon.containers.run(
        cntk_image.identity,
        ["--profile", "examples", "-k", CASE],
        network_mode="none",
        remove=True,
        stderr=False,
    )
    start = json.loads(out.splitlines()[0])
    assert (start["backend"], start["runtime"], start["device"]) == ("cntk", "docker", "cpu")


def test_a_prepared_image_is_found_again_under_the_same_identity(cntk_image, real_backends):
    runtime = DockerRuntime()
    assert runtime.prepared(real_backends["cntk"])
    reports = []
    assert runtime.prepare(real_backends["cntk"], reports.append) == cntk_image
    assert reports == []


PROBE = """
import os, socket
def refused(what):
    try:
        what()
    except OSError:
        return True
def run_from_tmp():
    with open("/tmp/x", "w") as out:
        out.write("#!/bin/sh\\n")
    os.chmod("/tmp/x", 0o755)
    os.spawnl(os.P_WAIT, "/tmp/x", "/tmp/x") == 127 and refuse()
def refuse():
    raise OSError
status = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
print({
    "uid": os.getuid(),
    "network": refused(lambda: socket.create_connection(("192.0.2.1", 80), 1)),
    "root": refused(lambda: open("/opt/x", "w")),
    "tmp": refused(run_from_tmp),
    "capabilities": int(status["CapBnd"], 16) + int(status["CapEff"], 16),
    "privileges": int(status["NoNewPrivs"]),
})
"""


@pytest.mark.usefixtures("own_label")
def test_the_container_may_do_next_to_nothing(miniature, request_suite):
    with DockerRuntime().run(miniature(PROBE), request_suite()) as output:
        (line,) = list(output)
    # Root is what starts, to become the judge and to start workers: KILL, SETGID and SETUID, effective and
    # bounding.
    # What its workers are left with is tried in tests/attacks/test_container.py.
    capabilities = 2 * (1 << 5 | 1 << 6 | 1 << 7)
    expected = {
        "uid": 0,
        "network": True,
        "root": True,
        "tmp": True,
        "capabilities": capabilities,
        "privileges": 1,
    }
    assert line.decode().strip() == str(expected)


@pytest.mark.usefixtures("own_label")
def test_stop_from_outside_ends_the_iteration(miniature, request_suite):
    code = "import time; print('begun', flush=True); time.sleep(600)"
    with DockerRuntime().run(miniature(code), request_suite()) as output:
        assert next(output) == b"begun\n"
        output.stop()
        assert list(output) == []
        assert output.ending == "The suite was stopped."


@pytest.mark.usefixtures("own_label")
def test_leaving_the_context_early_removes_the_container(miniature, request_suite):
    code = "import time; print('begun', flush=True); time.sleep(600)"
    environment = miniature(code)

    def interrupted():
        with DockerRuntime().run(environment, request_suite()) as output:
            next(output)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()


@pytest.mark.usefixtures("own_label")
def test_running_out_of_memory_is_said(miniature, request_suite):
    environment = miniature("b'x' * (1 << 30)")
    small = replace(environment.backend, docker=replace(environment.backend.docker, memory="64m"))
    with DockerRuntime().run(replace(environment, backend=small), request_suite()) as output:
        assert list(output) == []
        assert output.ending == "The suite was killed: its container needed more than 64m of memory."


@pytest.mark.usefixtures("own_label")
def test_output_without_end_is_bounded_on_both_streams(miniature, request_suite, monkeypatch):
    monkeypatch.setattr("harness.runtimes.containers.BoundedLog.__init__.__defaults__", (1000,))
    request = request_suite()
    code = (
        "import sys; sys.stderr.write('e' * (1 << 24)); sys.stdout.write('x' * (1 << 24)); print('\\nlast')"
    )
    with DockerRuntime().run(miniature(code), request) as output:
        assert [len(line) for line in output] == [(1 << 24) + 1, 5]
    assert request.stderr_log.stat().st_size < 2000


def test_no_more_processors_are_asked_for_than_there_are(real_backends):
    assert restrictions(real_backends["cntk"], processors=1)["nano_cpus"] == 1e9


@pytest.fixture
def broken(real_backends, tmp_path):
    """CNTK's folder with another Dockerfile."""

    def make(dockerfile):
        folder = tmp_path / "broken"
        folder.mkdir()
        (folder / "Dockerfile").write_text(dockerfile)
        return replace(real_backends["cntk"], name="broken", folder=folder)

    return make


def test_a_build_that_fails_names_the_step_its_last_lines_and_the_log(
    daemon, broken, cntk_image, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    backend = broken(f"FROM {cntk_image.identity}\nRUN echo no such wheel && exit 7\n")
    reports = []
    with pytest.raises(EnvironmentProblem) as caught:
        DockerRuntime().prepare(backend, reports.append)
    message = caught.value.message
    assert "Step 2/2 : RUN echo no such wheel" in message
    assert "no such wheel | " in message
    assert "\n" not in message
    log = tmp_path / "cache/keras-backend-conformance/logs/image-broken.log"
    assert str(log) in message
    assert "no such wheel" in log.read_text()
    assert any(line.startswith("Step 2/2") for line in reports)


def test_a_base_that_cannot_be_had_points_to_the_standins(daemon, broken, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    # A registry on a port that nobody serves: refused at once, with or without a way out.
    with pytest.raises(EnvironmentProblem, match="make base-images"):
        DockerRuntime().prepare(broken("FROM 127.0.0.1:9/nobody/python:3.6\n"), print)


def test_an_image_that_is_gone_ends_in_one_sentence(daemon, cntk_image, request_suite):
    gone = Environment(cntk_image.backend, "docker", f"sha256:{'0' * 64}")
    with (
        pytest.raises(EnvironmentProblem, match="could not be started"),
        DockerRuntime().run(gone, request_suite()),
    ):
        pass


class Forward(socketserver.BaseRequestHandler):
    """Carries a TCP connection to the daemon's socket, as a daemon on another machine would be reached."""

    def handle(self):
        import socket

        with socket.socket(socket.AF_UNIX) as daemon:
            daemon.connect(self.server.socket_path)
            back = threading.Thread(target=self.pump, args=(daemon, self.request), daemon=True)
            back.start()
            self.pump(self.request, daemon)
            back.join()

    @staticmethod
    def pump(source, target):
        import contextlib
        import socket

        with contextlib.suppress(OSError):
            while chunk := source.recv(65536):
                target.sendall(chunk)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@pytest.mark.usefixtures("own_label")
def test_a_daemon_behind_tcp_serves_as_well(cntk_image, miniature, request_suite, monkeypatch):
    from harness.runtimes.daemon import address

    host = address() or "unix:///var/run/docker.sock"
    if not host.startswith("unix://"):
        pytest.skip(f"the daemon at {host} is no local one that could be put behind TCP")
    environment = miniature("print('far')")
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Forward) as server:
        server.daemon_threads = True
        server.socket_path = host.removeprefix("unix://")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{server.server_address[1]}")
        with DockerRuntime().run(environment, request_suite()) as output:
            assert list(output) == [b"far\n"]
            assert output.ending is None
        server.shutdown()


def test_no_directory_of_this_machine_is_mounted():
    source = "".join(path.read_text() for path in ROOT.glob("harness/runtimes/*.py"))
    assert "mounts=" not in source
    assert "volumes=" not in source
