"""The versions that a requirements file pins."""

from __future__ import annotations

import re
from pathlib import Path

from harness.backends import Backend
from harness.errors import UsageError

_PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def pinned(requirements: Path) -> dict[str, str]:
    """The version of every distribution that the file pins.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        text = requirements.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{requirements} cannot be read ({error.strerror}): make it with uv pip compile."
        ) from None
    return dict(_PIN.findall(text))


def installed(backend: Backend) -> dict[str, str]:
    """The version of every distribution that a column of `backend` runs with; its release may be another than
    the pinned one. Raises as `pinned` does.
    """
    return {**pinned(backend.requirements), backend.front_end: backend.keras}
