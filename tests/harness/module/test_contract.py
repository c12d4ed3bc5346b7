"""What Keras demands is read from its source, and what departs from it is told as it is."""

from __future__ import annotations

import inspect
import json
import subprocess
import textwrap

import pytest

from conformance.apis.k import signatures
from conformance.apis.parameters import departure
from conformance.worker.inspect_module import signature
from harness.backends import load_backends, load_host
from harness.module.requirements import constraints
from harness.runtimes.bases import public_bases, standin_for


@pytest.fixture
def keras(tmp_path):
    """A little Keras: three names of the backend, one of its own, one that is another library's."""
    folder = tmp_path / "keras" / "backend"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(
        "import os\n"
        + "".join(f"from .load_backend import {name}\n" for name in ("floatx", "dot", "cast", "name_scope"))
    )
    (folder / "load_backend.py").write_text("from .common import floatx\nfrom .tensorflow_backend import *\n")
    (folder / "tensorflow_backend.py").write_text(
        textwrap.dedent("""
        import tensorflow as tf
        name_scope = tf.name_scope
        def dot(x, y=None, *rest, axis=-1, **options):
            pass
        @symbolic
        def cast(x,
                 dtype='float32'):
            pass
        """)
    )
    return tmp_path / "keras"


def test_names_and_signatures_are_read_without_an_import(keras):
    front = signatures.read(str(keras))
    assert front.names == ["dot", "cast", "name_scope"]
    assert [front.describe(name) for name in front.names] == [
        "dot(x, y=None, *rest, axis=-1, **options)",
        "cast(x, dtype='float32')",
        "name_scope (K's own is tf.name_scope)",
    ]
    assert front.describe("unheard_of") == "unheard_of"


def test_an_older_keras_imports_no_names_and_demands_three(keras):
    (keras / "backend" / "__init__.py").write_text("from .common import floatx\n")
    assert signatures.read(str(keras)).names == ["placeholder", "variable", "function"]


def test_a_keras_without_a_backend_to_read_is_said(tmp_path):
    with pytest.raises(LookupError, match="no backend that can be read"):
        signatures.read(str(tmp_path))


@pytest.mark.venv
def test_the_names_are_those_that_the_installed_keras_imports(environment, tmp_path):
    """Keras itself loads with these names and no others."""
    names = (
        "import json, sys; sys.path.append(sys.argv[1])\n"
        "from conformance.apis.k import signatures; print(json.dumps(signatures.read().names))"
    )
    root = inspect.getsourcefile(signatures).rpartition("/conformance/")[0]
    found = json.loads(
        subprocess.run([environment, "-c", names, root], capture_output=True, text=True, check=True).stdout
    )
    assert len(found) == 143
    for lacking, loads in ((None, True), ("conv2d", False), ("size", False)):
        kept = [name for name in found if name != lacking]
        (tmp_path / "bare.py").write_text("".join(f"def {name}(*args):\n    pass\n" for name in kept))
        env = {"KERAS_BACKEND": "bare", "PYTHONPATH": str(tmp_path), "HOME": str(tmp_path)}
        done = subprocess.run(
            [environment, "-c", "import keras.backend"], env=env, capture_output=True, text=True
        )
        assert (done.returncode == 0) is loads, done.stderr


def parameters(source):
    namespace = {}
    exec(f"def function{source}: pass", namespace)
    return signature(namespace["function"])


@pytest.mark.parametrize(
    ("wanted", "got", "problem"),
    [
        ("(x, axis=-1)", "(x, axis=-1)", None),
        ("(x, axis=-1)", "(x, axis=-1, engine=None)", None),
        ("(x, axis=-1)", "(x, axis=-1, *, engine=None, **more)", None),
        ("(x, size=(1, 1))", "(x, size=[1, 1])", None),
        ("(x, **kwargs)", "(x)", None),
        ("(x)", "(x=None)", None),
        ("(x, axis=-1)", "(x)", "lacks the argument axis"),
        ("(x, axis=-1)", "(*args, **kwargs)", "lacks the argument x"),
        ("(x, axis=-1)", "(x, *, axis=-1)", "lacks the argument axis"),
        ("(x, y)", "(y, x)", "has y where K has x"),
        ("(x, axis=-1)", "(x, axis)", "demands axis, which K gives the default -1"),
        ("(x, axis=-1)", "(x, axis=0)", "has axis=0 where K has axis=-1"),
        ("(x, flag=False)", "(x, flag=0)", "has flag=0 where K has flag=False"),
        ("(x, size=(1, 1))", "(x, size=(1, 2))", "has size=[1, 2] where K has size=[1, 1]"),
        ("(x)", "(x, y)", "demands y, which K does not have"),
        ("(x)", "(x, *, y)", "demands y, which K does not have"),
    ],
)
def test_a_departure_is_one_where_a_call_of_ks_would_not_mean_the_same(wanted, got, problem):
    assert departure(parameters(wanted), parameters(got), "K") == problem


def test_the_folder_says_one_thing_in_several_places():
    front = load_host()
    assert front.name not in load_backends()
    bases = public_bases(front.dockerfile.read_text())
    assert bases["BASE"] == front.docker.base
    assert front.docker.standin == standin_for(bases["BASE"])
    assert constraints(front) == f"keras=={front.keras}\npytest==7.0.1\npytest-xdist==3.0.2\n"
