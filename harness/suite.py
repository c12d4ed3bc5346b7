"""The files of the suite that an API is judged with, and their digest: both from `conformance/suite.py`."""

from __future__ import annotations

import importlib.util
import threading
from functools import cache
from typing import Any

from harness.paths import suite_root

# Columns ask from their own threads, and ast.parse of CPython 3.11 fails when two threads are in it.
_LOCK = threading.Lock()


@cache
def _module() -> Any:
    # Loaded by itself, so that nothing else of the suite runs here.
    path = suite_root() / "conformance" / "suite.py"
    spec = importlib.util.spec_from_file_location("conformance_suite", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def suite_files(api: str) -> dict[str, bytes]:
    """The files below `conformance/` that an API is judged with, by relative name."""
    with _LOCK:
        found: dict[str, bytes] = _module().files(api)
    return found


def suite_digest(api: str) -> str:
    """The digest of those files: verdicts of different suites cannot be compared."""
    with _LOCK:
        return str(_module().digest(api))
