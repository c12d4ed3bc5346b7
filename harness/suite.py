"""The suite as files: which of them an API is judged with, and their digest. The suite itself decides both."""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import Any

from harness.paths import suite_root


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
    found: dict[str, bytes] = _module().files(api)
    return found


def suite_digest(api: str) -> str:
    """The digest of those files: verdicts of different suites are not comparable."""
    return str(_module().digest(api))
