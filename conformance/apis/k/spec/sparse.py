"""Sparse tensors: which tensors are sparse, and how a sparse tensor becomes dense."""
from conformance.apis.k.language import UNKNOWN, k
from conformance.case import given, normal

MATRIX = given([[0, 2.5, 0], [0, 0, 0], [-1.5, 0, 3], [0, 0, 4]])
# The first line of the scripts that hand over SciPy matrices.
CSR = "csr = __import__('scipy.sparse', fromlist=['csr_matrix']).csr_matrix"
SPARSE = "sparse = __import__('scipy.sparse', fromlist=['csr_matrix'])"

with k.function("is_sparse", area="sparse", profile="core") as f:
    f.promise("a placeholder is sparse when it was made with sparse=True", at="is_sparse: examples")
    f.case("sparse", "bool(K.is_sparse(K.placeholder((2, 2), sparse=True)))", want=True)
    f.case("sparse-unknown", "bool(K.is_sparse(K.placeholder((None, 3), sparse=True)))", want=True)
    f.case("sparse-float64", "bool(K.is_sparse(K.placeholder((2, 2), dtype='float64', sparse=True)))",
           want=True)

    f.promise("a placeholder is not sparse without sparse=True", at="is_sparse: examples")
    f.case("not-by-default", "bool(K.is_sparse(K.placeholder((2, 2))))", want=False)
    f.case("not-when-false", "bool(K.is_sparse(K.placeholder((2, 2), sparse=False)))", want=False)

    f.promise("a dense variable, a tensor that is computed from it and a constant are not sparse",
              at="is_sparse: summary")
    f.case("not-variable", "bool(K.is_sparse(K.variable(np.ones((2, 3)))))", want=False)
    f.case("not-derived", "bool(K.is_sparse(K.square(K.variable(np.ones((2, 3))))))", want=False)
    f.case("not-constant", "bool(K.is_sparse(K.constant(2.)))", want=False)

with k.function("to_dense", area="sparse", profile="full") as f:
    f.promise("a tensor that is dense already keeps its value and stays dense", at="to_dense: tensor")
    f.case("of-dense", "K.to_dense(x) * 1.", x=normal(4, 3), oracle=lambda x: x, profile="core")
    f.case("of-dense-stays-dense", "bool(K.is_sparse(K.to_dense(x)))", x=normal(4, 3), want=False,
           ways=UNKNOWN, profile="core")

    f.promise("the result of a sparse tensor is not sparse, and has its number of axes and its dtype",
              at="to_dense: returns")
    f.case("documented-example", "bool(K.is_sparse(K.to_dense(K.placeholder((2, 2), sparse=True))))",
           want=False, profile="core")
    f.script("placeholder-facts", """
        d = K.to_dense(K.placeholder((4, 3), sparse=True))
        ndim, dtype = K.ndim(d), K.dtype(d)
    """, want={"ndim": 2, "dtype": "float32"})
    f.script("variable-is-not-sparse", f"""
        {SPARSE}

        dense = K.to_dense(K.variable(sparse.csr_matrix(x)))
        got, ndim, dtype = bool(K.is_sparse(dense)), K.ndim(dense), K.dtype(dense)
    """, want={"got": False, "ndim": 2, "dtype": "float32"}, x=MATRIX)

    f.promise("the result has the values of the sparse tensor, and zeros elsewhere", at="to_dense: summary")
    f.script("variable-value", SPARSE + "\ngot = K.eval(K.to_dense(K.variable(sparse.csr_matrix(x))))",
             oracle=lambda x: {"got": x}, names=("got",), x=MATRIX)
    f.script("variable-summed",
             SPARSE + "\ngot = K.eval(K.sum(K.to_dense(K.variable(sparse.csr_matrix(x))), axis=0))",
             oracle=lambda x: {"got": x.sum(0)}, names=("got",), x=MATRIX)

    f.silent("what is fed to a sparse placeholder", at="placeholder: sparse")
    f.script("fed", f"""
        {CSR}

        p = K.placeholder((4, 3), sparse=True)
        got = K.function([p], [K.to_dense(p)])([csr(x)])[0]
    """, oracle=lambda x: {"got": x}, names=("got",), x=MATRIX)
    f.script("fed-unknown-rows", f"""
        {CSR}

        p = K.placeholder((None, 3), sparse=True)
        f = K.function([p], [K.to_dense(p)])
        got, fewer = f([csr(x)])[0], f([csr(x[1:3])])[0]
    """, oracle=lambda x: {"got": x, "fewer": x[1:3]}, names=("got", "fewer"), x=MATRIX)
    f.script("fed-all-zero", f"""
        {CSR}

        p = K.placeholder((4, 3), sparse=True)
        got = K.function([p], [K.to_dense(p)])([csr(x * 0.)])[0]
    """, oracle=lambda x: {"got": x * 0}, names=("got",), x=MATRIX)
    f.script("fed-float64", f"""
        {CSR}

        p = K.placeholder((4, 3), dtype='float64', sparse=True)
        got = K.function([p], [K.to_dense(p)])([csr(x / 3.)])[0]
        dtype = str(got.dtype)
    """, oracle=lambda x: {"got": x / 3, "dtype": "float64"}, names=("got", "dtype"),
             x=given([[0, 2.5, 0], [0, 0, 0], [-1.5, 0, 3], [0, 0, 4]], "float64"))
    f.script("used-further", f"""
        {CSR}

        p = K.placeholder((4, 3), sparse=True)
        got = K.function([p], [K.sum(K.to_dense(p), axis=1)])([csr(x)])[0]
    """, oracle=lambda x: {"got": x.sum(1)}, names=("got",), x=MATRIX)
