"""What Keras demands of a backend, read from its source and nothing run."""

from pathlib import Path

import pytest

from conformance.apis.k import signatures

INIT = """
from .load_backend import epsilon
from .load_backend import set_epsilon
from .load_backend import dot
from .load_backend import name_scope
from .load_backend import backend
raise SystemExit("it was run")
"""
LOADER = """
from .common import epsilon, set_epsilon
def backend(): return 'x'
"""
TENSORFLOW = """
import tensorflow as tf
name_scope = tf.name_scope
def dot(x, y): pass
def pool(x, size, strides=(1, 1), padding='valid', *rest, axis=-1, **more): pass
def nothing(x=None): pass
"""


@pytest.fixture
def package(tmp_path) -> Path:
    folder = tmp_path / "keras" / "backend"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(INIT)
    (folder / "load_backend.py").write_text(LOADER)
    (folder / "tensorflow_backend.py").write_text(TENSORFLOW)
    return tmp_path / "keras"


def test_names_are_what_the_loader_takes_from_a_backend_and_does_not_define_itself(package):
    contract = signatures.read(str(package))
    assert contract.names == ["dot", "name_scope"]
    assert contract.entries == ("placeholder", "variable", "function")


def test_signatures_are_those_of_the_def_lines(package):
    contract = signatures.read(str(package))
    assert contract.describe("dot") == "dot(x, y)"
    shown = "pool(x, size, strides=(1, 1), padding='valid', *rest, axis=-1, **more)"
    assert contract.describe("pool") == shown
    assert contract.describe("nothing") == "nothing(x=None)"
    assert contract.describe("name_scope") == "name_scope (K's own is tf.name_scope)"


def test_an_older_keras_takes_what_it_is_given(package):
    (package / "backend" / "__init__.py").write_text("from .tensorflow_backend import *\n")
    assert signatures.read(str(package)).names == ["placeholder", "variable", "function"]


@pytest.mark.parametrize("name", ["__init__.py", "load_backend.py", "tensorflow_backend.py"])
def test_a_keras_that_cannot_be_read_is_said(package, name):
    (package / "backend" / name).unlink()
    with pytest.raises(LookupError, match="no backend that can be read"):
        signatures.read(str(package))


def test_without_keras_nobody_can_tell(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(LookupError, match="Keras is not installed"):
        signatures.read()
