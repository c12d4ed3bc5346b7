"""`make bench [API=...] [BACKEND=...]`: cases per second of the suite against Keras' own tests of the same
API.

Both run in the same prepared environment, on the same machine, one after the other and warm: what compiles
has compiled before (Theano and jax run twice, and the second run counts). The suite has a worker for every
core, as `conform run --jobs` gives it, but one on CNTK: that engine answers as fast as the judge asks, and
judge and worker together keep two cores busy. The seconds of the suite are those of the whole command.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# The scripts are no package; run as one, or loaded by a test, this one finds the others beside it.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import upstream
from rich.console import Console
from rich.table import Table

from harness.apis import DEFAULT_API, load_apis
from harness.backends import Backend, find_backend, load_backends
from harness.errors import ConformError
from harness.paths import suite_root
from harness.runtimes.base import constant_environment
from harness.runtimes.venv import VenvRuntime

GOALS = {"tensorflow": 50, "theano": 20, "cntk": 5}
"""How many times as many cases a second as Keras' own tests have, by backend; for the others OPS_GOAL."""
OPS_GOAL = 5
KERAS_TESTS = {"k": upstream.keras_2, "ops": upstream.keras_3}
ONE_WORKER = ("cntk",)
COMPILES = ("theano", "ops-jax")


def environment(backend: Backend, home: Path) -> dict[str, str]:
    """What both suites see of this process's environment."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONPATH": str(suite_root()),
        "TF_CPP_MIN_LOG_LEVEL": "2",
        **constant_environment(backend),
    }


def time_suite(python: Path, backend: Backend, profile: str, jobs: int, home: Path) -> tuple[int, float]:
    """Verdicts and the wall seconds they took."""
    began = time.monotonic()
    command = [
        str(python),
        "-m",
        "conformance",
        "--profile",
        profile,
        *(["--jobs", str(jobs)] if jobs > 1 else []),
    ]
    env = environment(backend, home)
    done = subprocess.run(command, cwd=home, env=env, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    records = [json.loads(line) for line in done.stdout.splitlines()]
    if not records or not records[-1].get("complete"):
        raise SystemExit(f"the suite did not complete on {backend.name}:\n{done.stderr[-2000:]}")
    return sum(record["kind"] == "case" for record in records), seconds


def measured(backend: Backend, profile: str, jobs: int | None) -> tuple[float, list[str]]:
    """The ratio for one backend, and the cells of its row. Raises ConformError, or upstream.Missing."""
    python = VenvRuntime().prepare(backend, print).python
    assert python is not None
    with tempfile.TemporaryDirectory(prefix="conform-bench-") as temporary:
        folder = Path(temporary)
        for _ in range(2 if backend.name in COMPILES else 1):
            ran, theirs = KERAS_TESTS[backend.api](python, environment(backend, folder), folder)
        workers = jobs or (1 if backend.name in ONE_WORKER else os.cpu_count() or 1)
        time_suite(python, backend, profile, workers, folder)
        cases, ours = time_suite(python, backend, profile, workers, folder)
    ratio = (cases / ours) / (ran / theirs)
    goal = f">= {GOALS.get(backend.name, OPS_GOAL)}x"
    counts = [str(ran), f"{theirs:.1f}", str(cases), f"{ours:.1f}", str(workers)]
    return ratio, [backend.name, *counts, f"{ratio:.1f}x", goal]


def main() -> int:
    """Print a row per backend; 1 when a ratio is below its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("backends", nargs="*", help="default: the default set of the API")
    parser.add_argument("--api", default=DEFAULT_API, choices=sorted(load_apis()))
    parser.add_argument("--profile", default="full")
    parser.add_argument("--jobs", type=int, help="workers of the suite (default: one per core; on CNTK one)")
    options = parser.parse_args()
    default = [
        backend.name for backend in load_backends().values() if backend.default and backend.api == options.api
    ]
    title = "cases per second, both warm"
    table = Table(
        "backend", "Keras' tests", "s", "suite cases", "s", "workers", "ratio per s", "goal", title=title
    )
    reached = True
    for name in options.backends or default:
        try:
            ratio, row = measured(find_backend(name), options.profile, options.jobs)
        except ConformError as error:
            print(error.message)
            return error.exit_code
        except upstream.Missing as error:
            print(f"{name}: {error}")
            return 1
        reached = reached and ratio >= GOALS.get(name, OPS_GOAL)
        table.add_row(*row)
    Console().print(table)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
