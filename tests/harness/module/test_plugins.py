"""`conform validate` on plug-in packages of Keras 3, as their authors run it: each bad one ends in one
sentence that says why, and what is missing is told at once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from conformance.apis.ops import contract
from harness.backends import load_host
from harness.runtimes.venv import VenvRuntime

PLUGINS = Path(__file__).parent / "plugins"
STEPS = ["found", "imports", "contract", "loads", "signatures"]
NIGHTLY = load_host("ops").keras
pytestmark = pytest.mark.venv


@pytest.fixture(scope="module")
def plugin_environment():
    """The environment of plug-in packages, made when it is not there."""
    runtime, host = VenvRuntime(), load_host("ops")
    if reason := runtime.available() or runtime.problem(host):
        pytest.skip(reason)
    python = runtime.prepare(host, print).python
    assert python is not None
    return python


@pytest.fixture
def plugin(plugin_environment, validate):
    """Validates one of the packages here, as far as `examples`."""

    def run(name, *arguments, path=PLUGINS):
        return validate(name, "--api", "ops", "--path", path, "--level", "examples", *arguments)

    return run


def answered(verdicts):
    """The cases with a verdict that a package with nothing in it cannot have: Keras answers those of its
    settings, and of symbolic tensors, by itself."""
    return {
        name
        for name, verdict in verdicts.items()
        if verdict not in ("unsupported", "skip", None) and not name.startswith(("config.", "KerasTensor"))
    }


def test_an_empty_package_is_told_everything_that_it_lacks(plugin):
    result = plugin("keras_empty")
    assert result.status == 1
    assert result.holds | {"examples": False} == {
        "found": True,
        "imports": True,
        "contract": False,
        "loads": False,
        "signatures": True,
        "examples": False,
    }
    missing = [item["name"] for item in result.step("contract")["missing"]]
    direct = [name for name in contract.of(NIGHTLY).names if name.startswith("ops.") and name.count(".") == 1]
    modules = {"ops.core", "ops.image", "ops.linalg", "ops.math", "ops.nn", "ops.numpy"}
    assert set(missing) == set(contract.of(NIGHTLY).names) - (set(direct) - modules)
    signatures = [item["signature"] for item in result.step("contract")["missing"]]
    assert "ops.numpy.sum(x, axis=None, keepdims=False)" in signatures
    assert (
        "without Variable, name_scope, distribution_lib, trainer.Trainer" in result.step("loads")["message"]
    )
    assert (
        "Keras does not know empty yet: it was added to PLUGGABLE_BACKENDS" in result.step("loads")["message"]
    )
    assert answered(result.verdicts) == set()


def test_a_released_keras_without_plugins_is_given_a_branch_for_it(plugin):
    result = plugin("keras_empty", "--keras", "3.15.1")
    assert result.document["keras"] == "3.15.1"
    assert "this Keras has no plug-ins: it was given a branch for empty" in result.step("loads")["message"]
    assert answered(result.verdicts) == set()
    assert len(result.step("contract")["missing"]) == len(contract.of("3.15.1").names)


def test_a_package_of_any_name_is_found_by_its_path(plugin):
    result = plugin("dotted.backend")
    assert result.step("found")["message"] == "dotted.backend is dotted/backend/__init__.py"
    assert "Keras does not know dotted_backend yet" in result.step("loads")["message"]


@pytest.mark.parametrize(
    ("name", "step", "sentence"),
    [
        (
            "keras_single",
            "found",
            "keras_single is not a package (keras_single.py), so there is nothing in it",
        ),
        ("keras_sourceless", "found", "there is no keras_sourceless.src: searched keras_sourceless"),
        ("keras_raises", "imports", "OSError: libengine.so.7: cannot open shared object file"),
        ("keras_trainer_raises", "imports", "RuntimeError: no trainer today"),
        ("keras_needs", "imports", "ModuleNotFoundError: No module named 'engine_that_nobody_has'"),
        ("keras_dies", "imports", "the import ended the process: killed by SIGABRT"),
        ("keras_jax", "imports", "Keras has a backend of its own called jax, which it loads in place of"),
    ],
)
def test_what_cannot_be_measured_ends_in_one_sentence(plugin, name, step, sentence):
    result = plugin(name)
    assert result.status == 3
    assert list(result.holds.values()) == [True] * STEPS.index(step) + [False]
    assert sentence in result.step(step)["message"]
    assert "Traceback" not in result.err + result.step(step)["message"]


def test_an_import_without_end_is_stopped(plugin):
    result = plugin("keras_hangs", "--import-timeout", "5")
    assert result.status == 3
    assert "the import took longer than 5 s" in result.step("imports")["message"]


def test_the_root_is_named_with_the_exception_that_hid_it_and_the_line(plugin):
    message = plugin("keras_raises").step("imports")["message"]
    assert "(keras_raises/src/engine.py, line 2: raise OSError(" in message
    assert "it was raised on as ImportError: the engine cannot be loaded" in message


def test_a_package_called_keras_beside_the_plugin_is_said(plugin):
    result = plugin("keras_beside", path=PLUGINS / "beside")
    assert result.status == 3
    assert "a package called keras stands beside the plug-in" in result.step("imports")["message"]


def test_arguments_that_depart_are_named(plugin):
    step = plugin("keras_arguments").step("signatures")
    assert not step["holds"]
    source = f"the backends of Keras {NIGHTLY}"
    assert {item["name"]: item["message"] for item in step["wrong"]} == {
        "ops.numpy.add": f"has x where {source} has x1",
        "ops.numpy.mean": f"has axis=0 where {source} has axis=None",
        "ops.numpy.exp": "is not a function",
    }


def test_output_is_not_taken_for_a_verdict(plugin_environment, validate):
    # A few cases: a process whose standard output is closed serves a single one.
    result = validate("keras_prints", "--api", "ops", "--path", PLUGINS, "--cases", "creation/ones/2d/*")
    assert result.step("imports")["holds"]
    assert "made/up" not in str(result.document)


def test_tensors_of_another_backend_are_an_error_of_the_case(plugin_environment, validate):
    case = "elementwise/exp/2d/eager"
    result = validate("keras_foreign", "--api", "ops", "--path", PLUGINS, "--cases", case)
    evidence = str([item for item in result.document["failing"] if item["id"] == case])
    assert "a tensor of torch came back, and the backend is foreign" in evidence


def test_the_files_are_what_they_say():
    """Each package parses: a slip here would pass for what it is to show."""
    for path in PLUGINS.rglob("*.py"):
        ast.parse(path.read_text())
