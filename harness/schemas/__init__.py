"""The published JSON Schemas (draft 2020-12) of journal lines, matrices, baselines and validations."""

from __future__ import annotations

from importlib import resources
from typing import Any

import msgspec

NAMES = ("journal", "matrix", "baseline", "validation")


def schema(name: str) -> dict[str, Any]:
    """The schema called `name`, one of NAMES."""
    text = resources.files(__package__).joinpath(f"{name}.schema.json").read_bytes()
    document: dict[str, Any] = msgspec.json.decode(text)
    return document
