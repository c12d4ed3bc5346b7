"""The files of the suite that an API is judged with, and their digest: both from `conformance/suite.py`."""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from base64 import urlsafe_b64encode
from functools import cache
from importlib.metadata import distribution
from typing import Any

from harness.errors import EnvironmentProblem
from harness.paths import suite_root

_DATA = "harness/_data/"

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


_FIRST: dict[str, str] = {}


def check_suite(api: str) -> None:
    """Compares the suite with what it was when it was first looked at here, and with what was installed.

    Raises:
        EnvironmentProblem: it was changed since.
    """
    first = _FIRST.setdefault(api, suite_digest(api))
    if suite_digest(api) != first:
        raise EnvironmentProblem(
            f"The suite in {suite_root()} was changed while this harness ran: see who writes there, and run "
            "again."
        )
    for name, digest in installed_digests().items():
        path = suite_root() / name
        found = path.read_bytes() if path.is_file() else b""
        if urlsafe_b64encode(hashlib.sha256(found).digest()).rstrip(b"=").decode() != digest:
            raise EnvironmentProblem(
                f"The suite is not what was installed ({path} was changed): install the harness again."
            )


@cache
def installed_digests() -> dict[str, str]:
    """The SHA-256 of each file of an installed suite, as its wheel has it; empty in a checkout."""
    if suite_root().name != "_data":
        return {}
    files = distribution("keras-backend-conformance").files or []
    return {
        str(file)[len(_DATA) :]: file.hash.value
        for file in files
        if file.hash is not None and str(file).startswith(f"{_DATA}conformance/")
    }


def suite_digest(api: str) -> str:
    """The digest of those files: verdicts of different suites cannot be compared."""
    with _LOCK:
        return str(_module().digest(api))
