"""The value of a Variable, and how it changes."""
import numpy as np

from conformance.apis.ops.inputs import ints, normal
from conformance.apis.ops.language import EAGER, ops

with ops.function("Variable.value", area="variable", profile="core") as f:
    f.promise("the current value", at="Variable: attribute value")
    f.case("first", "keras.Variable(x).value", x=normal(2, 3), oracle=np.asarray, ways=EAGER,
           result_dtype="float32")
    f.case("is-tensor", "ops.is_tensor(keras.Variable([1.5]).value)", want=True)
    f.script("after-assign", """
        v = keras.Variable(x)
        v.assign(y)
        got = ops.convert_to_numpy(v.value)
    """, oracle=lambda x, y: {"got": y}, names=("got",), x=normal(2, 3), y=normal(2, 3))

with ops.function("Variable.numpy", area="variable", profile="core") as f:
    f.silent("that it is an array of the value: it has no docstring", at="Variable.numpy: docstring")
    f.case("first", "keras.Variable(x).numpy()", x=normal(2, 3), oracle=np.asarray, ways=EAGER)
    f.case("type", "type(keras.Variable([1.5]).numpy()).__name__", want="ndarray")
    f.case("dtype", "keras.Variable([1, 2], dtype='int16', trainable=False).numpy().dtype.name", want="int16")

with ops.function("Variable.assign", area="variable", profile="core") as f:
    f.promise("the value becomes the new one", at="Variable: examples")
    for variant, made in (("array", "y"), ("tensor", "ops.convert_to_tensor(y)"), ("list", "y.tolist()"),
                          ("variable", "keras.Variable(y)")):
        f.script(variant, """
            v = keras.Variable(x)
            v.assign({})
            got, dtype, shape = ops.convert_to_numpy(v), v.dtype, list(v.shape)
        """.format(made), oracle=lambda x, y: {"got": y, "dtype": "float32", "shape": [2, 3]},
                 names=("got", "dtype", "shape"), x=normal(2, 3), y=normal(2, 3))
    f.script("number", """
        v = keras.Variable(1.5)
        v.assign(-2.5)
        got = ops.convert_to_numpy(v)
    """, want={"got": np.array(-2.5)})
    f.script("twice", """
        v = keras.Variable(x)
        v.assign(v + 1.0)
        v.assign(v * 2.0)
        got = ops.convert_to_numpy(v)
    """, oracle=lambda x: {"got": (x + 1) * 2}, names=("got",), x=normal(3, 2))
    f.promise("the dtype of the variable stays", at="Variable: attribute dtype")
    for dtype, value, kept in (
            ("int32", "[1.75, -2.25]", [1.0, -2.0]), ("float16", "[1.5, -2.0]", [1.5, -2.0]),
            ("bfloat16", "[1, 2]", [1.0, 2.0]), ("float32", "[1, 2]", [1.0, 2.0]),
            ("bool", "[0, 1]", [0.0, 1.0]), ("uint8", "[3, 4]", [3.0, 4.0])):
        f.script("keeps-" + dtype, """
            v = keras.Variable([0, 0], dtype={!r}, trainable=False)
            v.assign(np.array({}))
            got, dtype = ops.convert_to_numpy(ops.cast(v.value, 'float32')), v.dtype
            held = keras.backend.standardize_dtype(v.value.dtype)
        """.format(dtype, value), want={
            "got": np.array(kept), "dtype": dtype, "held": dtype})
    f.promise("each Variable has a value of its own", at="Variable: description")
    f.script("two-variables", """
        v, w = keras.Variable(x), keras.Variable(x)
        v.assign(y)
        got = ops.convert_to_numpy(w)
    """, oracle=lambda x, y: {"got": x}, names=("got",), x=normal(2, 3), y=normal(2, 3))
    f.silent("what another shape does, what it returns, and what its source may do",
             at="Variable.assign: docstring")
    for shape in ("(3,)", "(2, 1)", "(1, 2, 3)", "()"):
        f.refuses("shape-" + (shape.strip("(),").replace(", ", "-") or "none"),
                  "keras.Variable(np.zeros((2, 3))).assign(np.zeros({}))".format(shape), "Exception")
    f.script("other-tensor", """
        v = keras.Variable(x)
        before = v + 0.0
        v.assign(y)
        got = ops.convert_to_numpy(before)
    """, oracle=lambda x, y: {"got": x}, names=("got",), x=normal(2, 3), y=normal(2, 3))
    f.case("returns", "keras.Variable(x).assign(x + 1)", x=normal(2, 3), oracle=lambda x: x + 1, ways=EAGER)
    f.script("array-changes", """
        v = keras.Variable(x)
        y = x + 1
        v.assign(y)
        y[...] = 9.0
        got = ops.convert_to_numpy(v)
    """, oracle=lambda x: {"got": x + 1}, names=("got",), x=normal(2, 3))
    f.script("value-before", """
        v = keras.Variable(x)
        before = v.value
        v.assign(y)
        got = ops.convert_to_numpy(before)
    """, oracle=lambda x, y: {"got": x}, names=("got",), x=normal(2, 3), y=normal(2, 3))

for name, sign in (("assign_add", 1), ("assign_sub", -1)):
    with ops.function("Variable." + name, area="variable", profile="core") as f:
        f.silent("that it adds or subtracts in place: it has no docstring",
                 at="Variable.{}: docstring".format(name))
        for variant, made in (("array", "y"), ("tensor", "ops.convert_to_tensor(y)"),
                              ("variable", "keras.Variable(y)")):
            f.script(variant, """
                v = keras.Variable(x)
                v.{}({})
                got, dtype = ops.convert_to_numpy(v), v.dtype
            """.format(name, made), oracle=lambda x, y, sign=sign: {"got": x + sign * y, "dtype": "float32"},
                     names=("got", "dtype"), x=normal(2, 3), y=normal(2, 3))
        f.script("number", """
            v = keras.Variable(x)
            v.{0}(1.5)
            v.{0}(1)
            got = ops.convert_to_numpy(v)
        """.format(name), oracle=lambda x, sign=sign: {"got": x + sign * 2.5}, names=("got",), x=normal(3))
        f.script("int32", """
            v = keras.Variable(x, dtype='int32', trainable=False)
            v.{}(2)
            got, dtype = ops.convert_to_numpy(v), v.dtype
        """.format(name), oracle=lambda x, sign=sign: {"got": x + sign * 2, "dtype": "int32"},
                 names=("got", "dtype"), x=ints(3))
        f.script("broadcast", """
            v = keras.Variable(x)
            v.{}(y)
            got = ops.convert_to_numpy(v)
        """.format(name), oracle=lambda x, y, sign=sign: {"got": x + sign * y}, names=("got",),
                 x=normal(2, 3), y=normal(3))
        f.script("not-itself", """
            v = keras.Variable(x)
            v.{}(v)
            got = ops.convert_to_numpy(v)
        """.format(name), oracle=lambda x, sign=sign: {"got": x + sign * x}, names=("got",), x=normal(2, 3))
