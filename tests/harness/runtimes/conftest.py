"""Fixtures of the runtimes' tests: real daemons and real environments, or a stated reason for having none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.backends import Backend, load_backends
from harness.runtimes import Environment, SuiteRequest
from harness.runtimes.daemon import connect, unavailable
from harness.runtimes.docker import DockerRuntime
from harness.runtimes.venv import VenvRuntime


@pytest.fixture
def real_backends() -> dict[str, Backend]:
    """The backends of this checkout."""
    return load_backends()


@pytest.fixture
def request_suite(tmp_path: Path) -> Callable[..., SuiteRequest]:
    """A request for the examples profile, standard error going to tmp_path/stderr.log."""

    def make(select: str | None = None) -> SuiteRequest:
        return SuiteRequest("examples", select, 1, None, {"column": "cntk"}, tmp_path / "stderr.log")

    return make


@pytest.fixture(scope="session")
def daemon() -> Iterator[Any]:
    """A client of the Docker daemon."""
    if reason := unavailable():
        pytest.skip(reason)
    client = connect(seconds=None)
    yield client
    client.close()


@pytest.fixture(scope="session")
def cntk_image(daemon: Any) -> Environment:
    """CNTK's image, built when it is not there."""
    del daemon
    return DockerRuntime().prepare(load_backends()["cntk"], print)


@pytest.fixture(scope="session")
def cntk_environment() -> Environment:
    """CNTK's virtual environment in the user's cache, made when it is not there."""
    runtime = VenvRuntime()
    cntk = load_backends()["cntk"]
    if reason := runtime.available() or runtime.problem(cntk):
        pytest.skip(reason)
    return runtime.prepare(cntk, print)
