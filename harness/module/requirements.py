"""The packages that a module's requirements may not change: the front end and those of the suite."""

from __future__ import annotations

from harness.backends import Backend
from harness.pins import pinned

_FIXED = ("keras", "pytest", "pytest-xdist")


def constraints(backend: Backend) -> str:
    """A constraints file: the pins that must stay. NumPy is not among them."""
    pins = pinned(backend.requirements)
    pins["keras"] = backend.keras
    return "".join(f"{name}=={pins[name]}\n" for name in _FIXED if name in pins)
