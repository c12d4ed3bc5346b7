"""What a module's requirements may not change: the front end it is judged through and the suite's own
needs.
"""

from __future__ import annotations

import re

from harness.backends import Backend

_FIXED = ("keras", "pytest", "pytest-xdist")
_PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def constraints(backend: Backend) -> str:
    """A constraints file: of the front end's pins those that must stay. NumPy is not among them."""
    pins = dict(_PIN.findall(backend.requirements.read_text(encoding="utf-8")))
    pins["keras"] = backend.keras
    return "".join(f"{name}=={pins[name]}\n" for name in _FIXED if name in pins)
