"""How much of each function the backends support, as their lists of known deviations say: docs/bridge.md."""

from __future__ import annotations

from harness.backends import Backend, load_backends
from harness.baseline import load_baseline
from harness.globs import matcher

ALL, PART, NONE = "✓", "◐", "∅"


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
