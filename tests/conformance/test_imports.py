"""Which part imports which: the judge never meets the backend, the worker never meets what it is judged
by."""

import re
import subprocess
import sys
from itertools import chain

import pytest

from conformance import engines
from harness.runtimes.interpreters import find_interpreter
from tests import ROOT
from tests.conformance.modules import graph, imports, modules, reached, source

# What judge and worker must not meet, themselves or through what they import, inside of functions too.
FORBIDDEN = {
    "judge": r"worker\b|apis\.\w+\.adapter$|engines\.(\w+\.)?runtime$",
    "worker": r"judge\b|apis\.\w+\.(table|spec|language|script)\b|apis\.language$|oracle\b",
}
# What the table and the adapter of an API make of the two, for they are imported by name.
SEAMS = {"judge": "table", "worker": "adapter"}


def names(part):
    """The modules of a part of the suite, and those of the APIs' that run in the same process."""
    own = rf"conformance\.{part}(\.|$)|conformance\.apis\.\w+\.{SEAMS[part]}$"
    found = [name for name in modules("conformance") if re.match(own, name)]
    assert len(found) > 5
    return found


@pytest.mark.parametrize("part", FORBIDDEN)
def test_judge_and_worker_are_apart(part):
    forbidden = re.compile(rf"conformance\.({FORBIDDEN[part]})")
    edges = graph("conformance", top_level=False)
    wrong = {f"{name}: {importer} imports {met}" for name in names(part)
             for met, importer in reached(edges, name).items() if forbidden.match(met)}
    assert wrong == set()


LOADED = {
    "judge": "import conformance.judge.plugin, conformance.judge.test_cases, conformance.describe\n"
             "from conformance import apis, settings\n"
             "apis.table('k', settings.read({})).cases()\n",
    "worker": "import conformance.worker.main\n"
              "from conformance import apis, settings\n"
              "apis.adapter('k', settings.read({}))\n",
}


@pytest.mark.parametrize("part", LOADED)
def test_their_processes_are_apart(part):
    """What is imported by its name as text does not show in the source."""
    show = "import sys; print(*sorted(sys.modules), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", LOADED[part] + show], cwd=ROOT,
                          env={"PYTHONPATH": str(ROOT)},
                          capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert f"conformance.apis.k.{SEAMS[part]}" in loaded
    assert [name for name in loaded if re.match(rf"conformance\.({FORBIDDEN[part]})", name)] == []
    assert not {"keras", "tensorflow", "theano", "cntk"} & set(loaded)


@pytest.mark.parametrize(("package", "other"), [("conformance", "harness"), ("harness", "conformance")])
def test_suite_and_harness_import_nothing_of_each_other(package, other):
    """The harness reads which files the suite consists of from suite.py, which it loads as a file."""
    found = {name for name in modules(package)
             for met in imports(package, name) if met.split(".")[0] == other}
    assert found == set()


def test_the_file_that_the_harness_loads_stands_alone():
    assert {met.split(".")[0]
            for met in imports("conformance", "conformance.suite")} <= sys.stdlib_module_names


@pytest.mark.parametrize("package", ["conformance", "harness"])
def test_no_import_goes_round_in_a_circle(package):
    edges = graph(package, top_level=True)
    assert sum(map(len, edges.values())) > 50
    circles = {name for name in edges if name in reached(edges, name)}
    assert circles == set()


def test_the_suite_needs_numpy_and_pytest_alone():
    needed = {met.split(".")[0] for name in modules("conformance") for met in imports("conformance", name)}
    known = set(engines.names("runtime"))  # in their own `runtime`, once they are imported
    assert needed - sys.stdlib_module_names - known == {"conformance", "numpy", "pytest", "xdist"}
    for name in modules("conformance"):
        met = {other.split(".")[0] for other in imports("conformance", name)} & known
        assert not met or name == f"conformance.engines.{met.pop()}.runtime"


def test_every_module_parses_on_the_oldest_python():
    found = find_interpreter("3.6")
    if found is None:
        pytest.skip("there is no Python 3.6 on this machine")
    paths = [str(source(name)) for name in modules("conformance")]
    parse = ("import ast, sys\nfor path in sys.argv[1:]:\n"
             "    ast.parse(open(path, encoding='utf-8').read(), path)\n")
    done = subprocess.run([found.path, "-c", parse, *paths], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_is_read_here_is_all_there_is():
    """A test that looks at no module would pass."""
    known = {source(name) for name in chain(modules("conformance"), modules("harness"))}
    assert {ROOT / "conformance/judge/judge.py", ROOT / "harness/cli/__init__.py"} < known
    assert "conformance.judge.compare" in imports("conformance", "conformance.apis.k.script")
