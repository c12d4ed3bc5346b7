"""What K says of a tensor's type, value and kind: dtype, eval, and functions such as is_variable."""
import numpy as np

from conformance.apis.k.language import k
from conformance.case import given, normal, plain, uniform

# `Input` and `Dense` of the package that K came from.
LAYERS = "layers = __import__(K.__name__.split('.')[0] + '.layers', fromlist=['Input', 'Dense'])\n"
SPARSE = "sparse = __import__('scipy.sparse', fromlist=['csr_matrix'])"

with k.function("dtype", area="tensor", profile="core") as f:
    f.promise("a placeholder has the dtype it was given, and the default float type without it",
              at="dtype: examples")
    f.case("example-default", "K.dtype(K.placeholder(shape=(2, 4, 5)))", want="float32", profile="examples")
    f.case("example-float32", "K.dtype(K.placeholder(shape=(2, 4, 5), dtype='float32'))", want="float32",
           profile="examples")
    f.case("example-float64", "K.dtype(K.placeholder(shape=(2, 4, 5), dtype='float64'))", want="float64",
           profile="examples")

    f.promise("dtype tells the type that the placeholder was given, of floats, integers and bools",
              at="placeholder: dtype")
    for dtype in ("float16", "int32", "int64", "uint8", "bool"):
        f.case("given-" + dtype, f"K.dtype(K.placeholder(shape=(2, 3), dtype='{dtype}'))", want=dtype)
    f.case("given-with-ndim", "K.dtype(K.placeholder(ndim=2, dtype='float64'))", want="float64")
    f.case("given-with-unknown", "K.dtype(K.placeholder(shape=(None, None), dtype='float16'))",
           want="float16")
    f.case("third-argument", "K.dtype(K.placeholder((2, 3), None, 'float64'))", want="float64")
    f.case("sparse-default", "K.dtype(K.placeholder((4, 3), sparse=True))", want="float32")
    f.case("sparse-float64", "K.dtype(K.placeholder((4, 3), dtype='float64', sparse=True))", want="float64")

    f.promise("the result is a string", at="dtype: returns")
    f.case("is-a-string", "type(K.dtype(K.placeholder(shape=(2, 3)))).__name__", want="str")
    f.case("variable-is-a-string", "type(K.dtype(K.variable(np.ones(3)))).__name__", want="str")

    f.promise("a placeholder without a dtype has the float type that was the default when it was made",
              at="floatx: summary")
    for dtype in ("float16", "float64"):
        f.script("floatx-" + dtype, f"""
            K.set_floatx('{dtype}')
            by_shape = K.dtype(K.placeholder(shape=(2, 3)))
            by_ndim = K.dtype(K.placeholder(ndim=2))
        """, want={"by_shape": dtype, "by_ndim": dtype})
    f.script("floatx-later", """
        p = K.placeholder(shape=(2, 3))
        K.set_floatx('float64')
        got = K.dtype(p)
    """, want={"got": "float32"})
    f.script("floatx-there-and-back", """
        K.set_floatx('float64')
        K.set_floatx('float32')
        got = K.dtype(K.placeholder(shape=(2, 3)))
    """, want={"got": "float32"})

    f.promise("the dtype that a placeholder was given goes before the default float type",
              at="placeholder: dtype")
    for dtype in ("float16", "float64"):
        f.script("given-beats-floatx-" + dtype, f"""
            K.set_floatx('{dtype}')
            got = K.dtype(K.placeholder(shape=(2, 3), dtype='float32'))
        """, want={"got": "float32"})

    f.promise("dtype tells the type of a variable", at="dtype: x")
    f.case("default", "K.dtype(K.variable(np.array([[1, 2], [3, 4]])))", want="float32")
    for dtype in ("float16", "float64", "int32", "int64", "uint8", "bool"):
        f.case("variable-" + dtype, f"K.dtype(K.variable(np.ones((2, 3)), dtype='{dtype}'))", want=dtype)

    f.promise("dtype tells the type of a tensor that is computed from variables or placeholders",
              at="dtype: summary")
    f.case("derived-elementwise-float64", "K.dtype(K.square(K.placeholder((2, 3), dtype='float64')))",
           want="float64")
    f.case("derived-elementwise-float16", "K.dtype(K.square(K.placeholder((2, 3), dtype='float16')))",
           want="float16")
    f.case("derived-operator-float64", "K.dtype(K.placeholder((2, 3), dtype='float64') * 2.)", want="float64")
    f.case("derived-reduced-float64", "K.dtype(K.sum(K.placeholder((2, 3), dtype='float64'), axis=1))",
           want="float64")
    f.case("derived-cast-float16", "K.dtype(K.cast(K.placeholder((2, 3)), 'float16'))", want="float16")
    f.case("derived-identity-float64", "K.dtype(K.identity(K.placeholder((2, 3), dtype='float64')))",
           want="float64")
    f.case("derived-expanded-default", "K.dtype(K.expand_dims(K.placeholder((2, 3)), 1))", want="float32")
    f.case("derived-float64", "K.dtype(K.square(K.variable(np.ones(3), dtype='float64')))", want="float64")
    f.case("derived-comparison-bool", "K.dtype(K.greater(K.variable(np.ones(3)), 0.5))", want="bool")

with k.function("eval", area="tensor", profile="core") as f:
    f.promise("eval gives the value of a variable", at="eval: examples")
    f.case("documented-example", "K.eval(K.variable(np.array([[1, 2], [3, 4]]), dtype='float32'))",
           want=np.array([[1.0, 2.0], [3.0, 4.0]]))
    f.case("variable", "K.eval(K.variable(v))", v=plain(normal(4, 3)), oracle=lambda v: v)

    f.promise("eval gives the value of a constant, and of a tensor that is computed from variables",
              at="eval: summary")
    f.case("derived", "K.eval(K.square(K.variable(v)) + 1.)", v=plain(normal(4, 3)),
           oracle=lambda v: v ** 2 + 1)
    f.case("scalar", "K.eval(K.sum(K.variable(v)))", v=plain(uniform(4, 3)), oracle=lambda v: v.sum())
    f.case("constant", "K.eval(K.constant([1., 2.5]))", want=np.array([1.0, 2.5]))
    f.case("two-variables", "K.eval(K.variable(v) - K.variable(w))", v=plain(normal(4, 3)),
           w=plain(normal(3)), oracle=lambda v, w: v - w)

    f.promise("each evaluation sees the values that the variables have at that time", at="eval: summary")
    f.script("sees-the-new-value", """
        v = K.variable(x)
        doubled = v * 2.
        first = K.eval(doubled)
        K.set_value(v, x + 1.)
        second = K.eval(doubled)
    """, oracle=lambda x: {"first": x * 2, "second": x * 2 + 2}, names=("first", "second"), x=normal(4, 3))

    f.promise("the result is a NumPy array of the tensor's dtype", at="eval: returns")
    f.case("is-an-array",
           "[type(K.eval(K.variable(np.ones(3)))).__name__, "
           "type(K.eval(K.exp(K.variable(np.ones(3))))).__name__]", want=["ndarray", "ndarray"])
    f.case("dtype-float64", "str(K.eval(K.variable(np.ones(3), dtype='float64') * 2.).dtype)", want="float64")

    f.promise("a write to the result does not change the variable", at="eval: returns")
    f.script("result-is-a-copy", """
        v = K.variable(x)
        got = K.eval(v)
        if got.flags.writeable:
            got[...] = 77.
        after = K.eval(v)
    """, oracle=lambda x: {"after": x}, names=("after",), x=normal(4, 3))

    f.promise("the value of a sparse tensor is a dense NumPy array too", at="eval: returns")
    f.script("variable-is-dense", f"""
        {SPARSE}

        value = K.eval(K.variable(sparse.csr_matrix(x)))
        got, kind = value, isinstance(value, np.ndarray)
    """, oracle=lambda x: {"got": x, "kind": True}, names=("got", "kind"),
             x=given([[0, 2.5, 0], [0, 0, 0], [-1.5, 0, 3], [0, 0, 4]]), profile="full")

with k.function("is_placeholder", area="tensor", profile="core") as f:
    f.promise("a placeholder is a placeholder, with whatever arguments it was made",
              at="is_placeholder: summary")
    for variant, arguments in (
            ("known", "shape=(2, 4)"), ("unknown", "shape=(None, 4)"), ("by-ndim", "ndim=2"),
            ("float64", "shape=(2, 4), dtype='float64'"), ("named", "shape=(2, 4), name='some_input'"),
            ("1d", "shape=(5,)"), ("0d", "shape=()"), ("sparse", "shape=(2, 4), sparse=True")):
        f.case(variant, f"K.is_placeholder(K.placeholder({arguments}))", want=True)

    f.promise("a variable and a constant are not placeholders", at="is_placeholder: summary")
    f.case("not-variable", "K.is_placeholder(K.variable(np.ones((2, 4))))", want=False)
    f.case("not-zeros", "K.is_placeholder(K.zeros((2, 4)))", want=False)
    f.case("not-constant", "K.is_placeholder(K.constant(3.))", want=False)

    f.promise("a tensor that is computed from a placeholder is not a placeholder",
              at="is_placeholder: summary")
    f.case("not-derived", "K.is_placeholder(K.square(K.placeholder(shape=(2, 4))))", want=False)
    f.case("not-operator", "K.is_placeholder(K.placeholder(shape=(2, 4)) + 1.)", want=False)
    f.case("not-identity", "K.is_placeholder(K.identity(K.placeholder(shape=(2, 4))))", want=False)
    f.case("not-reduced", "K.is_placeholder(K.sum(K.placeholder(shape=(2, 4)), axis=1))", want=False)

    f.promise("the candidate may be any object: a NumPy array and a number give False",
              at="is_placeholder: x")
    f.case("not-numpy-array", "K.is_placeholder(np.ones((2, 4)))", want=False)
    f.case("not-number", "K.is_placeholder(3.)", want=False)

    f.promise("the tensor that Input returns is a placeholder, and the tensor that a layer returns is not",
              at="is_placeholder: x")
    f.case("layer-input", LAYERS + "result = K.is_placeholder(layers.Input((10,)))", want=True)
    f.case("not-layer-output", LAYERS + "result = K.is_placeholder(layers.Dense(4)(layers.Input((10,))))",
           want=False)

# K gives is_variable no text: its promises stand where K says which calls return a variable.
with k.function("is_variable", area="tensor", profile="core") as f:
    f.promise("the result of K.variable is a variable", at="variable: returns")
    f.case("variable", "K.is_variable(K.variable(np.ones((2, 3))))", want=True)
    f.case("variable-0d", "K.is_variable(K.variable(np.array(2.)))", want=True)
    f.case("variable-float64", "K.is_variable(K.variable(np.ones(3), dtype='float64'))", want=True)

    f.promise("a placeholder, and a tensor that is computed from it, is not a variable",
              at="placeholder: summary")
    f.case("not-placeholder", "K.is_variable(K.placeholder(shape=(2, 4)))", want=False)
    f.case("not-derived", "K.is_variable(K.square(K.placeholder(shape=(2, 4))))", want=False)

    f.promise("a tensor that is computed from a variable is not a variable", at="cast: summary")
    f.case("variable-not-derived", "K.is_variable(K.square(K.variable(np.ones((2, 3)))))", want=False)
    f.case("not-identity", "K.is_variable(K.identity(K.variable(np.ones((2, 3)))))", want=False)
    f.case("not-cast", "K.is_variable(K.cast(K.variable(np.ones((2, 3))), 'float64'))", want=False)

    f.promise("a NumPy array, a number and None are not variables", at="variable: value")
    f.case("not-numpy-array", "K.is_variable(np.ones((2, 3)))", want=False)
    f.case("not-number", "K.is_variable(2.)", want=False)
    f.case("not-none", "K.is_variable(None)", want=False)

# K gives is_tensor no text: its promises stand where K says which calls return a tensor.
with k.function("is_tensor", area="tensor", profile="core") as f:
    f.promise("a placeholder is a tensor", at="placeholder: summary")
    f.case("placeholder", "K.is_tensor(K.placeholder(shape=(2, 4)))", want=True)
    f.case("placeholder-unknown", "K.is_tensor(K.placeholder(ndim=3))", want=True)

    f.promise("a variable is a tensor", at="variable: value")
    f.case("variable", "K.is_tensor(K.variable(np.ones((2, 3))))", want=True)
    f.case("zeros", "K.is_tensor(K.zeros((2, 3)))", want=True)

    f.promise("the result of a computation with tensors is a tensor", at="identity: returns")
    f.case("derived", "K.is_tensor(K.square(K.placeholder(shape=(2, 4))))", want=True)
    f.case("variable-derived", "K.is_tensor(K.square(K.variable(np.ones(3))))", want=True)
    f.case("scalar", "K.is_tensor(K.sum(K.variable(np.ones(3))))", want=True)

    f.promise("a NumPy array, a list, a number, a string and None are not tensors",
              at="is_keras_tensor: examples")
    f.case("not-numpy-array", "K.is_tensor(np.ones((2, 3)))", want=False)
    f.case("not-list", "K.is_tensor([1., 2.])", want=False)
    f.case("not-number", "K.is_tensor(2.)", want=False)
    f.case("not-none", "K.is_tensor(None)", want=False)
    f.case("not-string", "K.is_tensor('x')", want=False)

with k.function("is_keras_tensor", area="tensor", profile="core") as f:
    f.promise("the tensor that Input returns and the output of a layer are Keras tensors",
              at="is_keras_tensor: summary")
    f.case("layer-input", LAYERS + "result = K.is_keras_tensor(layers.Input((10,)))", want=True)
    f.case("layer-output", LAYERS + "result = K.is_keras_tensor(layers.Dense(4)(layers.Input((10,))))",
           want=True)

    f.promise("a placeholder and a variable that K made are not Keras tensors",
              at="is_keras_tensor: examples")
    f.case("not-placeholder", "K.is_keras_tensor(K.placeholder(shape=(2, 4, 5)))", want=False)
    f.case("not-placeholder-unknown", "K.is_keras_tensor(K.placeholder(shape=(None, 4, 5)))", want=False)
    f.case("not-variable", "K.is_keras_tensor(K.variable(np.array([1, 2])))", want=False)

    f.promise("no tensor is a Keras tensor that neither Input nor a layer returned",
              at="is_keras_tensor: summary")
    f.case("not-derived", "K.is_keras_tensor(K.square(K.placeholder(shape=(2, 4))))", want=False)
    f.case("not-constant", "K.is_keras_tensor(K.constant(2.))", want=False)

    f.promise("an argument that is not a symbolic tensor is refused with a ValueError",
              at="is_keras_tensor: raises")
    f.refuses("numpy-array", "K.is_keras_tensor(np.array([1, 2]))", "ValueError")
    f.refuses("number", "K.is_keras_tensor(2.)", "ValueError")
    f.refuses("list", "K.is_keras_tensor([1, 2])", "ValueError")
    f.refuses("string", "K.is_keras_tensor('x')", "ValueError")
    f.refuses("none", "K.is_keras_tensor(None)", "ValueError")
