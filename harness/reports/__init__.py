"""Reports of a matrix: each format is a module that takes a Matrix, whose text is clean."""

from __future__ import annotations

from typing import Literal

Shown = Literal["quiet", "normal", "full"]
"""How much a terminal shows: the summary; also areas, and functions where there are few; all of them, and the
reasons of known deviations."""
