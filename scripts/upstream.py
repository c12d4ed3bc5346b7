"""Keras' own tests of what a backend does, timed in a prepared environment.

Keras 2.3.1 has them in its source distribution on the package index; they run as Keras ran them, all of them,
in one process. The wheel of Keras 3 has those of `keras.ops`, several thousand: every tenth runs, in one
process too, and only the seconds from the first test to the last count, without imports and collection.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import time
from collections.abc import Mapping
from pathlib import Path

KERAS = "keras==2.3.1"
TENTH = 10
# Those that ask what backends compute; the rest of this folder are about Keras' own classes.
MODULES = ("core", "image", "linalg", "math", "nn", "numpy")
_COUNTS = re.compile(r"(\d+) (?:passed|failed)")
_PLUGIN = """
import json
import os
import time

SEEN = []


def pytest_collection_modifyitems(items):
    items[:] = items[::{tenth}]


def pytest_runtest_logstart(nodeid):
    SEEN.append(time.monotonic())


def pytest_runtest_logfinish(nodeid):
    SEEN.append(time.monotonic())


def pytest_sessionfinish():
    with open(os.environ["TIMED"], "w") as stream:
        json.dump(SEEN[-1] - SEEN[0] if SEEN else None, stream)
"""


class Missing(Exception):
    """Keras' tests could not be run; the text says what they printed."""


def keras_2(python: Path, environment: Mapping[str, str], folder: Path) -> tuple[int, float]:
    """The number of tests that ran, and the wall seconds they took. Raises Missing.

    Raises CalledProcessError when the index does not answer.
    """
    tests = _fetched(folder)
    began = time.monotonic()
    ran = _pytest(python, environment, folder, str(tests))
    return ran, time.monotonic() - began


def keras_3(python: Path, environment: Mapping[str, str], folder: Path) -> tuple[int, float]:
    """The number of tests that ran, and the wall seconds from the first to the last. Raises Missing."""
    (folder / "every_tenth.py").write_text(_PLUGIN.format(tenth=TENTH))
    timed = folder / "timed.json"
    paths = [folder, *filter(None, [environment.get("PYTHONPATH")])]
    told = {
        **environment,
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "TIMED": str(timed),
        # Nothing is written into the environment, which would no longer be what it was made as.
        "PYTHONDONTWRITEBYTECODE": "1",
        # What jax has compiled is kept, as the suite keeps it: the second run is warm.
        "JAX_COMPILATION_CACHE_DIR": str(folder / "jax"),
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
        "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
    }
    (place,) = (python.parent.parent / "lib").glob("python3*/site-packages/keras/src/ops")
    tests = [str(place / f"{name}_test.py") for name in MODULES]
    # A module may need a package that this backend does not (TensorFlow, to compare images with).
    ran = _pytest(python, told, folder, "-p", "every_tenth", "--continue-on-collection-errors", *tests)
    return ran, float(json.loads(timed.read_text()))


def _pytest(python: Path, environment: Mapping[str, str], folder: Path, *arguments: str) -> int:
    command = [str(python), "-W", "ignore", "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *arguments], cwd=folder, env=dict(environment), capture_output=True, text=True, check=False
    )
    ran = sum(int(number) for number in _COUNTS.findall((done.stdout.strip().splitlines() or [""])[-1]))
    if not ran:
        raise Missing(f"Keras' own tests did not run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return ran


def _fetched(folder: Path) -> Path:
    path = folder / "backend_test.py"
    if path.exists():
        return path
    # pip asks the sdist for its metadata, which takes a setuptools of the years in which its setup.cfg was
    # written.
    constraint = folder / "build-constraint.txt"
    constraint.write_text("setuptools<70\n")
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "keras"]
    environment = {**os.environ, "PIP_CONSTRAINT": str(constraint)}
    subprocess.run([*command, "-d", str(folder), KERAS], check=True, env=environment)
    (archive,) = folder.glob("[Kk]eras-2.3.1*.tar.gz")
    with tarfile.open(archive) as sdist:
        member = next(
            name for name in sdist.getnames() if name.endswith("tests/keras/backend/backend_test.py")
        )
        source = sdist.extractfile(member)
        assert source is not None
        path.write_bytes(source.read())
    return path
