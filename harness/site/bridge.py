"""The bridge from an API to the one that follows it: for each function, those that replace it.

It stands in `conformance/apis/<name>/bridge.toml`, where an API has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from harness.apis import load_apis, title_of
from harness.errors import UsageError
from harness.matrix import FunctionRow
from harness.paths import suite_root
from harness.site.chapter import Chapter


class Replacement(msgspec.Struct, frozen=True):
    """The functions that replace one; none where only `note` can help."""

    by: tuple[str, ...]
    note: str = ""


class Bridge(msgspec.Struct, frozen=True):
    """The replacements of an API's functions in `api`; `title` and `about` are for readers."""

    schema: int
    api: str
    title: str
    about: str
    functions: dict[str, Replacement]

    def replaced(self) -> Mapping[str, Sequence[str]]:
        """The way back: by function of the other API the functions that it replaces."""
        found: dict[str, list[str]] = {}
        for name, replacement in self.functions.items():
            for other in replacement.by:
                found.setdefault(other, []).append(name)
        return found


@cache
def load_bridges() -> Mapping[str, Bridge]:
    """By API, of those that have one.

    Raises:
        UsageError: a file is malformed.
    """
    folder = suite_root() / "conformance" / "apis"
    found = {}
    for name in load_apis():
        path = folder / name / "bridge.toml"
        if path.is_file():
            try:
                found[name] = msgspec.toml.decode(path.read_bytes(), type=Bridge)
            except (UnicodeDecodeError, msgspec.DecodeError) as error:
                raise UsageError(f"{path} cannot be read as a bridge ({error}): correct it.") from None
    return found


@dataclass(frozen=True)
class Crossing:
    """The functions of another API that replace a function (`ahead`), or that it replaces.

    `names` has each with its row in the other API's matrix, None where it was not measured.
    """

    bridge: Bridge
    title: str
    ahead: bool
    note: str
    names: Sequence[tuple[str, FunctionRow | None]]
    other: Chapter | None


def crossings(chapter: Chapter, function: str, others: Mapping[str, Chapter]) -> Iterator[Crossing]:
    """The ways from a function to other APIs, of which `others` are in the site."""
    for api, bridge in load_bridges().items():
        if api == chapter.api and (found := bridge.functions.get(function)):
            other = others.get(bridge.api)
            yield Crossing(bridge, bridge.title, True, found.note, _rows(found.by, other), other)
        elif bridge.api == chapter.api and (back := bridge.replaced().get(function)):
            other = others.get(api)
            yield Crossing(bridge, title_of(api), False, "", _rows(back, other), other)


def _rows(names: Sequence[str], other: Chapter | None) -> Sequence[tuple[str, FunctionRow | None]]:
    rows = {row.function: row for row in other.matrix.rows} if other else {}
    return [(name, rows.get(name)) for name in names]
