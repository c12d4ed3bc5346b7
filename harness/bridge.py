"""From Keras 2 to Keras 3: what stands in the place of each function of K, from the table bridge.toml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from harness.backends import Backend, load_backends
from harness.baseline import load_baseline
from harness.globs import matcher

_FILE = Path(__file__).with_name("bridge.toml")
ALL, PART, NONE = "✓", "◐", "∅"


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The operations in the place of a function of K (none where Keras 3 has none), and what differs."""

    ops: tuple[str, ...]
    note: str = ""


@cache
def load_bridge() -> dict[str, Row]:
    """The table: a Row for each function of K."""
    return msgspec.toml.decode(_FILE.read_bytes(), type=dict[str, Row])


def columns(api: str) -> list[Backend]:
    """The backends of the API's default set that have a list of known deviations."""
    return [
        item
        for item in load_backends().values()
        if item.api == api and item.default and item.baseline.is_file()
    ]


def support(backend: Backend, ids: dict[str, list[str]]) -> dict[str, str]:
    """How much of each function a backend supports, a mark; `ids` has the cases of each.

    It is what the backend's baseline says: a case that no entry names passes.
    """
    patterns = [matcher(glob) for entry in load_baseline(backend).known for glob in entry.cases]
    found = {}
    for function, cases in ids.items():
        known = sum(any(matches(case) for matches in patterns) for case in cases)
        found[function] = ALL if not known else NONE if known == len(cases) else PART
    return found
