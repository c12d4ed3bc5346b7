"""Sparse tensors: placeholders that are fed SciPy matrices, and what K documents of them."""
import numpy as np

from conformance.spec.model import Area, given, normal

AREA = Area("sparse")

_MATRIX = given([[0, 2.5, 0], [0, 0, 0], [-1.5, 0, 3], [0, 0, 4]])
_CSR = "csr = __import__('scipy.sparse', fromlist=['csr_matrix']).csr_matrix\n"


def _fed(function, variant, body, want, names=("got",), **inputs):
    AREA.script(function, variant, _CSR + body, want, names=names, **inputs)


_fed("to_dense", "fed", """
p = K.placeholder((4, 3), sparse=True)
got = K.function([p], [K.to_dense(p)])([csr(x)])[0]
""", lambda x: {"got": x}, x=_MATRIX)
_fed("to_dense", "fed-unknown-rows", """
p = K.placeholder((None, 3), sparse=True)
f = K.function([p], [K.to_dense(p)])
got, fewer = f([csr(x)])[0], f([csr(x[1:3])])[0]
""", lambda x: {"got": x, "fewer": x[1:3]}, names=("got", "fewer"), x=_MATRIX)
_fed("to_dense", "fed-all-zero", """
p = K.placeholder((4, 3), sparse=True)
got = K.function([p], [K.to_dense(p)])([csr(x * 0.)])[0]
""", lambda x: {"got": x * 0}, x=_MATRIX)
_fed("to_dense", "fed-float64", """
p = K.placeholder((4, 3), dtype='float64', sparse=True)
got = K.function([p], [K.to_dense(p)])([csr(x / 3.)])[0]
dtype = str(got.dtype)
""", lambda x: {"got": x / 3, "dtype": "float64"}, names=("got", "dtype"),
     x=given([[0, 2.5, 0], [0, 0, 0], [-1.5, 0, 3], [0, 0, 4]], "float64"))
_fed("to_dense", "facts", """
d = K.to_dense(K.placeholder((4, 3), sparse=True))
ndim, dtype = K.ndim(d), K.dtype(d)
""", {"ndim": 2, "dtype": "float32"}, names=("ndim", "dtype"), x=_MATRIX)
_fed("to_dense", "used-further", """
p = K.placeholder((4, 3), sparse=True)
got = K.function([p], [K.sum(K.to_dense(p), axis=1)])([csr(x)])[0]
""", lambda x: {"got": x.sum(1)}, x=_MATRIX)
_SILENT = "\"x: Tensor or variable.\": K.dot does not say whether a sparse one is taken."
for _variant, _shape in (("known", "(4, 3)"), ("unknown", "(None, 3)")):
    AREA.script("dot", "sparse-dense-" + _variant, _CSR + """
p = K.placeholder({}, sparse=True)
got = K.function([p], [K.dot(p, K.variable(w))])([csr(x)])[0]
""".format(_shape), lambda x, w: {"got": x.dot(w)}, names=("got",), unspecified=_SILENT, x=_MATRIX, w=normal(3, 2))
_NUMPY = "\"value: Numpy array, initial value of the tensor.\""
for _function, _variant, _body, _want in (
        ("variable", "eval", "got = K.eval(K.variable(csr(x)))", lambda x: {"got": x}),
        ("variable", "is_sparse", "got = bool(K.is_sparse(K.variable(csr(x))))", lambda x: {"got": True}),
        ("variable", "int_shape", "got = K.int_shape(K.variable(csr(x)))", lambda x: {"got": (4, 3)}),
        ("variable", "to_dense", "got = K.eval(K.to_dense(K.variable(csr(x))))", lambda x: {"got": x}),
        ("variable", "dot", "got = K.eval(K.dot(K.variable(csr(x)), K.variable(np.array([[1.], [2.], [4.]]))))",
         lambda x: {"got": x.dot(np.array([[1.0], [2.0], [4.0]]))})):
    AREA.script(_function, _variant, _CSR + _body, _want, names=("got",), unspecified=_NUMPY, x=_MATRIX)
