"""Where promises stand, held to the sources of Keras 2.3.1: the place is there, and no sentence is a copy."""

import ast
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conformance.table import TABLE

RELEASE = "Keras 2.3.1"
SECTIONS = {"returns": "Returns", "raises": "Raises", "examples": "Example", "note": "Note"}

pytestmark = pytest.mark.venv


@pytest.fixture(scope="module")
def package(cntk_python: Path) -> Path:
    """The installed Keras 2.3.1, which is the same in every environment that has it."""
    find = "import importlib.util as u; print(u.find_spec('keras').submodule_search_locations[0])"
    done = subprocess.run([str(cntk_python), "-c", find], capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


@dataclass
class Documented:
    """A function of K as its source states it: the names of its parameters, and its docstring."""

    arguments: set[str]
    text: str

    def has(self, part: str) -> bool:
        """Whether the part of its documentation that a promise cites is there."""
        if part in self.arguments:
            return True
        if part == "summary":
            return True
        if part == "NumPy implementation":
            return "{{np_implementation}}" in self.text
        if part in SECTIONS:
            return re.search(rf"^\s*#* ?{SECTIONS[part]}", self.text,
                             re.MULTILINE | re.IGNORECASE) is not None
        return re.search(rf"^\s+{re.escape(part)}: ", self.text, re.MULTILINE) is not None


@pytest.fixture(scope="module")
def documented(package: Path) -> dict[str, Documented]:
    """The functions of K: what the TensorFlow backend defines, and what Keras defines for all backends."""
    found: dict[str, Documented] = {}
    for name in ("tensorflow_backend", "load_backend", "common"):
        tree = ast.parse((package / "backend" / f"{name}.py").read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                arguments = {item.arg for item in ast.walk(node.args) if isinstance(item, ast.arg)}
                found.setdefault(node.name, Documented(arguments, ast.get_docstring(node) or ""))
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute):
                # K's own is another library's, as in `name_scope = tf.name_scope`.
                found.setdefault(node.targets[0].id, Documented(set(), ""))
    assert len(found) > 150
    return found


def test_every_public_function_of_k_has_cases(package: Path) -> None:
    """The names `keras.backend` 2.3.1 imports, and TensorFlow's own three, are each the function of some
    case."""
    text = (package / "backend" / "__init__.py").read_text()
    names = set(re.findall(r"^from \.load_backend import (\w+)$", text, re.MULTILINE))
    assert len(names) >= 150
    names |= {"get_session", "set_session", "manual_variable_initialization"}
    covered = {function.name for function in TABLE.functions() if function.cases}
    assert sorted(names - covered) == []


def test_every_place_is_there(documented) -> None:
    wrong = []
    for function in TABLE.functions():
        for promise in function.promises:
            where, part = promise.at.split(": ", 1)
            if where.endswith(" page") or promise.release != RELEASE:
                continue
            if where not in documented or not documented[where].has(part):
                wrong.append(f"{function.name}: {promise.at}: {promise.text}")
    assert wrong == []


def test_a_place_that_is_not_there_would_be_found(documented) -> None:
    assert documented["sum"].has("axis")
    assert documented["sum"].has("returns")
    assert not documented["sum"].has("axes")
    assert not documented["sum"].has("raises")


def words(text: str) -> str:
    return " " + " ".join(re.findall(r"\w+", text.lower())) + " "


def test_no_sentence_of_keras_is_copied(package: Path) -> None:
    sources = "|".join(words(path.read_text(encoding="utf-8")) for path in package.rglob("*.py"))
    assert words("Returns the index of the maximum value along an axis.") in sources
    copied = [(function.name, promise.text) for function in TABLE.functions() for promise in function.promises
              if len(promise.text.split()) >= 6 and words(promise.text) in sources]
    assert copied == []
