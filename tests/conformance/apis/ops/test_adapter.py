"""The ops API for the worker, over a made-up Keras."""

from types import SimpleNamespace

import numpy as np
import pytest

from conformance import settings
from conformance.apis.ops.adapter import Adapter


class Symbol:
    """A KerasTensor of the made-up Keras."""

    def __init__(self, shape, dtype):
        self.shape, self.dtype = shape, dtype


def narrow(array, dtype):
    """A tensor of a backend without 64 bits."""
    return np.asarray(array, dtype.replace("64", "32"))


@pytest.fixture
def adapter():
    made = Adapter(settings.read({}))
    made.keras = SimpleNamespace(
        KerasTensor=Symbol,
        Variable=type("Variable", (), {}),
        backend=SimpleNamespace(standardize_dtype=str),
        config=SimpleNamespace(backend=lambda: "numpy"),
        Function=lambda inputs, outputs: lambda tensors: list(tensors),
    )
    made.ops = SimpleNamespace(
        convert_to_tensor=narrow, convert_to_numpy=np.asarray, is_tensor=lambda x: isinstance(x, np.ndarray)
    )
    return made


@pytest.mark.parametrize(
    ("dtype", "made"), [("float64", "float32"), ("int64", "int32"), ("float16", "float16")]
)
def test_a_symbol_stands_for_the_tensor_that_the_backend_makes(adapter, dtype, made):
    """jax without its 64-bit mode: a symbol of float64 would stand for a tensor that does not exist."""
    spec = {"array": np.ones((2, 3)), "dtype": dtype, "kind": "tensor", "unknown": [0]}
    answer = adapter._symbolic({"inputs": {"x": spec}, "source": "x", "way": "symbolic"})
    assert answer["facts"][0]["declared"] == [[2, 3], made]


def test_a_symbol_keeps_the_dtype_that_a_conversion_ignores(adapter):
    adapter.ops.convert_to_tensor = lambda array, dtype: np.asarray(array, "float32")
    spec = {"array": np.ones((2, 3)), "dtype": "float16", "kind": "tensor", "unknown": [0]}
    answer = adapter._symbolic({"inputs": {"x": spec}, "source": "x", "way": "symbolic"})
    assert answer["facts"][0] == {"dtype": "float32", "declared": [[2, 3], "float16"], "settled": [2, 3]}


def test_the_signatures_are_those_of_public_names(adapter):
    adapter.ops.exp = lambda x: x
    adapter.ops.image = SimpleNamespace(resize=lambda images, size, antialias=False: images)
    adapter.ops.not_public = lambda x: x
    adapter.keras.random = SimpleNamespace(normal=lambda shape, seed=None: shape)
    found = adapter.signatures()
    assert found["exp"] == "(x)"
    assert found["image.resize"] == "(images, size, antialias=False)"
    assert found["random.normal"] == "(shape, seed=None)"
    assert "not_public" not in found
