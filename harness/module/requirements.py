"""What a module's requirements may not change: the front end it is judged through and the suite's own
needs.
"""

from __future__ import annotations

from harness.backends import Backend
from harness.pins import pinned

_FIXED = ("keras", "pytest", "pytest-xdist")


def constraints(backend: Backend) -> str:
    """A constraints file: of the front end's pins those that must stay. NumPy is not among them."""
    pins = pinned(backend.requirements)
    pins["keras"] = backend.keras
    return "".join(f"{name}=={pins[name]}\n" for name in _FIXED if name in pins)
