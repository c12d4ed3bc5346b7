"""Sparse placeholders that are fed SciPy matrices. (Sparse variables: `scenarios/sparse.py`.)"""
from conformance.spec.model import Area, given, normal

AREA = Area("sparse")

_MATRIX = given([[0, 2.5, 0], [0, 0, 0], [-1.5, 0, 3], [0, 0, 4]])
_CSR = "csr = __import__('scipy.sparse', fromlist=['csr_matrix']).csr_matrix\n"
_FEED = "\"sparse: Boolean, whether the placeholder should have a sparse type.\" What is fed to one is not said."


def _fed(function, variant, body, want, names=("got",), **inputs):
    AREA.script(function, variant, _CSR + body, want, names=names, unspecified=_FEED, **inputs)


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
AREA.script("to_dense", "placeholder-facts", """
d = K.to_dense(K.placeholder((4, 3), sparse=True))
ndim, dtype = K.ndim(d), K.dtype(d)
""", {"ndim": 2, "dtype": "float32"})
_fed("to_dense", "used-further", """
p = K.placeholder((4, 3), sparse=True)
got = K.function([p], [K.sum(K.to_dense(p), axis=1)])([csr(x)])[0]
""", lambda x: {"got": x.sum(1)}, x=_MATRIX)
for _variant, _shape in (("known", "(4, 3)"), ("unknown", "(None, 3)")):
    _fed("dot", "fed-" + _variant, """
p = K.placeholder({}, sparse=True)
got = K.function([p], [K.dot(p, K.variable(w))])([csr(x)])[0]
""".format(_shape), lambda x, w: {"got": x.dot(w)}, x=_MATRIX, w=normal(3, 2))
