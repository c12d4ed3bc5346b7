"""How a Variable is made, and its attributes."""
import numpy as np

from conformance.apis.ops.inputs import ints, normal, plain
from conformance.apis.ops.language import EAGER, ops

CALLABLE = "lambda shape, dtype: ops.ones(shape, dtype)"
DTYPES = ("bool", "uint8", "int8", "int16", "int32", "bfloat16", "float16", "float32")

with ops.function("Variable", area="variable", call="keras.Variable", profile="core") as f:
    f.promise("it holds its initial value: an array, list, number or tensor", at="Variable: initializer")
    f.case("array", "keras.Variable(x)", x=plain(normal(2, 3)), oracle=np.asarray)
    f.case("tensor", "keras.Variable(x)", x=normal(3, 4), oracle=np.asarray, ways=EAGER)
    f.case("tensor-int32", "keras.Variable(x, dtype='int32', trainable=False)", x=ints(3, 4),
           oracle=np.asarray, ways=EAGER,
           result_dtype="int32")
    f.case("number", "keras.Variable(2.5)", want=np.array(2.5), result_dtype="float32")
    f.case("list", "keras.Variable([[1.5, 2.0, -3.0]])", want=np.array([[1.5, 2.0, -3.0]]),
           result_dtype="float32")
    f.case("empty", "keras.Variable(np.zeros((0, 3), 'float32'))", want=np.zeros((0, 3)))
    f.case("scalar-array", "keras.Variable(np.array(-1.5, 'float32'))", want=np.array(-1.5))
    f.promise("a callable is called with shape and dtype", at="Variable: initializer, shape")
    f.case("callable", "keras.Variable({}, shape=(2, 3), dtype='float32')".format(CALLABLE),
           want=np.ones((2, 3)), result_dtype="float32")
    f.case("callable-scalar", "keras.Variable({}, shape=())".format(CALLABLE), want=np.array(1.0),
           result_dtype="float32")
    f.case("callable-int32",
           "keras.Variable({}, shape=(4,), dtype='int32', trainable=False)".format(CALLABLE),
           want=np.ones(4), result_dtype="int32")
    f.script("callable-arguments", """
        seen = []
        def initializer(shape, dtype):
            seen.append((tuple(shape), keras.backend.standardize_dtype(dtype)))
            return ops.zeros(shape, dtype)
        v = keras.Variable(initializer, shape=(2, 5), dtype='float16')
        shape, dtype = list(seen[0][0]), seen[0][1]
    """, want={"shape": [2, 5], "dtype": "float16"})
    f.case("initializer", "keras.Variable(keras.initializers.Ones(), shape=(3, 3), dtype='float32')",
           want=np.ones((3, 3)), result_dtype="float32")
    f.case("initializer-constant", "keras.Variable(keras.initializers.Constant(2.5), shape=(2, 3))",
           want=np.full((2, 3), 2.5), result_dtype="float32")
    f.refuses("callable-without-shape", "keras.Variable({})".format(CALLABLE), "ValueError")
    f.promise("dtype is the dtype of the value", at="Variable: dtype")
    for dtype in DTYPES:
        f.case("dtype-" + dtype, "keras.Variable([0, 1, 1], dtype={!r}, trainable=False)".format(dtype),
               want=np.array([0, 1, 1]), result_dtype=dtype)
    f.case("dtype-casts", "keras.Variable(x, dtype='int32', trainable=False)",
           x=plain(np.array([1.75, -2.25, 3.0])), want=np.array([1, -2, 3]), result_dtype="int32")
    f.case("dtype-floatx", "keras.Variable({}, shape=(2,))".format(CALLABLE), want=np.ones(2),
           floatx="float16", result_dtype="float16")
    f.promise("trainable is True by default, whatever the dtype", at="Variable: dtype, trainable")
    f.case("trainable-int32", "keras.Variable([1, 2], dtype='int32')", want=np.array([1, 2]),
           result_dtype="int32")
    f.case("trainable-bool", "keras.Variable([True, False], dtype='bool')", want=np.array([True, False]),
           result_dtype="bool")
    f.promise("functions take a Variable as they take a tensor", at="Layer: examples")
    f.case("in-op", "ops.add(keras.Variable(x), y)", x=normal(2, 3), y=normal(2, 3), oracle=np.add,
           ways=EAGER)
    f.case("in-matmul", "ops.matmul(y, keras.Variable(x))", x=normal(3, 2), y=normal(4, 3),
           oracle=lambda x, y: y @ x, ways=EAGER)
    f.case("in-sum", "ops.sum(keras.Variable(x), axis=1)", x=normal(3, 2), oracle=lambda x: x.sum(1),
           ways=EAGER)
    f.case("convert", "ops.convert_to_tensor(keras.Variable(x))", x=normal(3, 2), oracle=np.asarray,
           ways=EAGER)
    f.case("convert-numpy", "ops.convert_to_numpy(keras.Variable(x))", x=normal(3, 2), oracle=np.asarray,
           ways=EAGER)
    f.silent("what it refuses, what other values give, and whether an array changes with its Variable",
             at="Variable: initializer")
    f.case("array-of-it", "np.asarray(keras.Variable(x))", x=normal(3, 2), oracle=np.asarray, ways=EAGER)
    f.script("own-copy", """
        a = np.array([1.5, 2.5], 'float32')
        v = keras.Variable(a)
        v.assign([3.0, 4.0])
        got = a
    """, want={"got": np.array([1.5, 2.5])})
    f.refuses("name-slash", "keras.Variable(1.0, name='a/b')", "ValueError")
    f.refuses("aggregation-other", "keras.Variable(1.0, aggregation='product')", "ValueError")
    f.case("variable", "keras.Variable(keras.Variable(x))", x=normal(2, 3), oracle=np.asarray, ways=EAGER)
    f.script("array-changes", """
        a = np.array([1.5, 2.5], 'float32')
        v = keras.Variable(a)
        a[0] = 9.0
        got = ops.convert_to_numpy(v)
    """, want={"got": np.array([1.5, 2.5])})
    f.case("string", "keras.Variable('ones', shape=(2, 3))", want=np.ones((2, 3)))
    f.case("number-integer", "keras.Variable(2, trainable=False)", want=np.array(2), result_dtype="int32")
    f.case("array-dtype", "keras.Variable(np.array([1, 2], 'int8'), trainable=False)", want=np.array([1, 2]),
           result_dtype="int8")
    f.refuses("bool-of-it", "bool(keras.Variable(1.0))", "TypeError")
    f.case("float-of-it", "float(keras.Variable(1.5))", want=1.5)
    f.case("int-of-it", "int(keras.Variable(3, trainable=False))", want=3)
    f.case("repr", "'Variable' in repr(keras.Variable(1.0, name='named')) "
                   "and 'named' in repr(keras.Variable(1.0, name='named'))", want=True)


def attribute(name, text, cases, silent=()):
    """The cases of an attribute: pairs of a call and what the attribute is then."""
    with ops.function("Variable." + name, area="variable", profile="core") as f:
        if cases:
            f.promise(text, at="Variable: attribute {}".format(name))
        for variant, made, want in cases:
            f.case(variant, "keras.Variable({}).{}".format(made, name), want=want)
        if silent:
            f.silent("what it is otherwise", at="Variable: attribute {}".format(name))
        for variant, source, want in silent:
            f.script(variant, source, want=want)


attribute("shape", "the shape, a tuple of integers", (
    ("matrix", "np.zeros((2, 3), 'float32')", (2, 3)), ("scalar", "1.0", ()), ("list", "[1.0, 2.0]", (2,)),
    ("callable", CALLABLE + ", shape=(4, 1, 2)", (4, 1, 2)),
    ("empty", "np.zeros((0, 2), 'float32')", (0, 2))))
with ops.function("Variable.ndim", area="variable", profile="core") as f:
    f.promise("the number of dimensions", at="Variable: attribute ndim")
    for rank in range(4):
        f.case("rank{}".format(rank), "keras.Variable(np.zeros({!r})).ndim".format((2,) * rank), want=rank)
attribute("dtype", "the dtype, a string", tuple(
    [(dtype, "[0, 1], dtype={!r}, trainable=False".format(dtype), dtype) for dtype in DTYPES]
    + [("default", CALLABLE + ", shape=(2,)", "float32"), ("number", "1.5", "float32")]))
attribute("name", "the name it was given", (("given", "1.0, name='kernel'", "kernel"),))
attribute("path", "the name below the name scopes that it was made in", (("alone", "1.0, name='w'", "w"),))
attribute("aggregation", "as given, else 'none'", (
    ("default", "1.0", "none"), ("none", "1.0, aggregation=None", "none"),
    *((text, "1.0, aggregation={!r}".format(text), text)
      for text in ("mean", "sum", "only_first_replica"))))
attribute("synchronization", "", (), (
    ("default", "got = keras.Variable(1.0).synchronization", {"got": "auto"}),
    ("given", "got = keras.Variable(1.0, synchronization='on_read').synchronization", {"got": "on_read"})))

with ops.function("Variable.trainable", area="variable", profile="core") as f:
    f.promise("True unless it is made otherwise", at="Variable: trainable")
    f.case("default", "keras.Variable(1.0).trainable", want=True)
    f.case("false", "keras.Variable(1.0, trainable=False).trainable", want=False)
    f.case("true", "keras.Variable(1.0, trainable=True).trainable", want=True)
    f.silent("whether it can be set", at="Variable.trainable: docstring")
    f.script("set", """
        v = keras.Variable(1.0)
        v.trainable = False
        off = v.trainable
        v.trainable = True
        on = v.trainable
    """, want={"off": False, "on": True})

for name, error in (("constraint", "ValueError"), ("regularizer", "ValueError")):
    with ops.function("Variable." + name, area="variable") as f:
        f.silent("that it can be set to a function, and is None before",
                 at="Variable.{}: docstring".format(name))
        f.case("default", "keras.Variable(1.0).{}".format(name), want=None)
        f.script("set", """
            v = keras.Variable([-1.0, 2.0])
            v.{0} = lambda x: ops.maximum(x, 0.0)
            got = ops.convert_to_numpy(v.{0}(v.value))
            v.{0} = None
            after = v.{0}
        """.format(name), want={"got": np.array([0.0, 2.0]), "after": None})
        f.refuses("no-function", "setattr(keras.Variable(1.0), {!r}, 3)".format(name), error)

with ops.function("Variable.overwrite_with_gradient", area="variable") as f:
    f.promise("whether the gradient overwrites it, which can be set", at="overwrite_with_gradient: docstring")
    f.script("set", """
        v = keras.Variable(1.0)
        v.overwrite_with_gradient = True
        got = v.overwrite_with_gradient
    """, want={"got": True}, profile="core")
    f.silent("its default, and what is no bool", at="overwrite_with_gradient: docstring")
    f.case("default", "keras.Variable(1.0).overwrite_with_gradient", want=False)
    f.refuses("no-bool", "setattr(keras.Variable(1.0), 'overwrite_with_gradient', 1)", "TypeError")
