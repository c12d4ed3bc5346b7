"""Prepared environments for the tests of the suite."""

from pathlib import Path

import pytest

from harness.backends import find_backend
from harness.runtimes.venv import VenvRuntime


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
