"""Rules every row of the table keeps, whatever the backend."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conformance.spec.model import Check

from conformance import spec
from tests import ROOT

CASES = spec.cases()


def test_profiles_nest_and_are_as_large_as_promised() -> None:
    """examples < core < full; at least 800 and 3,000 cases."""
    examples, core, full = ({case.id for case in spec.cases(profile)} for profile in ("examples", "core", "full"))
    assert examples < core < full
    assert len(core) >= 800
    assert len(full) >= 3000


def test_every_unspecified_skip_and_tolerance_has_its_reason() -> None:
    """None of the three is a place to put a failure."""
    for case in CASES:
        unspecified = case.unspecified
        assert unspecified is None or len(unspecified.split()) >= 3, case.id
        only = case.row.options.get("only")
        assert only is None or len(only[1].split()) >= 3, case.id
        assert case.ulps is None or (case.ulps[0] > 0 and len(case.ulps[1].split()) >= 3), case.id


def test_no_two_rows_check_the_same_thing() -> None:
    """The same source over the same inputs, in the same surroundings, is one promise."""
    seen: dict[object, str] = {}
    for area in spec.areas():
        for row in area.rows:
            inputs = tuple((name, item.plain, item.dtype, item.unknown_axes, item.array(0).shape, item.array(0).tobytes())
                           for name, item in sorted(row.inputs.items()))
            about = ("env", "files", "dtype", "refuses", "names")
            surroundings = repr(sorted((k, v) for k, v in row.options.items() if k in about))
            for way in row.ways:
                # One draw may be held to several checks: of bounds, of moments.
                check = row.variant if isinstance(row.want, Check) else ""
                key = (re.sub(r"\s+", " ", row.source), inputs, way, surroundings, check)
                name = f"{row.area}/{row.function}/{row.variant}"
                assert seen.setdefault(key, name) == name, (name, seen[key])


def test_every_oracle_can_be_computed() -> None:
    """On this Python and NumPy too, not only on the ones of the environments."""
    for case in CASES:
        assert case.expected() is not None or case.want is None or case.way in ("script", "isolated"), case.id


@pytest.mark.venv
def test_every_public_function_of_k_has_cases(cntk_python: Path) -> None:
    """The names `keras.backend` 2.3.1 imports, and TensorFlow's own three, are each the function of some
    case."""
    find = "import importlib.util as u; print(u.find_spec('keras').submodule_search_locations[0])"
    done = subprocess.run([str(cntk_python), "-c", find], capture_output=True, text=True, check=True)
    package = done.stdout.strip()
    text = (Path(package) / "backend" / "__init__.py").read_text()
    names = set(re.findall(r"^from \.load_backend import (\w+)$", text, re.MULTILINE))
    assert len(names) >= 150
    names |= {"get_session", "set_session", "manual_variable_initialization"}
    covered = Counter(case.function for case in CASES)
    assert sorted(names - covered.keys()) == []


def test_the_list_needs_no_backend() -> None:
    """`--list` answers on the host."""
    command = [sys.executable, "-m", "conformance", "--list", "--profile", "examples"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(json.loads(listed.stdout)["ids"]) == {case.id for case in spec.cases("examples")}
