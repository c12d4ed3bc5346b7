"""Symbolic tensors, the functions made of them, and the scopes of Keras."""
import numpy as np

from conformance.apis.ops.inputs import normal
from conformance.apis.ops.language import ops

with ops.function("KerasTensor", area="symbolic", call="keras.KerasTensor", profile="core") as f:
    f.promise("a call of an operation on it is another, of the right shape and dtype",
              at="KerasTensor: description")
    for variant, source, want in (
            ("sum", "ops.sum(x, axis=1)", [[3], "float32"]), ("add", "ops.add(x, x)", [[3, 4], "float32"]),
            ("matmul", "ops.matmul(x, ops.transpose(x))", [[3, 3], "float32"]),
            ("cast", "ops.cast(x, 'int32')", [[3, 4], "int32"]),
            ("compare", "ops.greater(x, 0)", [[3, 4], "bool"]),
            ("operator", "x * 2.0 + x", [[3, 4], "float32"]),
            ("index", "x[1]", [[4], "float32"])):
        f.script(variant, """
            x = keras.KerasTensor((3, 4), dtype='float32')
            y = {}
            kind = isinstance(y, keras.KerasTensor)
            got = [list(y.shape), y.dtype]
        """.format(source), want={"kind": True, "got": want})
    f.silent("that it has no value", at="KerasTensor: docstring")
    for variant, source in (("float", "float(keras.KerasTensor(()))"), ("int", "int(keras.KerasTensor(()))"),
                            ("bool", "bool(keras.KerasTensor(()))"),
                            ("iter", "list(keras.KerasTensor((2,)))"),
                            ("array", "np.asarray(keras.KerasTensor((2,)))")):
        f.refuses(variant, source, "Exception")


def attribute(name, text, at, cases, silent=False):
    """The cases of an attribute: what it is for a KerasTensor made of these arguments."""
    with ops.function("KerasTensor." + name, area="symbolic", profile="core") as f:
        (f.silent if silent else f.promise)(text, at=at)
        for variant, made, want in cases:
            f.case(variant, "keras.KerasTensor({}).{}".format(made, name), want=want)


attribute("shape", "the shape, a tuple", "KerasTensor: example", (
    ("known", "shape=(3, 4)", (3, 4)), ("scalar", "()", ()), ("unknown", "(None, 4)", (None, 4))))
attribute("dtype", "the dtype, a string", "KerasTensor: example", tuple(
    (dtype, "(3, 4), dtype={!r}".format(dtype), dtype)
    for dtype in ("float32", "float16", "bfloat16", "float64", "int8", "int32", "uint8", "bool")))
attribute("ndim", "the length of the shape", "KerasTensor.ndim: docstring", (
    ("matrix", "(3, 4)", 2), ("scalar", "()", 0), ("unknown", "(None, 2, None)", 3)), silent=True)
attribute("sparse", "whether it was made sparse", "KerasTensor.sparse: docstring", (
    ("default", "(3, 4)", False), ("given", "(3, 4), sparse=True", True)), silent=True)
attribute("ragged", "whether it was made ragged", "KerasTensor.ragged: docstring", (
    ("default", "(3, 4)", False), ("given", "(3, None), ragged=True", True)), silent=True)
attribute("ragged_rank", "as given", "KerasTensor.ragged_rank: docstring", (
    ("default", "(3, 4)", None), ("given", "(3, None), ragged=True, ragged_rank=1", 1)), silent=True)
attribute("row_splits_dtype", "as given", "KerasTensor.row_splits_dtype: docstring", (
    ("default", "(3, 4)", None),
    ("given", "(3, None), ragged=True, row_splits_dtype='int32'", "int32")), silent=True)

for name, argument, oracle in (("reshape", "(4, 3)", lambda x: x.reshape(4, 3)),
                               ("squeeze", "1", lambda x: x.squeeze(1))):
    with ops.function("KerasTensor." + name, area="symbolic", profile="core") as f:
        f.silent("that it is what ops.{} gives: it has no docstring".format(name),
                 at="KerasTensor.{}: docstring".format(name))
        f.script("function", """
            s = keras.KerasTensor((2, 1, 6))
            y = s.{}({})
            shape = list(y.shape)
            got = ops.convert_to_numpy(keras.Function([s], y)([ops.convert_to_tensor(x)]))
        """.format(name, argument), x=normal(2, 1, 6), names=("shape", "got"),
                 oracle=lambda x, do=oracle: {"shape": list(do(x).shape), "got": do(x)})

with ops.function("Function", area="symbolic", call="keras.Function", profile="core") as f:
    f.promise("it computes its outputs of new inputs", at="Function: example")
    made = """
        a, b = keras.KerasTensor((None, 3)), keras.KerasTensor((None, 3))
        f = keras.Function(inputs=[a, b], outputs={})
    """
    f.script("example", made.format("ops.tanh(a + b)") + """
        got = ops.convert_to_numpy(f([x, y]))
        again = ops.convert_to_numpy(f([y[:1], y[:1]]))
    """, oracle=lambda x, y: {"got": np.tanh(x + y), "again": np.tanh(2 * y[:1])}, names=("got", "again"),
             x=normal(4, 3), y=normal(4, 3))
    f.script("order", made.format("a - b") + """
        got = ops.convert_to_numpy(f([x, y]))
    """, oracle=lambda x, y: {"got": x - y}, names=("got",), x=normal(2, 3), y=normal(2, 3))
    f.script("tensors", made.format("a * b") + """
        got = f([ops.convert_to_tensor(x), ops.convert_to_tensor(y)])
        tensor = bool(ops.is_tensor(got))
        got = ops.convert_to_numpy(got)
    """, oracle=lambda x, y: {"got": x * y, "tensor": True}, names=("got", "tensor"), x=normal(2, 3),
             y=normal(2, 3))
    f.promise("inputs and outputs may be one KerasTensor or nested", at="Function: inputs, outputs")
    f.script("single", """
        a = keras.KerasTensor((None, 3))
        got = ops.convert_to_numpy(keras.Function(a, a * 2.0)(x))
    """, oracle=lambda x: {"got": x * 2}, names=("got",), x=normal(4, 3))
    f.script("outputs-list", made.format("[a + b, a * b]") + """
        got = [ops.convert_to_numpy(each) for each in f([x, y])]
    """, oracle=lambda x, y: {"got": [x + y, x * y]}, names=("got",), x=normal(2, 3), y=normal(2, 3))
    f.script("dicts", """
        a, b = keras.KerasTensor((None, 3)), keras.KerasTensor((None, 3))
        f = keras.Function({'p': a, 'q': b}, {'less': a - b, 'more': a + b})
        found = f({'p': x, 'q': y})
        less, more = ops.convert_to_numpy(found['less']), ops.convert_to_numpy(found['more'])
    """, oracle=lambda x, y: {"less": x - y, "more": x + y}, names=("less", "more"), x=normal(2, 3),
             y=normal(2, 3))
    f.promise("outputs are computable from the inputs alone", at="Function: outputs")
    f.refuses("not-connected", "keras.Function([keras.KerasTensor((2,))], keras.KerasTensor((2,)) + 1)",
              "Exception")

with ops.function("StatelessScope", area="symbolic", call="keras.StatelessScope", profile="core") as f:
    f.promise("no Variable is changed inside it; the scope has what was assigned",
              at="StatelessScope: description")
    f.script("assigned", """
        v = keras.Variable(x)
        with keras.StatelessScope() as scope:
            v.assign(y)
            inside = ops.convert_to_numpy(v.value)
        after, new = ops.convert_to_numpy(v), ops.convert_to_numpy(scope.get_current_value(v))
    """, oracle=lambda x, y: {"inside": y, "after": x, "new": y}, names=("inside", "after", "new"),
             x=normal(2, 3), y=normal(2, 3))
    f.promise("state_mapping has the values of variables inside it", at="StatelessScope: description")
    f.script("mapped", """
        v = keras.Variable(x)
        with keras.StatelessScope([(v, ops.convert_to_tensor(y))]) as scope:
            inside = ops.convert_to_numpy(v + 1.0)
        after, new = ops.convert_to_numpy(v), ops.convert_to_numpy(scope.get_current_value(v))
    """, oracle=lambda x, y: {"inside": y + 1, "after": x, "new": y}, names=("inside", "after", "new"),
             x=normal(2, 3), y=normal(2, 3))
    f.silent("what it has of a Variable that is neither mapped nor assigned",
             at="StatelessScope: description")
    f.script("unmentioned", """
        v = keras.Variable(1.5)
        with keras.StatelessScope() as scope:
            pass
        got = scope.get_current_value(v)
    """, want={"got": None})

with ops.function("name_scope", area="symbolic", call="keras.name_scope", profile="core") as f:
    f.promise("the path of a Variable begins with the scopes that it is made in",
              at="name_scope: description")
    f.script("nested", """
        with keras.name_scope('outer'):
            one = keras.Variable(1.0, name='w').path
            with keras.name_scope('inner'):
                two = keras.Variable(1.0, name='w').path
            three = keras.Variable(1.0, name='w').path
        four = keras.Variable(1.0, name='w').path
    """, want={"one": "outer/w", "two": "outer/inner/w", "three": "outer/w", "four": "w"})
    f.promise("override_parent is an absolute path instead of the scopes around",
              at="name_scope: override_parent")
    f.script("override", """
        with keras.name_scope('outer'), keras.name_scope('inner', override_parent='a/b'):
            got = keras.Variable(1.0, name='w').path
    """, want={"got": "a/b/inner/w"})
    f.promise("the same caller and name open no scope again, unless deduplicate is False",
              at="name_scope: deduplicate")
    for variant, option, want in (("deduplicate", "", "s/w"), ("not", ", deduplicate=False", "s/s/w")):
        f.script("same-caller-" + variant, """
            class Caller:
                pass
            c = Caller()
            with keras.name_scope('s', caller=c), keras.name_scope('s', caller=c{}):
                got = keras.Variable(1.0, name='w').path
        """.format(option), want={"got": want})

with ops.function("device", area="symbolic", call="keras.device", profile="core") as f:
    f.promise("operations run and tensors are made on the device", at="device: description")
    for variant, place in (("cpu", "cpu"), ("cpu-0", "cpu:0")):
        f.script(variant, """
            with keras.device({!r}):
                t = ops.ones((2, 3))
                got = ops.convert_to_numpy(t + 1.0)
        """.format(place), want={"got": np.full((2, 3), 2.0)})
