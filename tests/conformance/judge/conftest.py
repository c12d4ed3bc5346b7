"""Worker processes of miniatures that stand on NumPy alone."""

import ctypes
import os
from collections.abc import Callable, Iterator

import pytest

from conformance import apis, settings
from conformance.judge import descendants
from conformance.judge.launcher import Launcher
from conformance.judge.process import Process
from tests.conformance.table import MINIATURES

_PR_SET_CHILD_SUBREAPER = 36


@pytest.fixture
def adopting() -> Iterator[None]:
    """This process as a judge is one: it ends what its workers leave behind, and nothing that ran before."""
    descendants.adopt()
    yield
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    descendants._kept.clear()


@pytest.fixture
def environment() -> Callable[..., dict[str, str]]:
    """What the worker of a miniature starts with."""
    def told(name: str, **more: str) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "PYTHONPATH": str(MINIATURES), "CONFORM_API_MODULE": name, **more}

    return told


@pytest.fixture
def process(adopting, environment) -> Iterator[Callable[..., Process]]:
    """Starts the worker of a miniature; `hello` has not been said."""
    started = []

    def start(name: str = "small", **more: str) -> Process:
        started.append(Process(environment(name, **more), lambda directory: {}))
        return started[-1]

    yield start
    for each in started:
        each.end()


@pytest.fixture
def launcher(adopting, environment) -> Iterator[Callable[..., Launcher]]:
    """A launcher of a miniature's processes."""
    made = []

    def make(name: str = "small", report: Callable[[dict], None] | None = None, **more: str) -> Launcher:
        variables = environment(name, **more)
        told = settings.read(variables)
        made.append(Launcher(apis.table("k", told), told, variables, report=report))
        return made[-1]

    yield make
    for each in made:
        each.close()
