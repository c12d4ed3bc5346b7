"""Runtime `docker`: an image per backend, a hardened container per run, on any daemon the SDK reaches.

No directory of this machine is mounted, so the daemon may be remote: the suite is in the image and the journal comes
back on the attached stream.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from harness.backends import Backend
from harness.errors import EnvironmentProblem
from harness.runtimes.base import Environment, Report, SuiteOutput, SuiteRequest
from harness.runtimes.bases import choose_bases
from harness.runtimes.containers import run_container
from harness.runtimes.daemon import UNREACHABLE, connect, place, unavailable, why
from harness.runtimes.images import ImagePlan, build, find_image, plan
from harness.runtimes.layers import add


class DockerRuntime:
    """Images `conform/<backend>:<content hash>` and containers made from them."""

    name = "docker"

    def available(self) -> str | None:
        """None when a daemon answers."""
        return unavailable()

    def problem(self, backend: Backend) -> str | None:  # noqa: ARG002 - part of the protocol
        """Nothing: whatever a backend needs is in its image."""
        return None

    def prepared(self, backend: Backend) -> bool:
        """Whether the image is there, built from the files as they are now."""
        try:
            client = connect()
            return find_image(client, _plan(client, backend).tag) is not None
        except (EnvironmentProblem, *UNREACHABLE):
            return False

    def prepare(self, backend: Backend, report: Report) -> Environment:
        """Builds the image unless it is there.

        Raises:
            EnvironmentProblem: no daemon answers, or the build failed.
        """
        # A step of a build may be silent for as long as it takes.
        client = connect(seconds=None)
        try:
            planned = _plan(client, backend)
            image = find_image(client, planned.tag)
            if image is None:
                if planned.bases.standin:
                    names = ", ".join(sorted(set(planned.bases.arguments.values())))
                    report(f"building on the stand-in {names} (set CONFORM_BASE_IMAGES=public for the public images)")
                image = build(client, planned, report)
            if backend.module:
                image = add(client, planned, image, backend, report)
        except UNREACHABLE as error:
            raise EnvironmentProblem(
                f"The Docker daemon at {place()} failed while the image of {backend.name} was prepared ({why(error)}): "
                "see that it runs and try again."
            ) from None
        finally:
            client.close()
        return Environment(backend, self.name, str(image.id))

    def run(self, environment: Environment, request: SuiteRequest) -> AbstractContextManager[SuiteOutput]:
        """Runs the suite in a container of the image; the container is removed when the context is left."""
        return run_container(environment.identity, environment.backend, request)


def _plan(client: Any, backend: Backend) -> ImagePlan:
    return plan(backend, lambda dockerfile: choose_bases(dockerfile, lambda name: find_image(client, name) is not None))
