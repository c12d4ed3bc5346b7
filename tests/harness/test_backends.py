from __future__ import annotations

import pytest

from harness.backends import find_backend, load_backends, load_host
from harness.errors import UsageError

GPU_TABLE = '[gpu]\ncuda = "10.0"\nmin_compute_capability = "3.5"\nmax_compute_capability = "7.5"\n\n'


def test_a_backend_is_its_folder(backends):
    cntk = backends["cntk"]
    assert cntk.folder.name == "cntk"
    assert cntk.requirements == cntk.folder / "requirements.txt"
    assert cntk.prepare is None
    (cntk.folder / "prepare.py").write_text("")
    assert cntk.prepare == cntk.folder / "prepare.py"
    assert (cntk.api_module, cntk.device, cntk.preload, cntk.docker.memory) == (
        "keras.backend",
        "cpu",
        (),
        "4g",
    )


def test_the_nearest_name_is_suggested(backends):
    with pytest.raises(UsageError, match="did you mean 'theano'"):
        find_backend("teano", backends)
    with pytest.raises(UsageError, match="known are cntk, other, theano"):
        find_backend("zzzzzz", backends)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "cntk"', 'name = "other"', "its folder's name"),
        ("schema = 1", "schema = 9", "schema 9"),
        ('api = "k"', "", "api"),
        ('api = "k"', 'api = "kk"', "says api = \"kk\": did you mean 'k'"),
        ("default = true", 'default = "yes"', "default"),
        ('keras = "2.3.1"', "keras = 2.3.1", "cannot be read"),
        ('python = "3.6"', 'python = "3.6"\ndevice = "gpu"', "together with a .gpu. table"),
        ('python = "3.6"', 'python = "3.6"\ndevice = "tpu"', "has a device that is not"),
        ("[docker]", GPU_TABLE + "[docker]", "together with a .gpu. table"),
        ("[docker]", GPU_TABLE.replace("7.5", "sm_75") + "[docker]", "is not a compute capability"),
    ],
)
def test_a_malformed_backend_is_refused_in_a_sentence(backends, old, new, says):
    folder = backends["cntk"].folder
    file = folder / "backend.toml"
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(UsageError, match=says) as refused:
        load_backends(folder.parent)
    assert refused.value.message.endswith(".")


def test_a_backend_may_run_in_the_environment_of_another():
    """NumPy's backend needs jax, and all that jax' backend needs: a second copy would be the same."""
    registered = load_backends()
    numpy, jax = registered["ops-numpy"], registered["ops-jax"]
    assert numpy.requirements == jax.requirements == jax.folder / "requirements.txt"
    assert numpy.baseline == numpy.folder / "baseline.toml"


@pytest.mark.parametrize("named", ["theano", "nowhere", "cntk"])
def test_an_environment_is_that_of_another_backend_like_it_with_its_own(backends, named):
    """Theano of the fixture has another Python; its own name would be an environment of nobody."""
    for name, python in (("cntk", "3.6"), ("theano", "3.7")):
        file = backends[name].folder / "backend.toml"
        text = file.read_text().replace('python = "3.6"', f'python = "{python}"')
        file.write_text(text.replace("[docker]", f'environment = "{named}"\n[docker]', name == "cntk"))
    with pytest.raises(UsageError, match=f'environment = "{named}": name a backend of the same API'):
        load_backends(backends["cntk"].folder.parent)


def test_the_registered_backends_load():
    assert {"tensorflow", "theano", "cntk"} <= set(load_backends())


def test_the_default_sets():
    default = [backend for backend in load_backends().values() if backend.default]
    assert {backend.name for backend in default if backend.api == "k"} == {"tensorflow", "theano", "cntk"}
    assert {backend.name for backend in default if backend.api == "ops"} == {
        "ops-numpy",
        "ops-jax",
        "ops-torch",
        "ops-tensorflow",
        "ops-openvino",
    }


def test_the_api_names_the_module_unless_the_backend_does(backends):
    file = backends["cntk"].folder / "backend.toml"
    file.write_text(file.read_text().replace("[docker]", 'api_module = "tf_keras.backend"\n\n[docker]'))
    again = load_backends(backends["cntk"].folder.parent)
    assert (again["cntk"].api_module, again["theano"].api_module) == ("tf_keras.backend", "keras.backend")


def test_external_modules_are_run_as_the_host_of_their_api():
    host = load_host("k")
    assert (host.name, host.api, host.module) == ("external", "k", None)
    with pytest.raises(UsageError, match="External modules of the API 'ops2' cannot be run: leave --api out"):
        load_host("ops2")
