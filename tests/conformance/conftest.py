"""Prepared environments, and miniatures loaded by K's own adapter, for the tests of the suite."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conformance import settings
from conformance.apis.k.adapter import Adapter
from harness.backends import find_backend
from harness.runtimes.venv import VenvRuntime
from tests.conformance.table import MINIATURES


@pytest.fixture(scope="session")
def cntk_python() -> Path:
    """The interpreter of the CNTK environment, prepared when it is not yet."""
    runtime, backend = VenvRuntime(), find_backend("cntk")
    problem = runtime.problem(backend)
    if problem:
        pytest.skip(problem)
    python = runtime.prepare(backend, print).python
    assert python is not None
    return python


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Adapter]:
    """The adapter of a miniature on NumPy alone, which is imported anew."""
    def loaded(name: str) -> Adapter:
        monkeypatch.syspath_prepend(str(MINIATURES))
        for path in MINIATURES.glob("*.py"):
            monkeypatch.delitem(sys.modules, path.stem, raising=False)
        adapter = Adapter(settings.read({"CONFORM_API_MODULE": name}))
        adapter.load()
        return adapter

    return loaded
