"""What a backend of Keras 3 is known by, and a `keras` that is not the one that was meant."""

import sys

import pytest

from conformance.apis.ops import frontend


def kind(module):
    return type("Tensor", (), {"__module__": module})


@pytest.mark.parametrize(("backend", "tensor", "own", "told"), [
    ("jax", "jaxlib._jax", None, None),
    ("jax", "numpy", None, "numpy"),
    ("openvino", "keras_openvino.src.ops.core", None, None),
    ("mine", "mine.core", "mine.core", None),
    ("mine", "torch", "mine.core", "torch"),
    ("mine", "torch", "torch", None),
    ("mine", "jaxlib._jax", "numpy", "jaxlib._jax"),
])
def test_tensors_of_another_backend_are_known_by_their_module(backend, tensor, own, told):
    assert frontend.foreign(backend, kind(tensor), kind(own) if own else None) == told


def install(folder, name, version):
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


def test_a_keras_that_another_replaced_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    install(tmp_path, "keras-nightly", "3.16.0")
    frontend.check(None)
    install(tmp_path, "keras", "3.15.1")
    with pytest.raises(ImportError, match=r"keras 3.15.1 and keras-nightly 3.16.0 were both .*--no-deps"):
        frontend.check(None)


def test_a_release_put_in_front_of_another_replaces_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(tmp_path / "front"), str(tmp_path / "behind")])
    install(tmp_path / "front", "keras", "3.15.1")
    install(tmp_path / "behind", "keras-nightly", "3.16.0")
    frontend.check(None)


def test_a_package_called_keras_beside_a_plugin_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    (tmp_path / "keras").mkdir()
    (tmp_path / "keras" / "__init__.py").touch()
    frontend.check(str(tmp_path / "other"))
    with pytest.raises(ImportError, match="hides the installed Keras"):
        frontend.check(str(tmp_path))


def test_the_version_of_an_engine_is_its_own_word_or_that_of_its_distribution(monkeypatch):
    assert frontend.version("pytest") == pytest.__version__
    monkeypatch.delattr(pytest, "__version__")
    assert frontend.version("pytest")
    assert frontend.version("no_such_engine") is None
