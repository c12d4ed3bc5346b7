"""Variables and constants: their values, dtypes, names and metadata, apart from the array they come from."""
import numpy as np

from conformance.apis.k.language import UNKNOWN, k
from conformance.case import bools, given, ints, normal, plain, uniform

THIRD = 1.0 / 3.0
SPARSE = given([[0, 2.5, 0], [0, 0, 0], [-1.5, 0, 3], [0, 0, 4]])
# Scripts that hand over a SciPy matrix begin with this line.
SCIPY = "sparse = __import__('scipy.sparse', fromlist=['csr_matrix'])"


def same(v, **_):
    """The array itself, whatever the arguments of the call."""
    return v


def as_float32(v):
    """The array as float32 holds it."""
    return v.astype("float32").astype("float64")


def evaluated(dtype):
    """The input, from a variable that was made under another default float type."""
    return lambda x: {"dtype": dtype, "evaluated": dtype, "got": x}


with k.function("variable", area="variable", profile="core") as f:
    f.promise("a variable is made from a NumPy array of three axes",
              at="backends page: Using the abstract Keras backend to write new code")
    f.case("example-3d", "K.variable(value=v)", v=plain(uniform(3, 4, 5, dtype="float64")), oracle=same,
           result_dtype="float32", profile="examples")

    f.promise("the variable begins with the value of the array, of any number of axes", at="variable: value")
    f.case("0d", v=plain(normal()), oracle=same)
    f.case("1d", v=plain(normal(5)), oracle=same)
    f.case("2d", v=plain(normal(4, 3)), oracle=same)
    f.case("4d", v=plain(normal(2, 4, 3, 5)), oracle=same)
    f.case("5d", v=plain(normal(2, 4, 3, 1, 2)), oracle=same)
    f.case("one-element", v=plain(normal(1, 1)), oracle=same)
    f.case("empty-array", "K.variable(np.zeros((0, 3)))", want=np.zeros((0, 3)), result_dtype="float32")
    f.case("infinite-values", v=plain(given([np.inf, -np.inf, np.nan, 1.5])), oracle=same)

    f.promise("the array may lie in memory in any order", at="variable: value")
    f.case("transposed-array", "K.variable(v.T)", v=plain(normal(4, 3)), oracle=np.transpose)
    f.case("strided-array", "K.variable(v[::2, ::-1])", v=plain(normal(5, 3)), oracle=lambda v: v[::2, ::-1])
    f.case("fortran-order-3d", "K.variable(np.asfortranarray(v))", v=plain(normal(2, 4, 3)), oracle=same)

    f.silent("whether the value may be a number or a list instead of an array", at="variable: value")
    f.case("number", "K.variable(2.5)", want=np.array(2.5))
    f.case("list", "K.variable([[1., 2.], [3., 5.]])", want=np.array([[1.0, 2.0], [3.0, 5.0]]))

    f.promise("a later change of the array does not reach the variable", at="variable: value")
    for name, call, array in (
            ("float32", "K.variable(x)", normal(4, 3)),
            ("float64", "K.variable(x, dtype='float64')", normal(4, 3, dtype="float64")),
            ("int32", "K.variable(x, dtype='int32')", ints(4, 3)),
            ("0d", "K.variable(x)", normal()),
            ("fortran-order", "K.variable(x.T)", normal(4, 3))):
        f.script("not-aliasing-" + name, f"""
            before = x.T.copy() if {name!r} == 'fortran-order' else x.copy()
            v = {call}
            x[...] = 77
            unchanged = bool((K.eval(v) == before).all())
        """, want={"unchanged": True}, x=array)
    f.script("not-aliasing-after-evaluation", """
        before = x.copy()
        v = K.variable(x)
        K.eval(v)
        x[...] = 77.
        unchanged = bool((K.get_value(v) == before).all())
    """, want={"unchanged": True}, x=normal(4, 3))

    f.promise("a new value of the variable reaches neither the array nor another variable made from it",
              at="variable: value")
    f.script("array-survives", """
        before = x.copy()
        v = K.variable(x)
        K.set_value(v, np.full((4, 3), 9., 'float32'))
        unchanged = bool((x == before).all())
    """, want={"unchanged": True}, x=normal(4, 3))
    f.script("two-from-one-array", """
        v, w = K.variable(x), K.variable(x)
        K.set_value(v, np.full((4, 3), 9., 'float32'))
        first, second = K.get_value(v), K.get_value(w)
    """, oracle=lambda x: {"first": np.full((4, 3), 9.0), "second": x}, names=("first", "second"),
             x=normal(4, 3))

    f.promise("without a dtype, the variable has the default float type, whatever the type of the array",
              at="dtype: examples")
    for dtype, array in (
            ("int32", ints(4, 3, low=-9)), ("int64", ints(4, 3, dtype="int64")),
            ("uint8", ints(4, 3, dtype="uint8")),
            ("bool", bools(4, 3)), ("float16", normal(4, 3, dtype="float16")),
            ("float64", normal(4, 3, dtype="float64"))):
        f.case(f"floatx-of-{dtype}-array", v=plain(array), oracle=as_float32, result_dtype="float32")
    f.case("floatx-of-0d-float64", v=plain(normal(dtype="float64")), oracle=same, result_dtype="float32")

    f.promise("the default float type is the type that set_floatx set before the variable was made",
              at="floatx: summary")
    for dtype in ("float16", "float64"):
        f.script("floatx-" + dtype, f"""
            K.set_floatx('{dtype}')
            v = K.variable(x)
            dtype, evaluated, got = K.dtype(v), str(K.eval(v).dtype), K.eval(v)
        """, oracle=evaluated(dtype), names=("dtype", "evaluated", "got"), x=normal(4, 3, dtype="float16"))
    f.script("floatx-later", """
        v = K.variable(x)
        K.set_floatx('float64')
        dtype, evaluated = K.dtype(v), str(K.eval(v).dtype)
    """, want={"dtype": "float32", "evaluated": "float32"}, x=normal(4, 3, dtype="float64"))

    f.promise("dtype is the type of the variable and of its values", at="variable: dtype")
    f.case("documented-example",
           "K.variable(value=np.array([[1, 2], [3, 4]]), dtype='float64', name='example_var')",
           want=np.array([[1.0, 2.0], [3.0, 4.0]]), result_dtype="float64")
    f.case("second-argument-is-dtype", "K.variable(v, 'float64')", v=plain(normal(4, 3)), oracle=same,
           result_dtype="float64")
    f.case("dtype-float64", v=plain(given([THIRD, 1e-300, 1e300, 1 + 1e-12], "float64")), dtype="float64",
           oracle=same, result_dtype="float64")
    f.case("dtype-float64-0d", v=plain(normal(dtype="float64")), dtype="float64", oracle=same,
           result_dtype="float64")
    f.case("dtype-float16", v=plain(given([THIRD, 1000.4, -2.0])), dtype="float16",
           oracle=lambda v, dtype: v.astype(dtype).astype("float64"), result_dtype="float16")
    f.case("dtype-float32-of-float64", v=plain(normal(4, 3, dtype="float64")), dtype="float32", oracle=same,
           result_dtype="float32")
    for dtype, values in (("int32", [[-7, 0, 2 ** 30 + 1]]), ("int64", [[-7, 2 ** 40 + 1, 3]]),
                          ("uint8", [[0, 200, 255]]), ("bool", [[True, False, True]])):
        f.case("dtype-" + dtype, v=plain(given(values, dtype)), dtype=dtype, oracle=same, result_dtype=dtype)

    f.promise("the dtype of the call goes before the default float type", at="variable: dtype")
    f.script("given-beats-floatx", """
        K.set_floatx('float64')
        v = K.variable(x, dtype='float32')
        dtype, evaluated = K.dtype(v), str(K.eval(v).dtype)
    """, want={"dtype": "float32", "evaluated": "float32"}, x=normal(4, 3, dtype="float64"))

    f.silent("how an array of floats becomes a variable of integers", at="variable: dtype")
    f.case("dtype-int32-truncates", "K.variable(v, dtype='int32')", v=plain(given([1.9, -2.9, 3.0])),
           want=np.array([1, -2, 3]), result_dtype="int32")

    f.promise("name is a part of the variable's own name", at="variable: name")
    f.case("documented-name",
           "'example_var' in K.variable(value=np.array([[1, 2], [3, 4]]), name='example_var').name",
           want=True)
    f.case("third-argument-is-name", "'weights' in K.variable(v, 'float32', 'weights').name",
           v=plain(normal(4, 3)), want=True)
    f.case("names-differ",
           "['one' in K.variable(v, name='one').name, 'one' in K.variable(v, name='two').name]",
           v=plain(normal(3)), want=[True, False])

    f.promise("name only labels the variable: two variables with the same name keep their own values",
              at="variable: name")
    f.script("same-name-twice", """
        v, w = K.variable(x, name='twin'), K.variable(x + 1., name='twin')
        first, second = K.get_value(v), K.get_value(w)
    """, oracle=lambda x: {"first": x, "second": x + 1}, names=("first", "second"), x=normal(4, 3))

    f.promise("the variable carries its constraint, which applies after the update of an optimizer",
              at="variable: constraint")
    f.case("constraint", "K.variable(v, constraint=np.abs).constraint is np.abs", v=plain(normal(3)),
           want=True)
    f.case("constraint-does-not-change-it", "K.variable(v, constraint=np.abs)",
           v=plain(given([1.0, -2.0, 3.0])), oracle=same)
    f.silent("what a variable without a constraint carries as its constraint", at="variable: constraint")
    f.case("no-constraint", "K.variable(v).constraint", v=plain(normal(3)), want=None)

    f.silent("which metadata a variable carries", at="variable: returns")
    f.case("keras-shape", "K.variable(v)._keras_shape", v=plain(normal(4, 3)), want=(4, 3))
    f.case("uses-learning-phase", "K.variable(v)._uses_learning_phase", v=plain(normal(4, 3)), want=False)

    f.silent("whether the value may be a SciPy matrix, and of which formats", at="variable: value")
    f.script("variable-facts", f"""
        {SCIPY}

        kept = K.variable(sparse.csr_matrix(x))
        got, shape, ndim, dtype = bool(K.is_sparse(kept)), K.int_shape(kept), K.ndim(kept), K.dtype(kept)
    """, want={"got": True, "shape": (4, 3), "ndim": 2, "dtype": "float32"}, x=SPARSE, profile="full")
    for kind in ("csc", "coo"):
        f.script("variable-" + kind, f"{SCIPY}\ngot = K.eval(K.variable(sparse.{kind}_matrix(x)))",
                 oracle=lambda x: {"got": x}, names=("got",), x=SPARSE, profile="full")
    f.script("variable-float64", f"""
        {SCIPY}

        value = K.eval(K.variable(sparse.csr_matrix(x), dtype='float64'))
        got, dtype = value, str(value.dtype)
    """, oracle=lambda x: {"got": x, "dtype": "float64"}, names=("got", "dtype"),
             x=given([[0, 0.1, 0], [0.3, 0, 0]], "float64"), profile="full")

with k.function("constant", area="variable", profile="core") as f:
    f.promise("a constant holds the number, the list or the array it is made from", at="constant: value")
    f.case("number", "K.constant(2.5)", want=np.array(2.5))
    f.case("list", "K.constant([1.5, -2., 4.])", want=np.array([1.5, -2.0, 4.0]))
    f.case("nested-list", "K.constant([[1., 2., 3.], [4., 5., 6.5]])",
           want=np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]]))
    f.case("array-3d", v=plain(normal(2, 4, 3)), oracle=same)
    f.script("not-aliasing", """
        before = x.copy()
        c = K.constant(x)
        x[...] = 77.
        unchanged = bool((K.eval(c) == before).all())
    """, want={"unchanged": True}, x=normal(4, 3))

    f.promise("shape fills a tensor of this shape with a number", at="constant: shape")
    f.case("number-with-shape", "K.constant(2.5, shape=(2, 4, 3))", want=np.full((2, 4, 3), 2.5))
    f.case("number-with-shape-1d", "K.constant(-3., shape=(5,))", want=np.full(5, -3.0))
    f.case("zero-with-shape", "K.constant(0., shape=(2, 3))", want=np.zeros((2, 3)))
    f.case("number-with-shape-0d", "K.constant(2.5, shape=())", want=np.array(2.5))

    f.promise("shape arranges the elements of a list, row by row", at="constant: shape")
    f.case("list-with-shape", "K.constant([1., 2., 3., 4., 5., 6.], shape=(2, 3))",
           want=np.arange(1.0, 7.0).reshape(2, 3))
    f.case("list-as-column", "K.constant([1., 2., 4.], shape=(3, 1))", want=np.array([[1.0], [2.0], [4.0]]))
    f.case("list-with-its-own-shape", "K.constant([1., 2., 4.], shape=(3,))", want=np.array([1.0, 2.0, 4.0]))

    f.promise("dtype is the type of the elements", at="constant: dtype")
    f.case("dtype-float64", "K.constant([1. / 3., 1e-300], dtype='float64')", want=np.array([THIRD, 1e-300]),
           result_dtype="float64")
    f.case("dtype-float64-number", "K.constant(1. / 3., dtype='float64')", want=np.array(THIRD),
           result_dtype="float64")
    f.case("dtype-float16", "K.constant([0.5, 3.], dtype='float16')", want=np.array([0.5, 3.0]),
           result_dtype="float16")
    f.case("dtype-int32", "K.constant([1, -2, 4], dtype='int32')", want=np.array([1, -2, 4]),
           result_dtype="int32")
    f.case("dtype-bool", "K.constant([True, False], dtype='bool')", want=np.array([True, False]),
           result_dtype="bool")
    f.case("dtype-and-shape", "K.constant(0.25, dtype='float64', shape=(3, 2))", want=np.full((3, 2), 0.25),
           result_dtype="float64")
    f.case("positional", "K.constant(0.25, 'float64', (3, 2))", want=np.full((3, 2), 0.25),
           result_dtype="float64")

    f.promise("without a dtype, the elements have the default float type", at="floatx: summary")
    f.case("integers-give-floatx", "K.constant([1, 2, 4])", want=np.array([1.0, 2.0, 4.0]),
           result_dtype="float32")
    for dtype in ("float16", "float64"):
        f.script("floatx-" + dtype, f"""
            K.set_floatx('{dtype}')
            c = K.constant([1.5, 2.])
            dtype, evaluated = K.dtype(c), str(K.eval(c).dtype)
        """, want={"dtype": dtype, "evaluated": dtype})

    f.promise("name is a part of the tensor's own name and leaves the value as it is", at="constant: name")
    f.case("name", "K.constant(2.5, name='half_ten') * 2.", want=np.array(5.0))
    f.case("name-kept", "'three_numbers' in K.constant([2.5, 7.25, 4.], name='three_numbers').name",
           want=True)
    f.case("name-kept-beside-unnamed",
           "[K.constant(7.25), 'half_ten' in K.constant(7.25, name='half_ten').name][1]", want=True)

    f.promise("the result is a tensor, with which other tensors are computed, and not a variable",
              at="constant: returns")
    f.case("is-a-tensor", "K.is_tensor(K.constant([1., 2.]))", want=True)
    f.case("is-no-variable", "K.is_variable(K.constant(2.5))", want=False)
    f.case("in-expression", "x * K.constant([1., 10., 100.])", x=normal(4, 3),
           oracle=lambda x: x * np.array([1.0, 10.0, 100.0]), ways=UNKNOWN)

    f.promise("int_shape tells the shape of a constant: of the list, of the call, or () for a number",
              at="int_shape: returns")
    f.case("int_shape-of-list", "K.int_shape(K.constant([1., 2., 4.]))", want=(3,))
    f.case("int_shape-of-shape", "K.int_shape(K.constant(1.5, shape=(4, 3)))", want=(4, 3))
    f.case("int_shape-of-number", "K.int_shape(K.constant(1.5))", want=())
