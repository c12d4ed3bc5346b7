"""The reason why a module cannot be imported, as its author needs it."""

import importlib
import sys

import pytest

from conformance.worker import importing

LOADER = """\
import importlib

if not hasattr(importlib.import_module("made.mine"), "variable"):
    raise ValueError("Invalid backend")
"""


@pytest.fixture
def reason(tmp_path, monkeypatch):
    """The reason why made.mine, with this text, cannot be imported."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def told(text, front="loader.backend"):
        for folder, name, content in (("made", "mine.py", text), ("loader", "backend.py", LOADER)):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "__init__.py").touch()
            (tmp_path / folder / name).write_text(content)
        importlib.invalidate_caches()
        with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it raises
            importlib.import_module("made.mine")
        for name in [name for name in sys.modules if name.split(".")[0] in ("made", "loader")]:
            del sys.modules[name]
        return importing.reason("made.mine", caught.value, front)

    return told


def test_a_module_that_meets_the_front_end_that_is_loading_it(reason, tmp_path):
    assert reason("from loader import backend\n\nvariable = 1\n") == (
        "made.mine imports loader ({}, line 1: from loader import backend) while loader loads made.mine, "
        "a circular import: import loader inside the functions that need it"
    ).format(tmp_path / "made" / "mine.py")


@pytest.mark.parametrize("front", [None, "another.backend"])
def test_what_another_package_raises_is_its_own_reason(reason, front):
    assert reason("from loader import backend\n", front).startswith("ValueError: Invalid backend")


@pytest.mark.parametrize("text", ["import no_such_package", "import no_such_package.inner"])
def test_a_missing_package_points_to_the_requirements(reason, text):
    told, _, remedy = reason(text).rpartition(": ")
    assert told.startswith("ModuleNotFoundError: No module named 'no_such_package'")
    assert remedy == "if a package has it, list the package in a file and name the file with --requirements"


@pytest.mark.parametrize("text", ["from made import absent", "import made.absent", "1 / 0"])
def test_what_no_requirement_brings_does_not(reason, text):
    assert "--requirements" not in reason(text)
