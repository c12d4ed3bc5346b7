"""Somebody's own module: found without running it, its names and arguments, and why it does not import."""

import sys

import pytest

from conformance import settings
from conformance.worker import inspect_module


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "made_up").mkdir()
    (tmp_path / "made_up" / "__init__.py").write_text("raise RuntimeError('it was run')\n")
    (tmp_path / "made_up" / "inner.py").write_text("")
    return tmp_path


def test_preload_imports_and_calls(monkeypatch, tmp_path) -> None:
    (tmp_path / "preloaded_for_a_test.py").write_text("state = []\ndef act():\n    state.append(1)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    inspect_module.preload(settings.read({"CONFORM_PRELOAD": "preloaded_for_a_test"}))
    assert sys.modules["preloaded_for_a_test"].state == []
    told = settings.read({"CONFORM_PRELOAD": "preloaded_for_a_test, preloaded_for_a_test:act"})
    inspect_module.preload(told)
    assert sys.modules["preloaded_for_a_test"].state == [1]


def test_a_module_is_found_without_running_any_of_it(folder):
    found = inspect_module.find("made_up.inner")
    assert found == {"file": str(folder / "made_up" / "inner.py")}
    assert "made_up" not in sys.modules


def test_the_part_that_is_missing_is_named_with_where_it_was_searched(folder):
    assert inspect_module.find("made_up.absent") == {
        "part": "made_up.absent", "searched": [str(folder / "made_up")]}
    absent = inspect_module.find("absent.inner")
    assert absent["part"] == "absent"
    assert str(folder) in absent["searched"]
    below = inspect_module.find("made_up.inner.deeper")
    assert (below["part"], below["searched"]) == ("made_up.inner", [])


def test_names_and_arguments_of_a_module(folder):
    (folder / "made_up_functions.py").write_text(
        "def f(a, b=(1, 'x'), *rest, key=None, **more): pass\n"
        "number = 3\nclass Odd: pass\ndef g(x=Odd()): pass\n")
    found = inspect_module.examine("made_up_functions", ["f", "g", "number", "absent"])
    assert {"f", "g", "number", "Odd"} <= set(found["names"])
    assert found["signatures"]["f"] == [
        ["a", "plain", False, None], ["b", "plain", True, [1, "x"]], ["rest", "*", False, None],
        ["key", "keyword", True, None], ["more", "**", False, None]]
    assert found["signatures"]["number"] == "not callable"
    assert "Odd object" in found["signatures"]["g"][0][3]
    assert "absent" not in found["signatures"]


def test_what_does_not_tell_its_arguments_is_unreadable():
    class Closed:
        __signature__ = "broken"

        def __call__(self):
            pass
    assert inspect_module.signature(Closed()) == "unreadable"


def raised(folder, source):
    path = folder / "raising.py"
    path.write_text(source)
    code = compile(source, str(path), "exec")
    try:
        exec(code, {"__name__": "raising"})
    except BaseException as error:  # noqa: BLE001 - whatever it raises is what is described
        return inspect_module.root(error)


@pytest.mark.parametrize(("source", "told"), [
    ("raise ValueError('why')", "ValueError: why ({path}, line 1: raise ValueError('why'))"),
    ("\nraise ValueError()", "ValueError ({path}, line 2: raise ValueError())"),
    ("\n\nassert not 1", "AssertionError ({path}, line 3: assert not 1)"),
    ("raise ValueError('  two\\n  lines')", "ValueError: two lines ({path}, line 1: "),
])
def test_a_reason_has_the_line_that_raised_even_without_a_message(folder, source, told):
    assert raised(folder, source).startswith(told.format(path=folder / "raising.py"))


def test_the_exception_at_the_root_comes_first_and_once(folder):
    source = ("def inner():\n    raise KeyError('first')\n"
              "try:\n    inner()\nexcept KeyError as error:\n    raise ImportError('second') from error\n")
    told = raised(folder, source)
    assert told.startswith("KeyError: 'first' (")
    assert "line 2: raise KeyError('first')" in told
    assert "; it was raised on as ImportError: second (" in told


def test_a_cause_that_goes_round_in_a_circle_has_an_end():
    one, two = ValueError("one"), ValueError("two")
    one.__cause__, two.__cause__ = two, one
    assert inspect_module.root(one).startswith("ValueError: two")


def test_paths_are_those_that_the_author_knows(monkeypatch):
    monkeypatch.setenv("CONFORM_PATH", "/given/")
    assert inspect_module.shown("/given/mine/part.py") == "mine/part.py"
    assert inspect_module.shown("/usr/lib/x.py") == "/usr/lib/x.py"
    assert inspect_module.own("in /given/mine.py and /given/b.py") == "in mine.py and b.py"
