"""The suite in a container, which is attached before it starts and removed whatever happens."""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import docker.errors
import requests.exceptions
from urllib3.exceptions import HTTPError

from harness.backends import Backend
from harness.errors import EnvironmentProblem
from harness.runtimes.base import SuiteRequest, suite_environment
from harness.runtimes.daemon import SECONDS_TO_ANSWER, UNREACHABLE, connect, place, why
from harness.runtimes.dockergpu import request as request_gpu
from harness.runtimes.hardening import restrictions
from harness.runtimes.output import BoundedLog, lines
from harness.runtimes.owner import is_gone, myself

RUN_LABEL = "io.keras-conformance.run"
"""On every container; its value is different for every run, so that a run removes only its own container."""
OWNER_LABEL = "io.keras-conformance.owner"
"""On every container: the harness it belongs to, so that the next harness can tell when that was killed."""

_KILLED = 137
_PINGS = 5
_SECONDS_BETWEEN_PINGS = 0.4
_ONCE_MORE = "see that it works (docker run --rm hello-world) and run again with --resume."


class ContainerOutput:
    """The suite in its container; iterate over it for the lines of its standard output."""

    def __init__(self, container: Any, chunks: Iterator[bytes], memory: str) -> None:
        self._container = container
        self._lines = lines(chunks)
        self._memory = memory
        self._stopped = False
        self._lost: str | None = None
        self.status = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._lines)
        except (*UNREACHABLE, HTTPError) as error:
            self._lost = why(error)
            raise StopIteration from None

    def stop(self) -> None:
        """Kills the container; the iteration then ends by itself."""
        self._stopped = True
        # It may have ended by itself, and a daemon that is gone has ended the iteration already.
        with contextlib.suppress(*UNREACHABLE):
            self._container.kill()

    @property
    def ending(self) -> str | None:
        """A sentence when the container was stopped or killed; else None.

        Raises:
            EnvironmentProblem: the daemon went away, or took the container from under the suite.
        """
        if self._stopped:
            return "The suite was stopped."
        if self._lost:
            raise _daemon_lost(self._lost)
        try:
            self.status = status = int(self._container.wait(timeout=SECONDS_TO_ANSWER)["StatusCode"])
            self._container.reload()
        except requests.exceptions.Timeout:
            self.stop()
            return "The suite closed its output and went on: it was stopped."
        except UNREACHABLE as error:
            raise _daemon_lost(why(error)) from None
        state: Mapping[str, Any] = self._container.attrs["State"]
        if status == _KILLED and state.get("OOMKilled"):
            return f"The suite was killed: its container needed more than {self._memory} of memory."
        if state.get("Error"):
            raise EnvironmentProblem(
                f"The container ended with an error of the daemon ({state['Error']}): {_ONCE_MORE}"
            )
        if status > 128:
            # A daemon that is shut down kills its containers first, and answers until they are gone.
            for _ in range(_PINGS):
                time.sleep(_SECONDS_BETWEEN_PINGS)
                if reason := _silent(self._container.client):
                    raise _daemon_lost(reason)
            return f"The suite was killed by signal {status - 128}."
        return None


def _silent(client: Any) -> str | None:
    try:
        client.ping()
    except UNREACHABLE as error:
        return why(error)
    return None


def _daemon_lost(reason: str) -> EnvironmentProblem:
    return EnvironmentProblem(f"The Docker daemon at {place()} stopped answering ({reason}): {_ONCE_MORE}")


@contextlib.contextmanager
def run_container(image: str, backend: Backend, request: SuiteRequest) -> Iterator[ContainerOutput]:
    """The suite in a container of `image`; the container is gone when the context is left.

    Raises:
        EnvironmentProblem: the container could not be started, or could not be removed.
    """
    client = connect()
    label = {RUN_LABEL: uuid.uuid4().hex}
    asked = request_gpu(request.gpu.means, request.gpu.index) if request.gpu else {}
    try:
        sweep(client)
        with BoundedLog(request.stderr_log) as log, _removal(client, label):
            try:
                container = client.containers.create(
                    image,
                    environment={
                        "HOME": "/tmp",  # noqa: S108 - the container's own
                        "KERAS_HOME": "/tmp/keras",  # noqa: S108 - likewise
                        **suite_environment(backend, request),
                        **asked.pop("environment", {}),
                    },
                    labels={**label, OWNER_LABEL: myself()},
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
    """Removes by label, not by id, so that an interrupt before the id is known leaves no container behind."""
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
            # An error that is already on its way says more than this one.
            if not failed:
                raise EnvironmentProblem(
                    f"A container could not be removed ({why(error)}): when the daemon answers again, remove "
                    f"with `docker rm -f` what `docker ps -aq --filter label={RUN_LABEL}` lists."
                ) from None


def sweep(client: Any) -> None:
    """Removes the containers of harnesses that were killed; their owner must be known to be gone."""
    with contextlib.suppress(*UNREACHABLE):
        for container in client.containers.list(
            all=True, filters={"label": OWNER_LABEL}, ignore_removed=True
        ):
            if is_gone(container.labels.get(OWNER_LABEL, "")):
                with contextlib.suppress(docker.errors.NotFound):
                    container.remove(force=True, v=True)


def remove_all(client: Any, labels: Sequence[str]) -> None:
    """Removes every container that has all of `labels`, with its volumes, running or not."""
    for container in client.containers.list(all=True, filters={"label": list(labels)}):
        # Another harness may be removing it at this moment.
        with contextlib.suppress(docker.errors.NotFound):
            container.remove(force=True, v=True)
