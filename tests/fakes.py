"""Journals written by hand, and a runtime that replays them: the fakes of the harness's tests."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.backends import Backend
from harness.errors import EnvironmentProblem
from harness.runtimes import Environment, Report, SuiteRequest
from harness.runtimes.gpu import Gpu, choose


def start(column: str = "cntk", **fields: Any) -> dict[str, Any]:
    """A start record."""
    return {
        "kind": "start",
        "schema": 2,
        "run": "4b1f",
        "column": column,
        "backend": column,
        "api": "k",
        "profile": "full",
        "select": None,
        "runtime": "venv",
        "image": None,
        "device": "cpu",
        "suite": "abcd",
        "started": "2026-11-22T07:00:00Z",
        **fields,
    }


def loaded(backend: str = "cntk", **fields: Any) -> dict[str, Any]:
    """A loaded record."""
    return {
        "kind": "loaded",
        "backend": backend,
        "file": f"/env/keras/backend/{backend}_backend.py",
        "front": "keras",
        "engine": backend,
        "versions": {"keras": "2.3.1", backend: "2.7", "numpy": "1.18.5", "python": "3.6.15"},
        **fields,
    }


def step(name: str, holds: bool = True, **fields: Any) -> dict[str, Any]:
    """The record of a step of an external module."""
    return {"kind": "step", "step": name, "holds": holds, "message": name, "seconds": 0.1, **fields}


def case(
    case_id: str, verdict: str = "pass", message: str = "wrong value: off by 12 ULP at (0, 1)", **fields: Any
) -> dict[str, Any]:
    """A case record; with a detail when it did not pass, and the aspect `value` when it failed."""
    area, function = case_id.split("/")[:2]
    record: dict[str, Any] = {
        "kind": "case",
        "id": case_id,
        "area": area,
        "function": function,
        "verdict": verdict,
        "seconds": 0.004,
    }
    record["ulp"] = 0.5 if verdict == "pass" else None
    if verdict != "pass":
        record["detail"] = {"message": message, "expected": "1.0", "got": "2.0", "traceback": None}
    if verdict == "fail":
        record["aspects"] = ["value"]
    return {**record, **fields}


def journal(
    column: str,
    cases: Iterable[dict[str, Any]],
    *,
    collected: list[str] | None = None,
    steps: Iterable[dict[str, Any]] = (),
    end: Any = ...,
    versions: dict[str, Any] | None = None,
    **fields: Any,
) -> list[dict[str, Any]]:
    """The records of a whole run; `end` replaces the end record, None leaves it out."""
    cases = list(cases)
    told = {} if versions is None else {"versions": versions}
    records = [start(column, **fields), *steps, loaded(fields.get("backend", column), **told)]
    records.append(
        {"kind": "collected", "ids": [item["id"] for item in cases] if collected is None else collected}
    )
    for item in cases:
        records += [{"kind": "begin", "id": item["id"]}, item]
    if end is ...:
        counts = dict(Counter(item["verdict"] for item in cases))
        end = {"kind": "end", "seconds": 1.5, "counts": counts, "complete": True}
    return records + ([end] if end else [])


def encode(records: Iterable[dict[str, Any]]) -> bytes:
    """Records as journal lines."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


@dataclass
class Output:
    """What a fake suite writes; `hold` keeps it running until it is stopped."""

    lines: list[bytes]
    ending: str | None = None
    hold: bool = False
    status: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._iterator = iter(self.lines)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        for line in self._iterator:
            return line
        if self.hold:
            assert self.stopped.wait(20)
        raise StopIteration

    def stop(self) -> None:
        self.stopped.set()


@dataclass
class FakeRuntime:
    """A runtime that replays: per backend either an Output or the problem that keeps it from running."""

    outputs: dict[str, Output | str]
    name: str = "venv"
    found: list[Gpu] | str = "no GPU: the fake has none."
    asked_for: list[tuple[str, int | None]] = field(default_factory=list)
    requests: list[SuiteRequest] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)

    def available(self) -> str | None:
        return None

    def problem(self, backend: Backend) -> str | None:
        output = self.outputs.get(backend.name)
        return output if isinstance(output, str) else None

    def gpu(self, backend: Backend, index: int | None) -> Gpu:
        self.asked_for.append((backend.name, index))
        if isinstance(self.found, str):
            raise EnvironmentProblem(self.found)
        return choose(backend, self.found, index)

    def prepared(self, backend: Backend) -> bool:
        return self.problem(backend) is None

    def prepare(self, backend: Backend, report: Report, profile: str = "core") -> Environment:
        report("preparing")
        if problem := self.problem(backend):
            raise EnvironmentProblem(problem)
        return Environment(backend, self.name, f"hash-of-{backend.name}", Path("/fake/bin/python"))

    @contextmanager
    def run(self, environment: Environment, request: SuiteRequest) -> Iterator[Output]:
        self.requests.append(request)
        self.entered.append(environment.backend.name)
        output = self.outputs[environment.backend.name]
        assert isinstance(output, Output)
        try:
            yield output
        finally:
            self.left.append(environment.backend.name)


def replay(column: str, cases: Iterable[dict[str, Any]], **options: Any) -> Output:
    """An Output that is a whole journal, with the exit status of pytest."""
    cases = list(cases)
    failed = any(
        item["verdict"] not in ("pass", "skip") and not item.get("unspecified", False) for item in cases
    )
    lines = encode(journal(column, cases, **options)).splitlines(keepends=True)
    return Output(lines, status=1 if failed else 0 if cases else 5)


def unsealed(path: Path) -> list[dict[str, Any]]:
    """The records of a journal file, the end record without the digest of those before it."""
    *records, end = [json.loads(line) for line in path.read_bytes().splitlines()]
    return [*records, {name: value for name, value in end.items() if name != "digest"}]
