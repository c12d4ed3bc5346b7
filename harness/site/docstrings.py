"""The first lines of docstrings, read from a Keras on this machine; nothing of Keras is run or kept.

Documentation of upstream is not a part of this project: where no Keras is installed, nothing is shown of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.matrix import Column
from harness.paths import cache_root
from harness.text import one_line

_MOST_BYTES = 4 << 20
# Below the folder of Keras 3, whose functions are the same on all backends.
_FRONT_ENDS = {"": ("src/ops/*.py",), "random.": ("src/random/*.py",)}


def first_lines(columns: Sequence[Column], reference: str | None) -> dict[str, str]:
    """By name of the function; empty where no column was measured in an environment that is still here."""
    ordered = sorted(columns, key=lambda column: column.backend != reference)
    for column in ordered:
        if column.steps:
            continue  # a module of somebody's own documents itself, not the API
        found: dict[str, str] = {}
        for prefix, path in _sources(Path(str(column.info.get("file") or ""))):
            for name, line in _lines(path):
                found.setdefault(prefix + name, line)
        if found:
            return found
    return {}


def _sources(file: Path) -> Iterator[tuple[str, Path]]:
    """The files that define the API's functions, given that of the backend; each with a prefix of names."""
    # A matrix may come from elsewhere: no file is read but those of the environments that are made here.
    if not file.resolve().is_relative_to((cache_root() / "envs").resolve()):
        return
    package = next((parent for parent in file.parents if parent.name == "keras"), None)
    front = [
        (prefix, path)
        for prefix, patterns in _FRONT_ENDS.items()
        for pattern in patterns
        for path in (sorted(package.glob(pattern)) if package else ())
    ]
    yield from front or [("", file)]


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and (text := ast.get_docstring(node)):
            yield node.name, one_line(text.splitlines()[0], 300)
