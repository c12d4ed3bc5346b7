"""What is known of a column: how it was measured, how far it got, why it deviates."""

from __future__ import annotations

from collections.abc import Iterator

from harness.matrix import Column
from harness.selection import option_text
from harness.text import age, one_line

_SAID = {
    "device": "device",
    "engine": "engine",
    "front": "front end",
    "file": "file that answered",
    "image": "image",
    "environment": "environment",
    "contents": "contents of the environment",
    "suite": "suite",
    "digest": "digest of the journal",
    "signed": "signed by",
}
"""Field of a start record -> its label."""


def facts(column: Column) -> list[tuple[str, str]]:
    """Label and text of each."""
    return [(label, one_line(text, 300)) for label, text in _facts(column) if text]


def _facts(column: Column) -> Iterator[tuple[str, str]]:
    info = column.info
    yield "state", column.status + (f": {column.reason}" if column.reason else "")
    versions = info.get("versions")
    if isinstance(versions, dict):
        yield "versions", ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    yield "runtime", str(info.get("runtime") or "")
    started = str(info.get("started") or "")
    yield "measured", f"{started}{age(started)}" if started else ""
    if info.get("profile"):
        select = info.get("select")
        yield "profile", f"{info['profile']}" + (f" {option_text(select)}" if select else "")
    judged = sum(column.counts.values())
    yield (
        "verdicts",
        f"{judged} of {column.collected} cases" + (f", {column.reused} reused" if column.reused else ""),
    )
    yield "duration", f"{column.seconds:.1f} s" if column.seconds else ""
    for name, label in _SAID.items():
        yield label, str(info.get(name) or "")
