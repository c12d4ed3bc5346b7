"""`make bench [BACKEND=...]`: cases per second of the suite against the backend tests that Keras 2.3.1 itself
shipped.

Both run in the same prepared environment, on the same machine, one after the other and warm: what compiles
has compiled before (Theano runs twice, and the second run counts). Keras' tests run as Keras ran them, in one
process; the suite has a worker for every core, as `conform run --jobs` gives it, but one on CNTK: that engine
answers as fast as the judge asks, and judge and worker together keep two cores busy. Keras' tests come from
its source distribution on the package index.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from harness.backends import Backend, find_backend
from harness.errors import ConformError
from harness.paths import suite_root
from harness.runtimes.venv import VenvRuntime

GOALS = {"tensorflow": 50, "theano": 20, "cntk": 5}
ONE_WORKER = ("cntk",)


def fetch_keras_tests(folder: Path) -> Path:
    """Keras' `backend_test.py`, unpacked into the folder. Raises CalledProcessError when the index does not
    answer.
    """
    # pip asks the sdist for its metadata, which takes a setuptools of the years in which its setup.cfg was
    # written.
    constraint = folder / "build-constraint.txt"
    constraint.write_text("setuptools<70\n")
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "keras"]
    environment = {**os.environ, "PIP_CONSTRAINT": str(constraint)}
    subprocess.run([*command, "-d", str(folder), "keras==2.3.1"], check=True, env=environment)
    (archive,) = folder.glob("[Kk]eras-2.3.1*.tar.gz")
    with tarfile.open(archive) as sdist:
        member = next(
            name for name in sdist.getnames() if name.endswith("tests/keras/backend/backend_test.py")
        )
        source = sdist.extractfile(member)
        assert source is not None
        path = folder / "backend_test.py"
        path.write_bytes(source.read())
    return path


def environment(backend: str, home: Path) -> dict[str, str]:
    """What both suites see of this process's environment."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "KERAS_BACKEND": backend,
        "PYTHONPATH": str(suite_root()),
        "TF_CPP_MIN_LOG_LEVEL": "2",
    }


def time_keras_tests(python: Path, backend: str, tests: Path) -> tuple[int, float]:
    """Tests that ran and the wall seconds they took."""
    began = time.monotonic()
    command = [
        str(python),
        "-W",
        "ignore",
        "-m",
        "pytest",
        "-q",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        str(tests),
    ]
    env = environment(backend, tests.parent)
    done = subprocess.run(command, cwd=tests.parent, env=env, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    ran = sum(int(n) for n in re.findall(r"(\d+) (?:passed|failed)", done.stdout.strip().splitlines()[-1]))
    if not ran:
        raise SystemExit(
            f"Keras' own tests did not run on {backend}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return ran, seconds


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
    env = {**environment(backend.name, home), **backend.env, "CONFORM_PRELOAD": ",".join(backend.preload)}
    done = subprocess.run(command, cwd=home, env=env, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    records = [json.loads(line) for line in done.stdout.splitlines()]
    if not records or not records[-1].get("complete"):
        raise SystemExit(f"the suite did not complete on {backend.name}:\n{done.stderr[-2000:]}")
    return sum(record["kind"] == "case" for record in records), seconds


def main() -> int:
    """Print a row per backend; 1 when a ratio is below its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("backends", nargs="*", default=list(GOALS))
    parser.add_argument("--profile", default="full")
    parser.add_argument("--jobs", type=int, help="workers of the suite (default: one per core; on CNTK one)")
    options = parser.parse_args()
    title = "cases per second, both warm"
    table = Table(
        "backend", "Keras' tests", "s", "suite cases", "s", "workers", "ratio per s", "goal", title=title
    )
    reached = True
    with tempfile.TemporaryDirectory(prefix="conform-bench-") as temporary:
        folder = Path(temporary)
        tests = fetch_keras_tests(folder)
        for name in options.backends:
            try:
                backend = find_backend(name)
                python = VenvRuntime().prepare(backend, print).python
            except ConformError as error:
                print(error.message)
                return error.exit_code
            assert python is not None
            for _ in range(2 if name == "theano" else 1):
                ran, theirs = time_keras_tests(python, name, tests)
            jobs = options.jobs or (1 if name in ONE_WORKER else os.cpu_count() or 1)
            time_suite(python, backend, options.profile, jobs, folder)
            cases, ours = time_suite(python, backend, options.profile, jobs, folder)
            ratio = (cases / ours) / (ran / theirs)
            reached = reached and ratio >= GOALS.get(name, 0)
            counts = (str(ran), f"{theirs:.1f}", str(cases), f"{ours:.1f}", str(jobs))
            table.add_row(name, *counts, f"{ratio:.1f}x", f">= {GOALS.get(name, 0)}x")
    Console().print(table)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
