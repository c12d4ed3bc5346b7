"""The journal that an earlier run left at the same path: reused when complete, continued with --resume.

A verdict is reused only where nothing it depends on has changed: the suite, the environment, the
backend's files and limits, profile, selection and case timeout, the runtime and the machine.
"""

from __future__ import annotations

import hashlib
import platform
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from harness.backends import Backend
from harness.errors import UsageError
from harness.journal import decode_record, read_journal
from harness.module.source import files
from harness.paths import files_below
from harness.records import Case, Collected, End, Record, Start, Verdict
from harness.text import one_line

Mode = Literal["reuse", "resume", "fresh"]
"""Of an earlier journal of the same run: `reuse` it when complete, also `resume` it, or start `fresh`."""

SAME = ("api", "backend", "profile", "select", "runtime", "image", "environment", "device", "suite", "inputs")
"""Fields of the start record that must agree before a verdict is reused."""

_TITLES = {
    "select": "another -k",
    "image": "another image",
    "environment": "another environment",
    "suite": "another version of the suite",
    "inputs": "other files or limits of the backend, another --case-timeout, or on another machine",
}
_NO_INPUT = frozenset({"baseline.toml", "requirements.in", "README.md"})


@dataclass(frozen=True)
class Earlier:
    """An earlier journal: its start record, the ids it collected and the verdicts it has."""

    path: Path
    start: Start
    ids: tuple[str, ...]
    verdicts: Mapping[str, Verdict]
    seconds: float
    complete: bool

    @property
    def missing(self) -> list[str]:
        """The collected ids without a verdict, in the order of the run; the case in flight is among them."""
        return [name for name in self.ids if name not in self.verdicts]

    def lines(self, reused: bool = False) -> Iterator[bytes]:
        """Its lines without the end record and a last line cut short; `reused` marks every verdict.

        The lines are otherwise as they are.
        """
        *whole, _cut_short = self.path.read_bytes().split(b"\n")
        for line in whole:
            kind = type(decode_record(line))
            if kind is Case and reused:
                yield msgspec.json.encode({**msgspec.json.decode(line), "reused": True}) + b"\n"
            elif kind is not End:
                yield line + b"\n"

    def end(self, latest: End) -> End:
        """The end record of the whole, given that of its last part."""
        counts: dict[str, int] = dict(Counter(self.verdicts.values()))
        for verdict, count in latest.counts.items():
            counts[verdict] = counts.get(verdict, 0) + count
        return msgspec.structs.replace(latest, seconds=round(self.seconds + latest.seconds, 3), counts=counts)


def read_earlier(path: Path) -> Earlier | None:
    """The journal at `path`; None when the file does not exist or names no collected cases.

    Raises:
        UsageError: the file is not a journal.
    """
    if not path.is_file():
        return None
    start: Start | None = None
    ids: list[str] = []
    verdicts: dict[str, Verdict] = {}
    spent = 0.0
    end: End | None = None
    records: Iterator[Record] = read_journal(path)
    for record in records:
        if isinstance(record, Case):
            verdicts[record.id] = record.verdict
            spent += record.seconds or 0.0
        elif isinstance(record, Collected):
            ids = record.ids
        elif isinstance(record, Start):
            start = record
        elif isinstance(record, End):
            end = record
    if start is None or not ids:
        return None
    seconds = end.seconds if end and end.seconds else spent
    complete = end is not None and end.complete and all(name in verdicts for name in ids)
    return Earlier(path, start, tuple(ids), verdicts, seconds, complete)


def take_over(path: Path, fields: Mapping[str, object], mode: Mode) -> Earlier | None:
    """The earlier journal when this run can use it: complete, or with `resume` also incomplete.

    Args:
        path: where this run's journal goes.
        fields: those of this run's start record; SAME must agree.
        mode: see Mode.

    Raises:
        UsageError: with `resume`, the file there is of another run, or is not a journal.
    """
    if mode == "fresh":
        return None
    try:
        earlier = read_earlier(path)
    except UsageError:
        if mode == "resume":
            raise
        return None  # a file that is not a journal has no verdicts, and is about to be replaced
    if earlier is None:
        return None
    other = [name for name in SAME if getattr(earlier.start, name) != fields.get(name)]
    if other and mode == "resume":
        raise UsageError(_refusal(path, earlier.start, fields, other[0]))
    if other or not (earlier.complete or mode == "resume"):
        return None
    return earlier


def _refusal(path: Path, start: Start, fields: Mapping[str, object], name: str) -> str:
    was = _TITLES.get(name) or f"{name} {one_line(str(getattr(start, name)), 60)}, not {fields.get(name)}"
    return (
        f"{path} was measured with {was}, and --resume goes on with the same run only: "
        "leave --resume out, or choose another --out."
    )


def inputs_hash(backend: Backend, *options: object) -> str:
    """A hash of the files, the machine and the `options` that no other field of the start record covers."""
    digest = hashlib.sha256()
    parts = [repr(options).encode(), platform.node().encode(), platform.machine().encode()]
    named = {**dict(files_below(backend.source, _NO_INPUT)), **dict(files_below(backend.folder, _NO_INPUT))}
    if backend.module:
        parts += [
            backend.name.encode(),
            backend.module.name.encode(),
            backend.module.requirements.encode(),
            backend.keras.encode(),
        ]
        named |= {f"module/{name}": content for name, content in files(backend.module.root).items()}
    parts += [backend.release.encode()] if backend.release else []
    for name, content in named.items():
        parts += [name.encode(), content]
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]
