from __future__ import annotations

import pytest

from harness import paths
from harness.backends import find_backend, load_backends
from harness.errors import UsageError

GPU_TABLE = '[gpu]\ncuda = "10.0"\nmin_compute_capability = "3.5"\nmax_compute_capability = "7.5"\n\n'


def test_a_backend_is_its_folder(backends):
    cntk = backends["cntk"]
    assert cntk.folder.name == "cntk"
    assert cntk.requirements == cntk.folder / "requirements.txt"
    assert cntk.prepare is None
    (cntk.folder / "prepare.py").write_text("")
    assert cntk.prepare == cntk.folder / "prepare.py"
    assert (cntk.k, cntk.device, cntk.preload, cntk.docker.memory) == ("keras.backend", "cpu", (), "4g")


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
        ('api = "K"', "", "api"),
        ("default = true", 'default = "yes"', "default"),
        ('keras = "2.3.1"', "keras = 2.3.1", "cannot be read"),
        ('python = "3.6"', 'python = "3.6"\ndevice = "gpu"', "together with a .gpu. table"),
        ('python = "3.6"', 'python = "3.6"\ndevice = "tpu"', "device is"),
        ("[docker]", GPU_TABLE + "[docker]", "together with a .gpu. table"),
        ("[docker]", GPU_TABLE.replace("7.5", "sm_75") + "[docker]", "no compute capability"),
    ],
)
def test_a_malformed_backend_is_refused_in_a_sentence(backends, old, new, says):
    folder = backends["cntk"].folder
    file = folder / "backend.toml"
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(UsageError, match=says) as refused:
        load_backends(folder.parent)
    assert refused.value.message.endswith(".")


def test_the_registered_backends_load():
    assert {"tensorflow", "theano", "cntk"} <= set(load_backends())


def test_the_default_set():
    assert {name for name, backend in load_backends().items() if backend.default} == {
        "tensorflow",
        "theano",
        "cntk",
    }


@pytest.mark.parametrize(
    ("given", "expected"), [("/x", "/x"), ("", "/home/me/.cache"), ("relative", "/home/me/.cache")]
)
def test_the_cache_follows_xdg(monkeypatch, given, expected):
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert str(paths.cache_root()) == f"{expected}/keras-backend-conformance"


def test_the_suite_and_the_backends_are_found():
    assert (paths.suite_root() / "conformance").is_dir()
    assert (paths.backends_root() / "cntk" / "backend.toml").is_file()
