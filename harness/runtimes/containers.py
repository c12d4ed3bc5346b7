"""One run of the suite in a container: attached before it starts, removed whatever happens."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import docker.errors
import requests.exceptions

from harness.backends import Backend
from harness.errors import EnvironmentProblem
from harness.runtimes.base import SuiteRequest, suite_environment
from harness.runtimes.daemon import SECONDS_TO_ANSWER, UNREACHABLE, connect, place, why
from harness.runtimes.dockergpu import request as request_gpu
from harness.runtimes.hardening import restrictions
from harness.runtimes.output import BoundedLog, lines

RUN_LABEL = "io.keras-conformance.run"
"""On every container; its value is one run's own, so that a run removes its container and no other."""

_KILLED = 137


class ContainerOutput:
    """The suite in its container; iterate over it for the lines of its standard output."""

    def __init__(self, container: Any, chunks: Iterator[bytes], memory: str) -> None:
        self._container = container
        self._lines = lines(chunks)
        self._memory = memory
        self._stopped = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._lines)

    def stop(self) -> None:
        """Kills the container; the iteration then ends by itself."""
        self._stopped = True
        # It may have ended by itself, and a daemon that is gone has ended the iteration already.
        with contextlib.suppress(*UNREACHABLE):
            self._container.kill()

    @property
    def ending(self) -> str | None:
        """One sentence when the container was stopped or killed, or its daemon went away; else None."""
        if self._stopped:
            return "The suite was stopped."
        try:
            status = int(self._container.wait(timeout=SECONDS_TO_ANSWER)["StatusCode"])
            self._container.reload()
        except requests.exceptions.Timeout:
            self.stop()
            return "The suite closed its output and went on: it was stopped."
        except UNREACHABLE as error:
            return f"The Docker daemon at {place()} stopped answering ({why(error)}): start it and run again."
        state: Mapping[str, Any] = self._container.attrs["State"]
        if status == _KILLED and state.get("OOMKilled"):
            return f"The suite was killed: its container needed more than {self._memory} of memory."
        if state.get("Error"):
            return f"The container ended with an error of the daemon: {state['Error']}."
        if status > 128:
            return f"The suite was killed by signal {status - 128}."
        return None


@contextlib.contextmanager
def run_container(image: str, backend: Backend, request: SuiteRequest) -> Iterator[ContainerOutput]:
    """Runs the suite in a container of `image`, which is gone when the context is left.

    Raises:
        EnvironmentProblem: the container could not be started, or could not be removed.
    """
    client = connect()
    label = {RUN_LABEL: uuid.uuid4().hex}
    asked = request_gpu(request.gpu.means, request.gpu.index) if request.gpu else {}
    try:
        with BoundedLog(request.stderr_log) as log, _removal(client, label):
            try:
                container = client.containers.create(
                    image,
                    request.arguments(),
                    environment={
                        "HOME": "/tmp",  # noqa: S108 - the container's own
                        "KERAS_HOME": "/tmp/keras",  # noqa: S108 - likewise
                        **suite_environment(backend, request.start),
                        **asked.pop("environment", {}),
                    },
                    labels=label,
                    **asked,
                    **restrictions(backend, int(client.info()["NCPU"])),
                )
                # Attached first: a container without a log shows only what it writes from then on.
                stream = container.attach(stdout=True, stderr=True, stream=True, demux=True)
                container.start()
            except UNREACHABLE as error:
                raise EnvironmentProblem(
                    f"The container of {backend.name} could not be started ({why(error)}): "
                    "see that the daemon works (docker run --rm hello-world) and run again."
                ) from None
            yield ContainerOutput(container, _standard_output(stream, log), backend.docker.memory)
    finally:
        client.close()


def _standard_output(stream: Iterator[tuple[bytes | None, bytes | None]], log: BoundedLog) -> Iterator[bytes]:
    for out, error in stream:
        if error:
            log.write(error)
        if out:
            yield out


@contextlib.contextmanager
def _removal(client: Any, label: Mapping[str, str]) -> Iterator[None]:
    """Removes by label, not by id: an interrupt between creating a container and learning its id leaves none behind."""
    failed = False
    try:
        yield
    except BaseException:
        failed = True
        raise
    finally:
        try:
            remove_all(client, [f"{name}={value}" for name, value in label.items()])
        except UNREACHABLE as error:
            # What is already under way says more than this would.
            if not failed:
                raise EnvironmentProblem(
                    f"A container could not be removed ({why(error)}): when the daemon answers again, "
                    f"docker ps -aq --filter label={RUN_LABEL} lists it for docker rm -f."
                ) from None


def remove_all(client: Any, labels: Sequence[str]) -> None:
    """Removes every container that has all of `labels`, with its volumes, running or not."""
    for container in client.containers.list(all=True, filters={"label": list(labels)}):
        # Somebody else may be removing it at this moment.
        with contextlib.suppress(docker.errors.NotFound):
            container.remove(force=True, v=True)
