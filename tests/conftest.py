"""Fixtures of the harness's tests."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import harness.backends
from harness.backends import Backend, load_backends
from harness.merge import merge_journals
from harness.progress import PlainDisplay
from harness.run import Job, run_columns
from tests.fakes import FakeRuntime, encode, journal

BACKEND_TOML = """\
schema = 1
name = "{name}"
title = "{title}"
api = "k"
keras = "2.3.1"
engine = "{name}"
python = "3.6"
default = {default}
keras_backend = "{name}"

[docker]
base = "python:3.6-slim-bullseye"
"""


@pytest.fixture
def write_journal(tmp_path: Path) -> Callable[..., Path]:
    """Writes journal(...) to <folder>/<column>.jsonl and returns the path."""

    def write(
        column: str, cases: Iterable[dict[str, Any]], folder: Path | None = None, **options: Any
    ) -> Path:
        folder = folder or tmp_path / "journals"
        folder.mkdir(exist_ok=True)
        path = folder / f"{column}.jsonl"
        path.write_bytes(encode(journal(column, cases, **options)))
        return path

    return write


@pytest.fixture
def backends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Backend]:
    """Three registered backends (cntk and theano by default, other not) in a folder of their own."""
    root = tmp_path / "dockerfiles"
    for name, default in (("cntk", True), ("theano", True), ("other", False)):
        folder = root / name
        folder.mkdir(parents=True)
        text = BACKEND_TOML.format(name=name, title=name.upper(), default=str(default).lower())
        (folder / "backend.toml").write_text(text)
        (folder / "requirements.txt").write_text(
            "keras==2.3.1\nnumpy==1.18.5 \\\n    --hash=sha256:00\n    # via keras\n"
        )
    monkeypatch.setattr(harness.backends, "backends_root", lambda: root)
    return load_backends(root)


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads the suite with this interpreter, which has NumPy, and makes no environment for it."""
    monkeypatch.setattr("harness.reader.interpreter", lambda report: Path(sys.executable))


@pytest.fixture
def use_runtime(monkeypatch: pytest.MonkeyPatch) -> Callable[[FakeRuntime], FakeRuntime]:
    """Makes the verbs take this runtime, whatever --runtime says."""

    def use(runtime: FakeRuntime) -> FakeRuntime:
        monkeypatch.setattr(
            "harness.runtimes.choose", lambda name="auto": (runtime, "Runtime fake, for a test.")
        )
        return runtime

    return use


@pytest.fixture
def run(backends: dict[str, Backend], tmp_path: Path) -> Any:
    """Runs columns whose suites a FakeRuntime replays; the merged matrix of their journals."""

    def go(
        runtime: FakeRuntime, names: Iterable[str] = ("cntk",), interval: float = 5.0, **options: Any
    ) -> Any:
        stream = io.StringIO()
        jobs = [Job(backends[name], name, "full", **options) for name in names]
        try:
            paths = run_columns(jobs, runtime, tmp_path, PlainDisplay(stream, interval))
        finally:
            go.said = stream.getvalue()
        return merge_journals(paths)

    go.out = tmp_path
    return go


@dataclass(frozen=True)
class Result:
    """How `conform` ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def conform(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Result]:
    """Calls `conform` in this process with these arguments."""
    from harness.cli import main

    def call(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        result = Result(int(ended.value.code or 0), out.decode(), err.decode())
        assert "Traceback" not in result.err
        return result

    return call
