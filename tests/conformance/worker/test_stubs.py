"""Stand-ins for names that a module lacks: they let it load, and never pass for the real thing."""

import importlib
import sys

import pytest

from conformance.worker import stubs


@pytest.fixture
def module(monkeypatch, tmp_path):
    (tmp_path / "lacking.py").write_text("def there(): return 'real'\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "lacking", raising=False)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    return "lacking"


def test_what_is_missing_is_there_and_is_not_had(module):
    stubs.install(module, ["there", "absent"], "API")
    made = importlib.import_module(module)
    assert made.there() == "real"
    assert stubs.has(made, "there")
    assert not stubs.has(made, "absent")
    with pytest.raises(NotImplementedError, match=r"^API has no absent$"):
        made.absent(1, key=2)


def test_a_module_that_is_imported_anew_has_them_again(module):
    stubs.install(module, ["absent"], "API")
    importlib.import_module(module)
    del sys.modules[module]
    assert hasattr(importlib.import_module(module), "absent")


def test_a_module_that_is_already_there_gets_them_at_once(module):
    made = importlib.import_module(module)
    stubs.install(module, ["absent"], "API")
    assert hasattr(made, "absent")


def test_from_import_finds_them(module):
    stubs.install(module, ["absent"], "API")
    namespace = {}
    exec("from lacking import absent, there", namespace)
    assert isinstance(namespace["absent"], stubs.Stub)


def test_other_modules_are_left_alone(module, tmp_path):
    (tmp_path / "neighbour.py").write_text("")
    stubs.install(module, ["absent"], "API")
    assert not hasattr(importlib.import_module("neighbour"), "absent")
    del sys.modules["neighbour"]


def test_the_source_of_a_stubbed_module_can_still_be_read(module):
    stubs.install(module, ["absent"], "API")
    made = importlib.import_module(module)
    assert "def there" in made.__loader__.get_source(module)
