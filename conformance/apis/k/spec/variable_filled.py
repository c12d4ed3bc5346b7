"""Variables that K fills: zeros, ones, their like, the identity matrix; and ranges of integers."""
import numpy as np

from conformance.apis.k.language import k
from conformance.case import given, ints, normal


def filled(f, fill):
    """The promises that zeros and ones share; `fill` is the number that they fill a variable with."""
    name = f.name

    f.promise(f"a variable of three axes is filled with {fill}",
              at="backends page: Using the abstract Keras backend to write new code")
    f.case("example-3d", shape=(3, 4, 5), want=np.full((3, 4, 5), fill), profile="examples")

    f.promise("shape is the shape of the variable, of any number of axes", at=name + ": shape")
    for shape in ((), (7,), (3, 4), (2, 4, 3, 5), (2, 3, 1, 2, 4)):
        f.case(f"{len(shape)}d", f"K.{name}({shape})", want=np.full(shape, fill))
    f.case("no-rows", f"K.{name}((0, 3))", want=np.full((0, 3), fill))

    f.promise("dtype is the type of the variable", at=name + ": dtype")
    for dtype in ("float16", "float64", "int32", "int64", "bool"):
        f.case("dtype-" + dtype, f"K.{name}((2, 3), dtype='{dtype}')",
               want=np.full((2, 3), fill).astype(dtype), result_dtype=dtype)
    f.case("second-argument", f"K.{name}((2, 3), 'float64')", want=np.full((2, 3), fill),
           result_dtype="float64")
    f.script("given-beats-floatx", f"""
        K.set_floatx('float64')
        dtype = K.dtype(K.{name}((2, 3), dtype='float32'))
    """, want={"dtype": "float32"})

    f.promise("without a dtype, the variable has the default float type", at="floatx: summary")
    for dtype in ("float16", "float64"):
        f.script("floatx-" + dtype, f"""
            K.set_floatx('{dtype}')
            v = K.{name}((2, 3))
            dtype, evaluated = K.dtype(v), str(K.eval(v).dtype)
        """, want={"dtype": dtype, "evaluated": dtype})

    f.promise("name is a part of the variable's own name", at=name + ": name")
    f.case("name", f"'filled' in K.{name}((2, 3), name='filled').name", want=True)
    f.case("third-argument", f"'filled' in K.{name}((2, 3), None, 'filled').name", want=True)

    f.promise("the result is a variable: its value can be read, and set without an effect on other variables",
              at=name + ": returns")
    f.case("is-a-variable", f"K.is_variable(K.{name}((2, 3)))", want=True)
    f.case("is-a-variable-0d", f"K.is_variable(K.{name}(()))", want=True)
    f.case("get_value", f"K.get_value(K.{name}((2, 3)))", want=np.full((2, 3), fill))
    f.script("can-be-set", f"""
        v, w = K.{name}((2, 3)), K.{name}((2, 3))
        K.set_value(v, x)
        changed, other, fresh = K.get_value(v), K.get_value(w), K.get_value(K.{name}((2, 3)))
    """, oracle=lambda x: {"changed": x, "other": np.full((2, 3), fill), "fresh": np.full((2, 3), fill)},
             names=("changed", "other", "fresh"), x=normal(2, 3))

    f.promise("shape may be a symbolic shape, and the result is then a tensor of the evaluated shape",
              at=name + ": returns")
    f.case("symbolic-shape", f"K.{name}(K.shape(x))", x=normal(4, 3), oracle=lambda x: np.full((4, 3), fill))

    f.promise("int_shape tells the shape of the variable", at="int_shape: returns")
    f.case("int_shape", f"K.int_shape(K.{name}((4, 2, 3)))", want=(4, 2, 3))


def filled_like(f, fill):
    """The promises that zeros_like and ones_like share; `fill` is the number that they fill a tensor with."""
    name = f.name

    def like(x, **_):
        return np.full(np.shape(x), fill)

    def like_of_integers(x, **_):
        return np.full(np.shape(x), int(fill))

    f.promise(f"the result has the shape of x and holds {fill}", at=name + ": returns")
    f.case("0d", x=normal(), oracle=like)
    f.case("1d", x=normal(5), oracle=like)
    f.case("2d", x=normal(4, 3), oracle=like)
    f.case("3d", x=normal(2, 4, 3).unknown(0, 1), oracle=like)
    f.case("4d", x=normal(2, 4, 3, 5).unknown(1, 2, 3), oracle=like)

    f.promise("the values of x do not matter, and stay as they are", at=name + ": summary")
    f.case("of-infinite", x=given([[np.inf, np.nan], [-np.inf, 1.0], [0.0, 2.0]]), oracle=like)
    f.script("leaves-x-alone", f"""
        v = K.variable(x)
        K.eval(K.{name}(v))
        got = K.get_value(v)
    """, oracle=lambda x: {"got": x}, names=("got",), x=normal(4, 3))

    f.promise("x may be a tensor that is computed", at=name + ": x")
    f.case("of-expression", f"K.{name}(K.square(x) + 1.)", x=normal(4, 3), oracle=like)

    f.promise("dtype is the type of the result", at=name + ": dtype")
    f.case("dtype-float16", x=normal(4, 3), dtype="float16", oracle=like, result_dtype="float16")
    f.case("dtype-float64", x=normal(4, 3), dtype="float64", oracle=like, result_dtype="float64")
    f.case("dtype-float32-of-float64", f"K.{name}(x, 'float32')", x=normal(4, 3, dtype="float64"),
           oracle=like, result_dtype="float32")
    f.case("dtype-int32", x=normal(4, 3), dtype="int32", oracle=like_of_integers, result_dtype="int32")

    f.promise("without a dtype, the result has the type of x", at=name + ": dtype")
    f.case("dtype-of-x-float16", x=normal(4, 3, dtype="float16"), oracle=like, result_dtype="float16")
    f.case("dtype-of-x-float64", x=normal(4, 3, dtype="float64"), oracle=like, result_dtype="float64")
    f.case("dtype-of-x-int32", x=ints(4, 3), oracle=like_of_integers, result_dtype="int32")

    f.promise("a name may be given, and leaves the values as they are", at=name + ": name")
    f.case("name", x=normal(4, 3), name="like_x", oracle=like)

    f.promise("int_shape tells the shape of the result", at="int_shape: returns")
    f.case("int_shape", f"K.int_shape(K.{name}(K.variable(np.ones((4, 2, 3)))))", want=(4, 2, 3))


with k.function("zeros", area="variable", profile="core") as f:
    filled(f, 0.0)

with k.function("ones", area="variable", profile="core") as f:
    filled(f, 1.0)

with k.function("zeros_like", area="variable", profile="core") as f:
    filled_like(f, 0.0)

with k.function("ones_like", area="variable", profile="core") as f:
    filled_like(f, 1.0)

with k.function("eye", area="variable", profile="core") as f:
    f.promise("an integer is the number of rows and of columns", at="eye: size")
    f.case("documented-example-3", "K.eye(3)", want=np.eye(3))
    f.case("1", "K.eye(1)", want=np.eye(1))

    f.promise("a tuple is the number of rows and the number of columns, which may differ", at="eye: size")
    f.case("documented-example-2-3", "K.eye((2, 3))", want=np.eye(2, 3))
    f.case("tall", "K.eye((4, 2))", want=np.eye(4, 2))
    f.case("square-tuple", "K.eye((3, 3))", want=np.eye(3))

    f.promise("dtype is the type of the variable", at="eye: dtype")
    f.case("dtype-float64", "K.eye(3, dtype='float64')", want=np.eye(3), result_dtype="float64")
    f.case("dtype-float16", "K.eye((2, 4), dtype='float16')", want=np.eye(2, 4), result_dtype="float16")
    f.case("dtype-int32", "K.eye(3, dtype='int32')", want=np.eye(3, dtype="int32"), result_dtype="int32")
    f.case("second-argument", "K.eye((2, 3), 'float64')", want=np.eye(2, 3), result_dtype="float64")

    f.promise("without a dtype, the variable has the default float type", at="floatx: summary")
    for dtype in ("float16", "float64"):
        f.script("floatx-" + dtype, f"""
            K.set_floatx('{dtype}')
            v = K.eye((2, 3))
            dtype, evaluated = K.dtype(v), str(K.eval(v).dtype)
        """, want={"dtype": dtype, "evaluated": dtype})

    f.promise("name is a part of the variable's own name", at="eye: name")
    f.case("name", "'identity_matrix' in K.eye(3, name='identity_matrix').name", want=True)

    f.promise("the result is a variable, with which tensors are computed", at="eye: returns")
    f.case("is-a-variable", "K.is_variable(K.eye(3))", want=True)
    f.case("in-product", "K.dot(x, K.eye((3, 2)))", x=normal(4, 3), oracle=lambda x: x.dot(np.eye(3, 2)))

    f.promise("int_shape tells the shape of the matrix", at="int_shape: returns")
    f.case("int_shape", "K.int_shape(K.eye((2, 5)))", want=(2, 5))

with k.function("arange", area="variable", profile="core") as f:
    f.promise("a single argument is the stop value, and the sequence starts at 0", at="arange: summary")
    f.case("stop", "K.arange(5)", want=np.arange(5), result_dtype="int32")
    f.case("stop-0", "K.arange(0)", want=np.arange(0))
    f.case("stop-none", "K.arange(4, None)", want=np.arange(4))
    f.case("stop-with-step", "K.arange(9, step=4)", want=np.arange(0, 9, 4))
    f.silent("what lies between 0 and a single argument that is negative", at="arange: summary")
    f.case("negative-stop", "K.arange(-3)", want=np.arange(-3))

    f.promise("of two arguments, the sequence starts at the first and ends before the second",
              at="arange: summary")
    f.case("start-stop", "K.arange(3, 8)", want=np.arange(3, 8))
    f.case("negative-start", "K.arange(-3, 2)", want=np.arange(-3, 2))
    f.case("start-0", "K.arange(0, 7, 3)", want=np.arange(0, 7, 3))
    f.case("stop-at-0", "K.arange(-3, 0)", want=np.arange(-3, 0))
    f.case("nothing-between", "K.arange(4, 4)", want=np.arange(4, 4))

    f.promise("step is the difference between neighbours, and may be negative", at="arange: step")
    f.case("step", "K.arange(2, 11, 3)", want=np.arange(2, 11, 3))
    f.case("step-that-ends-early", "K.arange(2, 10, 3)", want=np.arange(2, 10, 3))
    f.case("step-back", "K.arange(7, 1, -2)", want=np.arange(7, 1, -2))
    f.case("step-back-to-0", "K.arange(5, 0, -1)", want=np.arange(5, 0, -1))
    f.case("keywords", start=4, stop=20, step=5, want=np.arange(4, 20, 5))

    f.promise("the sequence is of int32 by default", at="arange: summary")
    f.case("dtype-ignores-floatx", "K.dtype(K.arange(4))", want="int32")

    f.promise("dtype is the type of integers that the sequence has", at="arange: dtype")
    f.case("dtype-int64", "K.arange(4, dtype='int64')", want=np.arange(4), result_dtype="int64")
    f.case("dtype-uint8", "K.arange(1, 4, dtype='uint8')", want=np.arange(1, 4), result_dtype="uint8")
    f.silent("whether dtype may be a type of floats", at="arange: dtype")
    f.case("dtype-float32", "K.arange(1, 4, dtype='float32')", want=np.array([1.0, 2.0, 3.0]),
           result_dtype="float32")

    f.silent("whether the stop value may be a tensor", at="arange: stop")
    f.case("stop-from-tensor", "K.arange(K.shape(x)[0])", x=normal(4, 3), oracle=lambda x: np.arange(4))

    f.promise("int_shape tells the length of the sequence", at="int_shape: returns")
    f.case("int-shape", "result = K.int_shape(K.arange(5))", want=(5,))
