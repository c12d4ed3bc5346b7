"""The packages that a module's requirements may not change: the front end and those of the suite."""

from __future__ import annotations

import re

from harness.backends import Backend

_FIXED = ("keras", "pytest", "pytest-xdist")
_PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def constraints(backend: Backend) -> str:
    """A constraints file: the pins that must stay. NumPy is not among them."""
    pins = dict(_PIN.findall(backend.requirements.read_text(encoding="utf-8")))
    pins["keras"] = backend.keras
    return "".join(f"{name}=={pins[name]}\n" for name in _FIXED if name in pins)
