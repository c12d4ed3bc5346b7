"""Host side of the conformance harness for Keras backends."""

from __future__ import annotations

__version__ = "0.1.0"
