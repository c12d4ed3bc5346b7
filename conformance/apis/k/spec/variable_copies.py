"""The same values again: in another dtype, in another tensor, or printed as they pass."""
import numpy as np

from conformance.apis.k.language import VARIABLE, k
from conformance.case import Check, bools, given, ints, normal, plain


def twice(dtype):
    """Twice the input as this dtype holds it."""
    return lambda x: x.astype(dtype).astype("float64") * 2


def held(dtype):
    """The input as this dtype holds it."""
    return lambda x: x.astype(dtype)


def prints(*words):
    """A check that the words were printed."""
    def check(printed):
        missing = [word for word in words if word not in str(printed)]
        return f"nothing with {' and '.join(missing)} was printed" if missing else None
    return Check("text that holds " + " and ".join(words), check)


def printing(message, evaluation):
    """A script that catches the text that the process writes, by whichever stream, while it evaluates."""
    return f"""
        from keras import backend as K
        K.zeros((1,))
        saved, sink = [os.dup(1), os.dup(2)], os.open(os.path.join(root, 'printed'), os.O_RDWR | os.O_CREAT)
        x = K.print_tensor(K.variable(np.array([[123., 456.], [789., 321.]])){message})
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        {evaluation}
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(saved[0], 1)
        os.dup2(saved[1], 2)
        with open(os.path.join(root, 'printed'), errors='replace') as stream:
            printed = stream.read()
    """


with k.function("cast", area="variable", profile="core") as f:
    f.promise("floats become floats of the dtype, rounded to it where it is narrower", at="cast: dtype")
    f.case("float32-to-float16", "K.cast(x, 'float16') + K.cast(x, 'float16')", x=normal(4, 3),
           oracle=twice("float16"), result_dtype="float16")
    for source, dtype in (("float32", "float64"), ("float64", "float32"), ("float64", "float16"),
                          ("float16", "float32"), ("float16", "float64"), ("float32", "float32")):
        f.case(f"{source}-to-{dtype}", f"K.cast(x, '{dtype}') + K.cast(x, '{dtype}')",
               x=normal(4, 3, dtype=source), oracle=twice(dtype), result_dtype=dtype)
    f.case("rounds-to-float16-and-back", "K.cast(K.cast(x, 'float16'), 'float32')",
           x=given([1.0 / 3.0, 1000.4, 2049.0]), oracle=lambda x: x.astype("float16").astype("float64"),
           result_dtype="float32")

    f.promise("integers and bools become floats of the dtype", at="cast: dtype")
    for source, x in (("int32", ints(4, 3, low=-9)), ("int64", ints(4, 3, low=-9, dtype="int64")),
                      ("bool", bools(4, 3)), ("uint8", ints(4, 3, high=255, dtype="uint8"))):
        for dtype in ("float32", "float64"):
            f.case(f"{source}-to-{dtype}", f"K.cast(x, '{dtype}') + K.cast(x, '{dtype}')", x=x,
                   oracle=lambda x: x * 2.0, result_dtype=dtype)
    f.case("comparison-to-float32", "K.cast(K.greater(x, 0.), 'float32')", x=normal(4, 3),
           oracle=lambda x: (x > 0) * 1.0, result_dtype="float32")

    f.silent("whether dtype may be a type of integers or bool, and how floats become integers or bools",
             at="cast: dtype")
    for dtype in ("int32", "bool"):
        f.case("float32-to-" + dtype, f"K.cast(x, '{dtype}')", x=given([[1.7, -2.9, 0.0], [3.2, -0.4, 8.0]]),
               oracle=held(dtype), result_dtype=dtype, ways=VARIABLE)

    f.promise("the result has the shape and the values of x, of any number of axes", at="cast: summary")
    f.case("0d-float64", "K.cast(x, 'float64')", x=normal(), oracle=lambda x: x, result_dtype="float64")
    f.case("keyword-float64", x=normal(5), dtype="float64", oracle=lambda x, dtype: x, result_dtype="float64")
    f.case("3d-unknown-float64", "K.cast(x, 'float64')", x=normal(2, 4, 3).unknown(0, 1), oracle=lambda x: x,
           result_dtype="float64")
    f.case("of-expression-float64", "K.cast(x * 3., 'float64')", x=given([[1.0, 2.5, -4.0], [8.0, 0.5, 3.0]]),
           oracle=lambda x: x * 3, result_dtype="float64")

    f.promise("x itself keeps its dtype: the cast is a new tensor", at="cast: examples")
    f.script("not-in-place-float16", """
        v, p = K.variable(x), K.placeholder((2, 3))
        c, d = K.cast(v, 'float16'), K.cast(p, 'float16')
        kept, made = [K.dtype(v), K.dtype(p)], [K.dtype(c), K.dtype(d)]
    """, want={"kept": ["float32", "float32"], "made": ["float16", "float16"]}, x=normal(4, 3))

with k.function("cast_to_floatx", area="variable", profile="core") as f:
    f.promise("a NumPy array of floats, integers or bools becomes floats of the default type",
              at="cast_to_floatx: summary")
    f.case("documented-example", "K.cast_to_floatx(np.array([1.0, 2.0], dtype='float64'))",
           want=np.array([1.0, 2.0]))
    for dtype, array in (("float64", normal(4, 3, dtype="float64")), ("int32", ints(4, 3, low=-9)),
                         ("bool", bools(4, 3)), ("float16", normal(4, 3, dtype="float16")),
                         ("float32", normal(4, 3))):
        f.case("from-" + dtype, "[str(K.cast_to_floatx(v).dtype), K.cast_to_floatx(v)]", v=plain(array),
               oracle=lambda v: ["float32", v.astype("float32").astype("float64")], result_dtype="float32")

    f.promise("the default float type is the type that set_floatx set", at="set_floatx: summary")
    for dtype in ("float16", "float64"):
        f.script("floatx-" + dtype, f"K.set_floatx('{dtype}')\n"
                 "dtypes = [str(K.cast_to_floatx(np.ones(3, d)).dtype) "
                 "for d in ('float16', 'float32', 'float64', 'int32')]", want={"dtypes": [dtype] * 4})

    f.promise("the result is a NumPy array", at="cast_to_floatx: returns")
    f.case("is-an-array", "type(K.cast_to_floatx(np.ones((2, 3)))).__name__", want="ndarray")

    f.promise("the argument keeps its dtype", at="cast_to_floatx: examples")
    f.case("keeps-the-argument", "[str(K.cast_to_floatx(v).dtype), str(v.dtype)]",
           v=plain(normal(3, dtype="float64")), want=["float32", "float64"])

with k.function("identity", area="variable", profile="core") as f:
    f.promise("the result has the shape and the content of x", at="identity: returns")
    f.case("0d", x=normal(), oracle=lambda x: x)
    f.case("1d", x=normal(5), oracle=lambda x: x)
    f.case("2d", x=normal(4, 3), oracle=lambda x: x)
    f.case("3d", x=normal(2, 4, 3).unknown(0, 2), oracle=lambda x: x)
    f.case("4d", x=normal(2, 4, 3, 5), oracle=lambda x: x)
    f.case("of-expression", "K.identity(K.square(x))", x=normal(4, 3), oracle=lambda x: x ** 2)
    f.case("int_shape", "K.int_shape(K.identity(K.variable(np.ones((3, 5)))))", want=(3, 5))

    f.promise("the result has the type of x", at="identity: returns")
    f.case("dtype-float64", x=normal(4, 3, dtype="float64"), oracle=lambda x: x)
    f.case("dtype-float16", x=normal(4, 3, dtype="float16"), oracle=lambda x: x)
    f.case("dtype-int32", x=ints(4, 3), oracle=lambda x: x, result_dtype="int32")

    f.promise("the result is a tensor of its own, which follows the value of x", at="identity: summary")
    f.case("is-another-tensor", "K.identity(x) is x", x=normal(4, 3), want=False, ways=VARIABLE)
    f.script("follows-the-variable", """
        v = K.variable(x)
        same = K.identity(v)
        K.set_value(v, x + 1.)
        got = K.eval(same)
    """, oracle=lambda x: {"got": x + 1}, names=("got",), x=normal(4, 3))

    f.promise("name is a part of the result's own name and leaves the content as it is", at="identity: name")
    f.case("name", x=normal(4, 3), name="same_again", oracle=lambda x, name: x)
    f.case("name-kept", "'same_again' in K.identity(K.variable(np.ones(3)), name='same_again').name",
           want=True)
    f.case("second-argument", "'same_again' in K.identity(K.variable(np.ones(3)), 'same_again').name",
           want=True)

with k.function("print_tensor", area="variable", profile="core") as f:
    f.promise("the result has the value of x, with a message and without it", at="print_tensor: returns")
    f.case("unchanged", x=normal(4, 3), oracle=lambda x: x)
    f.case("unchanged-message", x=normal(2, 4, 3).unknown(0, 1), message="x is: ",
           oracle=lambda x, message: x)
    f.case("unchanged-0d", "K.print_tensor(x, 'x is: ')", x=normal(), oracle=lambda x: x, ways=VARIABLE)
    f.case("unchanged-int32", x=ints(4, 3), oracle=lambda x: x, result_dtype="int32", ways=VARIABLE)

    f.promise("the result takes the place of x in the computation", at="print_tensor: summary")
    f.case("used-further", "K.print_tensor(x, message='x is: ') * 2.", x=normal(4, 3), oracle=lambda x: x * 2)

    f.promise("an evaluation prints the value of the tensor", at="print_tensor: summary")
    f.isolated("prints-the-value", printing("", "K.eval(x)"),
               want={"printed": prints("123", "456", "789", "321")})

    f.promise("the message is printed with the value", at="print_tensor: message")
    f.isolated("prints-the-message", printing(", message='the tensor called x'", "K.eval(x)"),
               want={"printed": prints("the tensor called x", "789")})
    f.isolated("prints-in-a-function", printing(", 'seen in passing'", "K.function([], [x * 2.])([])"),
               want={"printed": prints("seen in passing", "456")})

    f.promise("nothing is printed before the tensor is evaluated", at="print_tensor: summary")
    f.isolated("prints-when-evaluated-only", printing(", 'not yet'", "pass"), want={"printed": Check(
        "no text", lambda printed: "printed before it was evaluated" if "not yet" in str(printed) else None)})

    f.promise("int_shape tells the shape of the result, before anything is fed", at="int_shape: returns")
    f.case("int-shape", "x = K.placeholder((None, 4, 5))\nresult = K.int_shape(K.print_tensor(x))",
           want=(None, 4, 5))
