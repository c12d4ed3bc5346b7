"""Runtime `docker`: an image per backend, a hardened container per run, on any daemon the SDK reaches.

No directory of this machine is mounted, so the daemon may be remote: the suite is in the image and the
journal comes back on the attached stream.
"""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from typing import Any

from harness.backends import Backend
from harness.errors import EnvironmentProblem
from harness.profiles import DEFAULT_PROFILE
from harness.runtimes.base import Environment, Report, SuiteOutput, SuiteRequest
from harness.runtimes.bases import choose_bases
from harness.runtimes.containers import run_container
from harness.runtimes.daemon import UNREACHABLE, connect, place, unavailable, why
from harness.runtimes.dockergpu import look, offered
from harness.runtimes.gpu import Gpu, choose
from harness.runtimes.images import ImagePlan, build, find_image, plan
from harness.runtimes.layers import add, add_front_end


class DockerRuntime:
    """Images `conform/<backend>:<content hash>` and containers made from them."""

    name = "docker"

    def __init__(self) -> None:
        self._looking = threading.Lock()
        self._gpus: list[Gpu] | EnvironmentProblem | None = None

    def available(self) -> str | None:
        """None when a daemon answers."""
        return unavailable()

    def problem(self, backend: Backend) -> str | None:  # noqa: ARG002 - part of the protocol
        """None: the image of a backend has everything it needs."""
        return None

    def gpu(self, backend: Backend, index: int | None) -> Gpu:
        """The GPU that the daemon would hand to `backend`; the daemon is asked only once.

        Raises:
            EnvironmentProblem: it hands out no GPU, or no GPU that `backend` has code for.
        """
        with self._looking:
            if self._gpus is None:
                try:
                    self._gpus = _look(backend)
                except EnvironmentProblem as problem:
                    self._gpus = problem
        if isinstance(self._gpus, EnvironmentProblem):
            raise EnvironmentProblem(self._gpus.message)
        return choose(backend, self._gpus, index)

    def prepared(self, backend: Backend) -> bool:
        """Whether the image is there, built from the files as they are now."""
        try:
            client = connect()
            return find_image(client, _plan(client, backend).tag) is not None
        except (EnvironmentProblem, *UNREACHABLE):
            return False

    def prepare(self, backend: Backend, report: Report, profile: str = DEFAULT_PROFILE) -> Environment:
        """The image, built unless it is there; a backend that compiles has then compiled for `profile`.

        Raises:
            EnvironmentProblem: no daemon answers, or the build failed.
        """
        # A step of a build may be silent for long.
        client = connect(seconds=None)
        try:
            planned = _plan(client, backend, profile)
            image = find_image(client, planned.tag)
            if image is None:
                if planned.bases.standin:
                    names = ", ".join(sorted(set(planned.bases.arguments.values())))
                    report(f"building on {names} (CONFORM_BASE_IMAGES=public takes the public images)")
                image = build(client, planned, report)
            if backend.module:
                image = add(client, planned, image, backend, report)
            if backend.release:
                image = add_front_end(client, planned, image, backend, report)
        except UNREACHABLE as error:
            raise EnvironmentProblem(
                f"The Docker daemon at {place()} failed while it prepared the image of {backend.name} "
                f"({why(error)}): see that it runs and try again."
            ) from None
        finally:
            client.close()
        return Environment(backend, self.name, str(image.id))

    def run(self, environment: Environment, request: SuiteRequest) -> AbstractContextManager[SuiteOutput]:
        """The suite in a container of the image; the container is removed when the context is left."""
        return run_container(environment.identity, environment.backend, request)


def _look(backend: Backend) -> list[Gpu]:
    # Pulling a base may take long; every question is bounded by itself.
    client = connect(seconds=None)
    try:
        means = offered(client)
        planned = _plan(client, backend)
        image = next(
            (name for name in (planned.tag, planned.bases.arguments["BASE"]) if find_image(client, name)),
            None,
        )
        if image is None:
            image = client.images.pull(planned.bases.arguments["BASE"]).id
        return look(client, means, image)
    except UNREACHABLE as error:
        raise EnvironmentProblem(
            f"no GPU could be looked for: the Docker daemon at {place()} failed ({why(error)}); "
            "see that it runs and try again."
        ) from None
    finally:
        client.close()


def _plan(client: Any, backend: Backend, profile: str = DEFAULT_PROFILE) -> ImagePlan:
    return plan(
        backend,
        lambda dockerfile: choose_bases(dockerfile, lambda name: find_image(client, name) is not None),
        profile,
    )
