"""A module that Keras cannot load never gets a green run: the NumPy backend of examples/ without softsign."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from tests import ROOT

pytestmark = pytest.mark.venv

FINDING = (
    "acme.nb: step loads does not hold: it lacks 1 of the 143 names that keras.backend imports: each was "
    "stubbed, and its cases are unsupported (softsign(x))"
)
GREEN = "Nothing but passes and known deviations."


@pytest.fixture(scope="module")
def folder(environment, tmp_path_factory):
    """A directory with the module in src/ and the journal of its run in results/."""
    del environment
    folder = tmp_path_factory.mktemp("author")
    package = folder / "src" / "acme"
    shutil.copytree(ROOT / "examples" / "numpy_backend", package / "nb")
    (package / "__init__.py").touch()
    front = package / "nb" / "__init__.py"
    front.write_text(front.read_text().replace("    softsign,\n", ""))
    return folder


@pytest.fixture(scope="module")
def conform(folder):
    """Runs `conform` in that directory; its status, and what it printed with its lines joined."""

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "harness", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "400"},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout

    return run


@pytest.fixture(scope="module")
def ran(conform):
    return conform("run", "acme.nb", "--path", "src", "--profile", "examples", "--runtime", "venv")


def test_keras_really_does_not_load_it(folder, environment):
    env = {"PYTHONPATH": str(folder / "src"), "HOME": str(folder), "PATH": os.defpath}
    env["KERAS_BACKEND"] = "acme.nb"
    done = subprocess.run([environment, "-c", "import keras"], env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert "ImportError: cannot import name 'softsign'" in done.stderr


def test_the_run_is_red_and_says_why(ran):
    status, out = ran
    assert status == 1
    assert FINDING in out
    assert GREEN not in out


def test_merge_and_every_report_say_it_too(ran, conform, folder):
    del ran
    assert conform("merge", "results", "--out", "matrix.json")[0] == 1
    for form in ("terminal", "markdown"):
        status, out = conform("report", "matrix.json", "--format", form)
        assert status == 0
        assert "softsign" in out
        assert GREEN not in out
    assert conform("report", "matrix.json", "--format", "html", "--out", "site")[0] == 0
    pages = [(folder / "site" / page).read_text() for page in ("index.html", "k/backend/acme.nb.html")]
    assert "softsign" in pages[1]
    assert not any(GREEN in page for page in pages)
    root = ElementTree.fromstring(conform("report", "matrix.json", "--format", "junit")[1])
    (failure,) = root.iter("failure")
    assert failure.get("message").startswith("it lacks 1 of the 143 names")
    conform("report", "matrix.json", "--format", "badge", "--out", "badges")
    assert json.loads((folder / "badges" / "acme.nb.json").read_text())["color"] == "red"


def test_validate_and_run_agree(conform):
    validated = conform("validate", "acme.nb", "--path", "src", "--runtime", "venv", "-k", "abs", "--json")
    assert validated[0] == 1
    arguments = ("--path", "src", "--runtime", "venv", "-k", "abs", "--profile", "full", "--out", "again")
    assert conform("run", "acme.nb", *arguments)[0] == 1
