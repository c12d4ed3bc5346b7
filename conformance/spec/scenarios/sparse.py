"""Sparse variables, made from SciPy matrices: products, joins, static facts, and where sparseness ends.

`K.dot` takes "Tensor or variable", `K.concatenate` a "list of tensors", and `K.is_sparse` says that tensors may be sparse.
"""
import numpy as np

from conformance.spec.model import Area, given, normal

AREA = Area("sparse")

_X = given([[0, 2.5, 0], [0, 0, 0], [-1.5, 0, 3], [0, 0, 4]])
_Y = given([[5, 0, 0], [0, 0, 0.5]])
_Z = given([[0, 6], [7, 0], [0, 0], [0, 8]])
_START = "sparse = __import__('scipy.sparse', fromlist=['csr_matrix'])\n"
_VALUE = "`value` is a NumPy array: K does not say that a SciPy matrix is taken, and of which formats."


def _script(function, variant, source, want, names=("got",), **rest):
    AREA.script(function, "variable-" + variant, _START + source, want, names=names, **rest)


def _dense(x):
    return np.asarray(x, "float64")


_script("dot", "dense-vector-wide", "got = K.eval(K.dot(K.variable(sparse.csr_matrix(x)), K.variable(w)))",
        lambda x, w: {"got": x.dot(w)}, x=_X, w=normal(3, 5))
_script("dot", "one-column", "got = K.eval(K.dot(K.variable(sparse.csr_matrix(x)), K.variable(w)))",
        lambda x, w: {"got": x.dot(w)}, x=_X, w=normal(3, 1))
_script("dot", "result-is-dense", """
product = K.dot(K.variable(sparse.csr_matrix(x)), K.variable(w))
got, shape, ndim, dtype = bool(K.is_sparse(product)), K.int_shape(product), K.ndim(product), K.dtype(product)
""", lambda x, w: {"got": False, "shape": (4, 2), "ndim": 2, "dtype": "float32"}, names=("got", "shape", "ndim", "dtype"),
        x=_X, w=normal(3, 2))
_script("dot", "fed-dense", """
w_in = K.placeholder((3, 2))
got = K.function([w_in], [K.dot(K.variable(sparse.csr_matrix(x)), w_in)])([w])[0]
""", lambda x, w: {"got": x.dot(w)}, x=_X, w=normal(3, 2))
_script("dot", "gradient-of-dense", """
w_in = K.variable(w)
total = K.sum(K.square(K.dot(K.variable(sparse.csr_matrix(x)), w_in)))
got = K.eval(K.gradients(total, [w_in])[0])
""", lambda x, w: {"got": 2 * x.T.dot(x.dot(w))}, x=_X, w=normal(3, 2))
_script("dot", "used-further", "got = K.eval(K.relu(K.dot(K.variable(sparse.csr_matrix(x)), K.variable(w)) + 1.))",
        lambda x, w: {"got": np.maximum(x.dot(w) + 1, 0)}, x=_X, w=normal(3, 2))

for _variant, _axis, _want, _other in (
        ("axis0", 0, lambda x, y: np.concatenate([x, y], 0), _Y), ("axis-2", -2, lambda x, y: np.concatenate([x, y], 0), _Y),
        ("axis1", 1, lambda x, y: np.concatenate([x, y], 1), _Z), ("axis-1", -1, lambda x, y: np.concatenate([x, y], 1), _Z)):
    _script("concatenate", _variant, """
joined = K.concatenate([K.variable(sparse.csr_matrix(x)), K.variable(sparse.csr_matrix(y))], axis={})
still, shape, ndim = bool(K.is_sparse(joined)), K.int_shape(joined), K.ndim(joined)
got = K.eval(K.to_dense(joined))
""".format(_axis), lambda x, y, want=_want: {"got": want(x, y), "still": True, "shape": want(x, y).shape, "ndim": 2},
            names=("got", "still", "shape", "ndim"), x=_X, y=_other)
_script("concatenate", "default-axis",
        "got = K.eval(K.to_dense(K.concatenate([K.variable(sparse.csr_matrix(x)), K.variable(sparse.csr_matrix(y))])))",
        lambda x, y: {"got": np.concatenate([x, y], -1)}, x=_X, y=_Z)
_script("concatenate", "three", """
parts = [K.variable(sparse.csr_matrix(part)) for part in (y, x, y)]
got = K.eval(K.to_dense(K.concatenate(parts, axis=0)))
""", lambda x, y: {"got": np.concatenate([y, x, y], 0)}, x=_X, y=_Y)
for _variant, _order in (("sparse-first", "[K.variable(sparse.csr_matrix(x)), K.variable(y)]"),
                         ("dense-first", "[K.variable(x), K.variable(sparse.csr_matrix(y))]")):
    _script("concatenate", "mixed-" + _variant, """
joined = K.concatenate({}, axis=1)
still = bool(K.is_sparse(joined))
got = K.eval(joined)
""".format(_order), lambda x, y: {"got": np.concatenate([x, y], 1), "still": False}, names=("got", "still"), x=_X, y=_Z)

_script("variable", "facts", """
kept = K.variable(sparse.csr_matrix(x))
got, shape, ndim, dtype = bool(K.is_sparse(kept)), K.int_shape(kept), K.ndim(kept), K.dtype(kept)
""", lambda x: {"got": True, "shape": (4, 3), "ndim": 2, "dtype": "float32"}, names=("got", "shape", "ndim", "dtype"), x=_X,
        unspecified=_VALUE)
for _format in ("csc", "coo"):
    _script("variable", _format, "got = K.eval(K.variable(sparse.{}_matrix(x)))".format(_format), lambda x: {"got": _dense(x)},
            x=_X, unspecified=_VALUE)
_script("variable", "float64", """
value = K.eval(K.variable(sparse.csr_matrix(x), dtype='float64'))
got, dtype = value, str(value.dtype)
""", lambda x: {"got": _dense(x), "dtype": "float64"}, names=("got", "dtype"), x=given([[0, 0.1, 0], [0.3, 0, 0]], "float64"),
        unspecified=_VALUE)
_script("to_dense", "is-not-sparse", """
dense = K.to_dense(K.variable(sparse.csr_matrix(x)))
got, ndim, dtype = bool(K.is_sparse(dense)), K.ndim(dense), K.dtype(dense)
""", lambda x: {"got": False, "ndim": 2, "dtype": "float32"}, names=("got", "ndim", "dtype"), x=_X)
_script("to_dense", "value", "got = K.eval(K.to_dense(K.variable(sparse.csr_matrix(x))))", lambda x: {"got": _dense(x)}, x=_X)
_script("to_dense", "summed", "got = K.eval(K.sum(K.to_dense(K.variable(sparse.csr_matrix(x))), axis=0))",
        lambda x: {"got": x.sum(0)}, x=_X)
_script("eval", "is-dense", """
value = K.eval(K.variable(sparse.csr_matrix(x)))
got, kind = value, isinstance(value, np.ndarray)
""", lambda x: {"got": _dense(x), "kind": True}, names=("got", "kind"), x=_X)

# What K says of a sparse placeholder before anything is fed.
AREA.script("placeholder", "facts", """
p = K.placeholder((4, 3), sparse=True)
sparse, shape, ndim, dtype = bool(K.is_sparse(p)), K.int_shape(p), K.ndim(p), K.dtype(p)
keras_shape, fed = p._keras_shape, bool(K.is_placeholder(p))
""", {"sparse": True, "shape": (4, 3), "ndim": 2, "dtype": "float32", "keras_shape": (4, 3), "fed": True})
AREA.script("placeholder", "facts-unknown-float64", """
p = K.placeholder((None, 3), dtype='float64', sparse=True)
sparse, shape, ndim, dtype = bool(K.is_sparse(p)), K.int_shape(p), K.ndim(p), K.dtype(p)
""", {"sparse": True, "shape": (None, 3), "ndim": 2, "dtype": "float64"})
AREA.script("placeholder", "ndim", """
p = K.placeholder(ndim=2, sparse=True)
sparse, shape, ndim = bool(K.is_sparse(p)), K.int_shape(p), K.ndim(p)
""", {"sparse": True, "shape": (None, None), "ndim": 2})
AREA.script("placeholder", "name", """
p = K.placeholder((4, 3), sparse=True, name='rare')
sparse = bool(K.is_sparse(p))
""", {"sparse": True})
AREA.script("placeholder", "dense-by-default", """
sparse = [bool(K.is_sparse(K.placeholder((4, 3)))), bool(K.is_sparse(K.placeholder((4, 3), sparse=False)))]
""", {"sparse": [False, False]})
