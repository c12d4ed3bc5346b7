"""Which backends a command line means: of one API, by name or as the default set."""

from dataclasses import replace

import pytest

from harness.cli.options import chosen_backends
from harness.errors import UsageError


@pytest.fixture
def two_apis(backends, monkeypatch):
    """The registered backends and, beside them, one of another API."""
    known = dict(backends)
    first = next(iter(known.values()))
    known["other"] = replace(first, name="other", api="ops", keras_backend="other", default=True)
    monkeypatch.setattr("harness.cli.options.load_backends", lambda: known)
    return known


def test_the_default_set_is_of_one_api(two_apis):
    assert {backend.api for backend in chosen_backends([])} == {"k"}


def test_backends_of_two_apis_are_not_run_together(two_apis):
    with pytest.raises(UsageError) as refused:
        chosen_backends(["cntk,other"])
    assert str(refused.value) == (
        "other is a backend of the API 'ops', and cntk is of 'k': run the backends of one API at a time."
    )


def test_a_backend_of_another_api_than_asked_for_is_refused(two_apis):
    with pytest.raises(UsageError, match="other is a backend of the API 'ops', and --api asks for 'k'"):
        chosen_backends(["other"], api="k")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["tensorflow", "--api", "ops"], "ops-tensorflow"),
        (["ops-tensorflow", "--api", "k"], "tensorflow"),
        (["ops-jax", "tensorflow"], "ops-tensorflow"),
        (["theano", "--api", "ops"], None),
    ],
)
def test_a_backend_of_the_other_api_is_refused_with_its_namesake_there(conform, tmp_path, arguments, meant):
    done = conform("run", *arguments, "--out", tmp_path / "results")
    assert done.status == 2
    assert " is a backend of the API " in done.err
    assert ("did you mean" in done.err) == (meant is not None)
    assert meant is None or f"did you mean {meant!r}? Otherwise run the backends of one API" in done.err
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(("name", "api"), [("jax", "ops"), ("torch", "ops"), ("ops-theano", "k")])
def test_the_engine_alone_is_not_a_backends_name(conform, name, api):
    done = conform("run", name, "--api", api)
    assert done.status == 2
    assert f"Unknown backend {name!r}: did you mean" in done.err


def test_a_backend_by_name_needs_no_api(two_apis):
    assert [backend.name for backend in chosen_backends(["other"])] == ["other"]


@pytest.mark.parametrize("verb", ["run", "build", "plan"])
def test_an_unknown_api_is_refused_with_the_known_ones(conform, verb):
    done = conform(verb, "--api", "opps")
    assert done.status == 2
    assert "Unknown API 'opps': did you mean 'ops'? (known: k, ops)." in done.err


@pytest.mark.parametrize(("name", "options"), [("inside", ["--path", "src"]), ("here", [])])
@pytest.mark.parametrize("verb", ["run", "plan", "env", "baseline"])
def test_a_module_without_a_dot_is_named_with_its_prefix(place, monkeypatch, conform, verb, name, options):
    monkeypatch.chdir(place)
    (place / "here.py").touch()
    done = conform(verb, name, *options)
    assert done.status == 2
    assert f"a module of your own without a dot in its name is written module:{name}." in done.err


def test_a_backend_that_is_unknown_and_no_module_is_refused_with_the_known_ones(conform):
    assert "did you mean 'cntk'?" in conform("run", "cmtk").err
