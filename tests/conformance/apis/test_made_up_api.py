"""An API is added by one folder, and a backend of it by one more: nothing else is touched, and no verdict on
K becomes another."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT
from tests.conformance.running import kinds, miniature, read

NAME = "madeup"
TABLE = '''
from conformance.apis import base
from conformance.apis.madeup.spec import doubling


class Table(base.Table):
    title = "Made Up"
    api_module = "made_up_numbers"

    def functions(self):
        return doubling.madeup.functions

    def cases(self, profile="full"):
        return list(doubling.madeup.cases())

    def request(self, case):
        return {"op": "evaluate", "source": case.source, "inputs": case.arrays()}

    def script(self, case):
        return "import made_up_numbers as M\\n" + case.source

    def not_applicable(self, case, loaded):
        return None

    def asked(self, environment):
        return "one"

    def refusal(self, loaded, environment):
        return None

    def private(self, directory):
        return {}

    def contract(self, paths=None):
        raise LookupError("nobody can bring a module of their own")
'''
ADAPTER = '''
import importlib
import sys

import numpy

from conformance.apis import base
from conformance.worker.describe import ask
from conformance.worker.evaluate import Bound, execute


class Adapter(base.Adapter):
    def load(self, stubs=()):
        self.M = importlib.import_module(self.settings.api_module or "made_up_numbers")

    def identity(self):
        return {"backend": "one", "file": self.M.__file__, "front": "made_up_numbers", "engine": "numpy",
                "versions": {"numpy": numpy.__version__, "python": "%d.%d" % sys.version_info[:2]}}

    def backend(self):
        return "one"

    def missing(self, source):
        return []

    def bind(self, request):
        namespace = {name: self.M.Number(array) for name, array in request["inputs"].items()}
        return Bound(execute(request["source"], dict(namespace, M=self.M)), self.facts)

    def evaluate(self, bound):
        return bound.answer([number.value for number in bound.tensors])

    def evaluate_together(self, bounds):
        return [self.evaluate(bound) for bound in bounds]

    def facts(self, tensor):
        return {"shape": ask(self.M.shape_of, "M.shape_of", tensor)}

    def refresh(self):
        return False

    def recover(self):
        pass

    def reset(self):
        pass
'''
SPEC = '''
"""Doubling."""
from conformance.apis.language import Spec
from conformance.case import ints, normal

madeup = Spec("M.{}", ("eager",), lambda asked, *rest: ("eager",), release="Made Up 1.0")
with madeup.function("double", area="doubling", profile="examples") as f:
    f.promise("every number is doubled", at="double: returns")
    f.case("floats", x=normal(2, 3), oracle=lambda x: x * 2)
    f.case("ints", x=ints(4), oracle=lambda x: x * 2)
'''
API = '''
schema = 1
name = "madeup"
title = "Made Up"
about = "an API that doubles"
module = "made_up_numbers"
'''
BACKEND = '''
schema = 1
name = "madeup-one"
title = "One that doubles"
api = "madeup"
keras = "0"
engine = "numpy"
python = "3.11"
keras_backend = "one"

[docker]
base = "python:3.11-slim"
'''
NUMBERS = '''
import numpy


class Number:
    def __init__(self, value):
        self.value = numpy.asarray(value)


def shape_of(number):
    return number.value.shape


def double(number):
    return Number(number.value + number.value)
'''
# What follows from the files of a checkout: the suite of K, and all that a backend's image is made of.
DERIVED = '''
import json
from harness.backends import load_backends
from harness.runtimes.bases import Bases
from harness.runtimes.images import plan
from harness.suite import suite_digest, suite_files

bases = lambda text: Bases({"BASE": "a"}, standin=False, network=None)
plans = {name: plan(backend, bases) for name, backend in load_backends().items()}
print(json.dumps({"digest": suite_digest("k"), "files": sorted(suite_files("k")),
                  "tags": {name: planned.tag for name, planned in plans.items()},
                  "plans": {name: sorted(planned.files) for name, planned in plans.items()}}))
'''


def run(checkout: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    """A command of this interpreter on the copied checkout."""
    path = os.pathsep.join([str(checkout), str(checkout / "numbers")])
    return subprocess.run([sys.executable, *command], cwd=checkout,
                          env={**os.environ, "PYTHONPATH": path, **environment},
                          capture_output=True, text=True, timeout=120)


def conform(checkout: Path, *arguments: str) -> subprocess.CompletedProcess:
    return run(checkout, "-m", "harness", *arguments)


def derived(checkout: Path) -> dict:
    done = run(checkout, "-c", DERIVED)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> dict:
    """What follows from a copy that has nothing new."""
    return derived(copied(tmp_path_factory.mktemp("before")))


def copied(folder: Path) -> Path:
    for name in ("conformance", "dockerfiles", "harness"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A copy of the checkout with two folders more."""
    folder = copied(tmp_path_factory.mktemp("checkout"))
    api = folder / "conformance" / "apis" / NAME
    texts = {api / "__init__.py": "", api / "table.py": TABLE, api / "adapter.py": ADAPTER,
             api / "api.toml": API,
             api / "spec" / "__init__.py": "", api / "spec" / "doubling.py": SPEC,
             folder / "dockerfiles" / "madeup-one" / "backend.toml": BACKEND,
             folder / "dockerfiles" / "madeup-one" / "Dockerfile": "ARG BASE=x\nFROM ${BASE}\n",
             folder / "dockerfiles" / "madeup-one" / "requirements.txt": "numpy==1.26.4\n",
             folder / "numbers" / "made_up_numbers.py": NUMBERS}
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture(scope="module")
def journal(checkout) -> Path:
    """What `python -m conformance` wrote of the API."""
    done = run(checkout, "-m", "conformance", CONFORM_API=NAME)
    assert done.returncode == 0, done.stdout + done.stderr
    path = checkout / "results" / "one.jsonl"
    path.parent.mkdir()
    path.write_text(done.stdout)
    return path


def test_it_is_judged(journal):
    records = read(journal.read_text())
    assert kinds(records) == ["start", "loaded", "collected", "begin", "case", "begin", "case", "end"]
    assert (records[0]["api"], records[1]["front"]) == (NAME, "made_up_numbers")
    assert records[2]["ids"] == ["doubling/double/floats/eager", "doubling/double/ints/eager"]
    assert (records[-1]["complete"], records[-1]["counts"]) == (True, {"pass": 2})


def test_it_is_judged_by_two_processes_too(checkout, journal):
    done = run(checkout, "-m", "conformance", "--jobs", "2", CONFORM_API=NAME)
    records = read(done.stdout)
    assert (records[-1]["complete"], records[-1]["counts"]) == (True, {"pass": 2})
    assert records[0]["suite"] == read(journal.read_text())[0]["suite"]


def test_a_backend_of_it_that_is_wrong_is_caught(checkout, tmp_path):
    (tmp_path / "made_up_numbers.py").write_text(NUMBERS.replace("number.value + number.value",
                                                                 "number.value * 3"))
    done = run(checkout, "-m", "conformance", CONFORM_API=NAME, PYTHONPATH=f"{checkout}:{tmp_path}")
    assert done.returncode == 1
    assert read(done.stdout)[-1]["counts"] == {"fail": 2}


def test_it_explains_itself(checkout):
    done = run(checkout, "-m", "conformance", "--promises", CONFORM_API=NAME)
    told = json.loads(done.stdout)
    assert (told["api"], told["title"]) == (NAME, "Made Up")
    assert [function["name"] for function in told["functions"]] == ["double"]


def test_its_backend_is_listed(checkout):
    done = conform(checkout, "list", "--json")
    assert done.returncode == 0, done.stderr
    listed = {backend["name"]: backend for backend in json.loads(done.stdout)["backends"]}
    assert listed["madeup-one"]["api"] == NAME
    assert NAME not in {backend["api"] for name, backend in listed.items() if name != "madeup-one"}


def test_its_journal_becomes_a_matrix_of_it(checkout, journal):
    done = conform(checkout, "merge", str(journal.parent))
    assert done.returncode == 0, done.stderr
    matrix = json.loads(done.stdout)
    assert matrix["api"] == NAME
    assert len(matrix["cases"]) == 2


def test_with_a_journal_of_another_api_it_is_not_merged(checkout, journal, tmp_path):
    of_k = miniature("small", "-k", "elementwise/square/2d", CONFORM_START='{"column": "small"}')
    (tmp_path / "small.jsonl").write_text(of_k.stdout)
    done = conform(checkout, "merge", str(journal), str(tmp_path / "small.jsonl"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "of two APIs ('small' of 'k' and 'one' of 'madeup')" in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_k_consists_of_and_every_image_stays_as_it_was(before, checkout):
    after = derived(checkout)
    assert set(after["tags"]) == {*before["tags"], "madeup-one"}
    for what in ("tags", "plans"):
        assert {name: after[what][name] for name in before[what]} == before[what]
    assert (after["digest"], after["files"]) == (before["digest"], before["files"])


def test_the_image_of_its_backend_holds_its_suite_and_not_that_of_k(checkout):
    files = derived(checkout)["plans"]["madeup-one"]
    assert "conformance/apis/madeup/table.py" in files
    assert "conformance/judge/judge.py" in files
    assert not any(name.startswith("conformance/apis/k/") for name in files)
