"""Control flow: a condition or the learning phase selects, and functions go over the elements of a tensor."""
import numpy as np

from conformance.apis.k.language import ALL_WAYS, KNOWN, UNKNOWN, VARIABLE, k
from conformance.case import given, ints, normal, plain

# Every row and every column has both values, and no row or column is like another: a wrong axis shows.
PATTERN = np.array([[1, 0, 0, 1], [0, 1, 1, 0], [1, 1, 0, 1]])
RANK_3 = np.array([1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0]).reshape(2, 3, 4)
BOOLS, FLAGS, FLAGS_3 = given(PATTERN, "bool"), given(PATTERN, "int32"), given(RANK_3, "int32")
TWO_CALLABLES = "K.switch(c, lambda: 2.0 * t, lambda: e - 1.0)"


def chosen(c, t, e):
    """t where c is true, else e; an element of a c of lower rank decides for all elements at its place."""
    return np.where(np.asarray(c).astype(bool).reshape(np.shape(c) + (1,) * (t.ndim - np.ndim(c))), t, e)


def chosen_callable(c, t, e):
    """The oracle of TWO_CALLABLES."""
    return chosen(c, 2.0 * t, e - 1.0)


with k.function("switch", area="control") as f:
    def switch(variant, condition, *shape):
        f.case(variant, c=condition, t=normal(*shape), e=normal(*shape), oracle=chosen)

    def for_both(variant, source, oracle):
        for name, value in (("true", 1), ("false", 0)):
            f.case(variant + name, source, c=given(value, "int32"), t=normal(3, 4), e=normal(3, 4),
                   oracle=oracle)

    f.promise("a scalar condition selects then_expression when it is true, and"
              " else_expression when it is false",
              at="switch: summary")
    switch("scalar-bool-true", given(True, "bool"), 3, 4)
    switch("scalar-bool-false", given(False, "bool"), 3, 4)
    f.case("variable-beside-computed",
           "K.switch(K.greater(K.sum(c), K.variable(0.)), K.variable(t), K.square(e))", c=normal(5),
           t=plain(normal(3, 4)), e=normal(3, 4).unknown(), ways=KNOWN,
           oracle=lambda c, t, e: t if c.sum() > 0 else e * e)
    f.case("scalar-comparison", "K.switch(K.greater(c, 5.0), e, t)", c=given(3.0), t=normal(3, 4),
           e=normal(3, 4), oracle=lambda c, t, e: t)
    f.promise("condition may be an integer, which is false when it is 0", at="switch: condition")
    switch("scalar-int32-true", given(1, "int32"), 3, 4)
    switch("scalar-int32-false", given(0, "int32"), 3, 4)
    for_both("scalar-of-scalars-", "K.switch(c, K.sum(t), K.sum(e))", lambda c, t, e: (t if c else e).sum())
    f.promise("each evaluation selects by the value that condition has then", at="switch: condition")
    f.script("condition-fed-twice", """
        c, t, u = K.placeholder(shape=(3,)), K.placeholder(shape=(3, 4)), K.placeholder(shape=(3, 4))
        f = K.function([c, t, u], [K.switch(K.greater(c, 0.5), lambda: 2.0 * t, u)])
        first = f([np.array([1., 0., 1.], 'float32'), x, y])[0]
        second = f([np.array([0., 0., 1.], 'float32'), x, y])[0]
        """, x=normal(3, 4), y=normal(3, 4), names=("first", "second"), oracle=lambda x, y: {
            "first": np.where([[1], [0], [1]], 2 * x, y), "second": np.where([[0], [0], [1]], 2 * x, y)})
    f.script("scalar-variable-updated", """
        c, a, b = K.variable(1, dtype='int32'), K.variable(x), K.variable(y)
        chosen = K.switch(c, a, b)
        first = K.eval(chosen)
        K.set_value(c, 0)
        second = K.eval(chosen)
        """, x=normal(3, 4), y=normal(3, 4), names=("first", "second"),
             oracle=lambda x, y: {"first": x, "second": y})

    f.promise("then_expression may be a callable that returns the tensor", at="switch: then_expression")
    for_both("scalar-then-callable-", "K.switch(c, lambda: 2.0 * t, e)", lambda c, t, e: 2.0 * t if c else e)
    f.promise("else_expression may be a callable that returns the tensor, beside a callable or a tensor",
              at="switch: else_expression")
    for_both("scalar-else-callable-", "K.switch(c, t, lambda: e - 1.0)", lambda c, t, e: t if c else e - 1.0)
    for_both("scalar-callables-", TWO_CALLABLES, chosen_callable)
    f.case("tensor-callables", TWO_CALLABLES, c=FLAGS, t=normal(3, 4), e=normal(3, 4), oracle=chosen_callable)
    f.case("rank-2-of-3-callables", TWO_CALLABLES, c=FLAGS, t=normal(3, 4, 2), e=normal(3, 4, 2),
           oracle=chosen_callable)

    f.promise("a condition of the expressions' shape selects element by element", at="switch: condition")
    switch("same-rank-bool", BOOLS, 3, 4)
    switch("same-rank-int32", FLAGS, 3, 4)
    switch("same-rank-greater-than-one", given(PATTERN * 3, "int32"), 3, 4)
    switch("same-rank-1d", given([0, 1, 1, 0, 1], "int32"), 5)
    switch("same-rank-3d", FLAGS_3, 2, 3, 4)
    switch("unknown-dimensions", FLAGS.unknown(0, 1), 3, 4)
    f.case("comparison", "K.switch(K.greater(t, e), t, e)", t=normal(3, 4), e=normal(3, 4), oracle=np.maximum)
    f.promise("condition may have a lower rank than the expressions: each of its elements selects for all"
              " elements at its place in the first axes of the expressions", at="switch: raises")
    switch("rank-1-of-2", given([1, 0, 1], "int32"), 3, 4)
    switch("rank-1-of-2-bool", given([0, 1, 1], "bool"), 3, 4)
    switch("rank-1-of-2-square", given([1, 0, 0], "int32"), 3, 3)
    switch("rank-1-of-3", given([0, 1], "int32"), 2, 3, 4)
    switch("rank-2-of-3", BOOLS, 3, 4, 5)
    switch("rank-2-of-3-int32", FLAGS, 3, 4, 5)
    switch("rank-2-of-4", given(PATTERN[:, :2], "int32"), 3, 2, 4, 5)
    switch("rank-3-of-4", FLAGS_3, 2, 3, 4, 2)
    f.case("comparison-rank-1-of-2", "K.switch(K.less(K.sum(t, axis=1), K.sum(e, axis=1)), t, e)",
           t=normal(5, 4), e=normal(5, 4), oracle=lambda t, e: chosen(t.sum(axis=1) < e.sum(axis=1), t, e))
    f.promise("a condition of a higher rank than the expressions is refused", at="switch: raises")
    f.refuses("rank-2-over-1", "K.switch(c, t, e)", "ValueError", "condition", c=FLAGS, t=normal(4),
              e=normal(4), ways=(VARIABLE, KNOWN))
    f.refuses("rank-3-over-2", "K.switch(c, t, e)", "ValueError", "condition", c=FLAGS_3, t=normal(3, 4),
              e=normal(3, 4), ways=(VARIABLE, KNOWN))

    f.promise("the result is the selected tensor: it keeps the dtype, and the other tensor does not enter it",
              at="switch: returns")
    f.case("int32-expressions", c=FLAGS, t=ints(3, 4), e=ints(3, 4, low=10, high=20), oracle=chosen,
           result_dtype="int32")
    f.case("float64-expressions", c=FLAGS, t=normal(3, 4, dtype="float64"), e=normal(3, 4, dtype="float64"),
           oracle=chosen)
    f.case("infinite-in-the-other", c=given([[1, 0, 1]], "int32"), t=given([[1.0, np.inf, -np.inf]]),
           e=given([[np.nan, 2.0, np.inf]]), oracle=chosen)
    f.promise("int_shape tells the length of each known axis of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "x = K.placeholder((None, 4, 5))\ny = K.placeholder((None, 4, 5))\n"
           "result = K.int_shape(K.switch(K.greater(x, 0.), x, y))", want=(None, 4, 5))


def selects_by_phase(f, x_in):
    """The promises of in_train_phase and in_test_phase; `x_in` is the phase in which x is selected."""
    def case(variant, source, phase, x, alt, **rest):
        made = x if phase == x_in else alt
        f.case(variant, f"K.{f.name}({source})", x=normal(3, 4), y=normal(3, 4), oracle=made, **rest)

    def stated(texts):
        for text, phase in texts:
            case("training-" + text, f"2.0 * x, y - 1.0, training={text}", phase,
                 lambda x, y: 2.0 * x, lambda x, y: y - 1.0)

    f.promise(f"x is selected in the {x_in} phase and alt in the other phase, and the integer training states"
              " the phase: 1 is train, 0 is test", at=f.name + ": training")
    stated((("1", "train"), ("0", "test")))
    for text, phase in (("0", "test"), ("1", "train")):
        case("positional-" + text, f"2.0 * x, lambda: -y, {text}", phase, lambda x, y: 2.0 * x,
             lambda x, y: -y)
    f.promise("training may be a Python boolean: True is train, False is test", at=f.name + ": training")
    stated((("True", "train"), ("False", "test")))
    f.promise("training may be a scalar tensor, whose value states the phase", at=f.name + ": training")
    for text, value, phase in (("0", 0, "test"), ("1", 1, "train")):
        case("training-tensor-" + text, "2.0 * x, y - 1.0, training=K.variable(t)", phase,
             lambda x, y, t: 2.0 * x, lambda x, y, t: y - 1.0, t=plain(float(value)))
        case("training-fed-" + text, "lambda: 2.0 * x, lambda: -y, training=t", phase,
             lambda x, y, t: 2.0 * x, lambda x, y, t: -y, t=given(value, "bool"), ways=KNOWN)

    f.promise("x and alt may be callables, whose tensors are selected", at=f.name + ": x")
    for text, phase in (("1", "train"), ("True", "train"), ("0", "test"), ("False", "test")):
        case("callables-training-" + text, f"lambda: 2.0 * x, lambda: y - 1.0, training={text}", phase,
             lambda x, y: 2.0 * x, lambda x, y: y - 1.0)
    f.silent("whether the callable that is not selected is called", at=f.name + ": x")
    f.script("only-the-chosen-callable", f"""
        called = []
        def one():
            called.append('x')
            return K.variable(x)
        def other():
            called.append('alt')
            return K.variable(x)
        K.{f.name}(one, other, training=1)
        K.{f.name}(one, other, training=0)
        """, x=normal(2, 3), want={"called": ["x", "alt"] if x_in == "train" else ["alt", "x"]})

    def by_learning_phase(x, y):
        first, other = ("train", "test") if x_in == "train" else ("test", "train")
        return {first: x, other: y - 1.0}
    f.promise("without training, the learning phase decides", at=f.name + ": returns")
    f.script("learning-phase-fed", f"""
        t, u = K.placeholder(shape=(3, 4)), K.placeholder(shape=(3, 4))
        chosen = K.{f.name}(t, lambda: u - 1.0)
        f = K.function([t, u, K.learning_phase()], [chosen])
        train, test = f([x, y, 1])[0], f([x, y, 0])[0]
        """, x=normal(3, 4), y=normal(3, 4), names=("train", "test"), oracle=by_learning_phase)


def phase_shape(f):
    f.promise("int_shape tells the length of each known axis of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape", "x = K.placeholder((None, 4, 5))\ny = K.placeholder((None, 4, 5))\n"
           f"result = K.int_shape(K.{f.name}(x, y))", want=(None, 4, 5))


with k.function("in_train_phase", area="control") as f:
    selects_by_phase(f, x_in="train")
    f.script("learning-phase-set", """
        t, u = K.placeholder(shape=(3, 4)), K.placeholder(shape=(3, 4))
        K.set_learning_phase(1)
        train = K.function([t, u], [K.in_train_phase(2.0 * t, -u), K.in_test_phase(2.0 * t, -u)])([x, y])
        none = K.function([t, u], [K.in_train_phase(2.0 * t, lambda: -u, training=None)])([x, y])[0]
        K.set_learning_phase(0)
        test = K.function([t, u], [K.in_train_phase(2.0 * t, -u), K.in_test_phase(2.0 * t, -u)])([x, y])
        asked = [K.in_train_phase(lambda: 2.0 * t, -u, training=1), K.in_test_phase(2.0 * t, -u, training=1)]
        asked = K.function([t, u], asked)([x, y])
        """, x=normal(3, 4), y=normal(3, 4), names=("train", "none", "test", "asked"), isolate=True,
             oracle=lambda x, y: {"train": [2.0 * x, -y], "none": 2.0 * x, "test": [-y, 2.0 * x],
                                  "asked": [2.0 * x, -y]})
    phase_shape(f)

with k.function("in_test_phase", area="control") as f:
    selects_by_phase(f, x_in="test")
    phase_shape(f)


with k.function("map_fn", area="control") as f:
    def mapped(variant, fn, function, x):
        f.case(variant, f"K.map_fn({fn}, x)", x=x, oracle=lambda x: np.stack([function(v) for v in x]))

    f.promise("fn is applied to each element along the first axis, and its outputs are stacked in this order",
              at="map_fn: summary")
    mapped("rank-2", "lambda v: 2.0 * v + 1.0", lambda v: 2.0 * v + 1.0, normal(4, 3))
    mapped("rank-3", "lambda v: K.dot(v, K.transpose(v))", lambda v: v.dot(v.T), normal(4, 3, 2))
    mapped("rank-1", "lambda v: v * v - 1.0", lambda v: v * v - 1.0, normal(5))
    mapped("one-element", "lambda v: K.exp(v)", np.exp, normal(1, 3))
    f.promise("an output keeps the rank and the dtype that fn gives it", at="map_fn: summary")
    mapped("to-scalars", "lambda v: K.sum(v)", lambda v: v.sum(), normal(4, 3))
    mapped("to-higher-rank", "lambda v: K.stack([v, 2.0 * v])", lambda v: np.stack([v, 2.0 * v]),
           normal(4, 3))
    f.case("int32", "K.map_fn(lambda v: v * 2, x)", x=ints(4, 3), oracle=lambda x: x * 2,
           result_dtype="int32")
    f.promise("fn is a callable, which may use tensors beside its element", at="map_fn: fn")
    f.case("over-known-outside", "K.map_fn(lambda v: v * w, x)", x=normal(4, 3), w=normal(3).unknown(),
           oracle=lambda x, w: x * w)
    f.promise("name is that of a node in the graph and changes nothing about the result", at="map_fn: name")
    f.case("name", "K.map_fn(lambda v: v - 1.0, x, name='mapped')", x=normal(4, 3), oracle=lambda x: x - 1.0)
    f.promise("the result has the dtype that dtype names, which may be another than that of elems",
              at="map_fn: dtype")
    f.case("dtype-int32", "K.map_fn(lambda v: K.cast(v, 'int32'), x, dtype='int32')",
           x=normal(4, 3, scale=5.0), oracle=lambda x: x.astype("int32"), result_dtype="int32")
    f.case("dtype-float64-of-ints", "K.map_fn(lambda v: K.cast(v, 'float64') / 4, x, dtype='float64')",
           x=ints(4, 3), oracle=lambda x: x / 4.0, result_dtype="float64")
    f.case("positional", "K.map_fn(lambda v: K.cast(v, 'int32'), x, None, 'int32')",
           x=normal(4, 3, scale=5.0), oracle=lambda x: x.astype("int32"), result_dtype="int32")
    f.promise("int_shape tells the length of each known axis of the result, before anything is fed",
              at="int_shape: returns")
    f.case("int-shape",
           "x = K.placeholder((None, 4, 5))\nresult = K.int_shape(K.map_fn(lambda a: a * 2., x))",
           want=(None, 4, 5))


def folds(f, order, first):
    """The promises of foldl and foldr; `order` is the way they go, `first` the element where they begin."""
    def folded(step):
        def oracle(x, initial=None):
            elements = list(x if f.name == "foldl" else x[::-1])
            accumulator = elements.pop(0) if initial is None else initial
            for element in elements:
                accumulator = step(accumulator, element)
            return accumulator
        return oracle

    def case(variant, fn, step, rest="", **options):
        f.case(variant, f"K.{f.name}({fn}, x{rest})", oracle=folded(step), **options)

    def half(variant, rest="", **options):
        case(variant, "lambda acc, v: 0.5 * acc + v", lambda acc, v: 0.5 * acc + v, rest, **options)

    def half_and_sum(variant, **options):
        case(variant, "lambda acc, v: 0.5 * acc + K.sum(v)", lambda acc, v: 0.5 * acc + v.sum(),
             ", initializer=i", **options)

    initial = ", initializer=i"
    f.promise(f"fn combines the elements along the first axis {order}", at=f.name + ": summary")
    half("rank-2", x=normal(5, 3), ways=ALL_WAYS)
    half("rank-1", x=normal(5), ways=UNKNOWN)
    half("rank-3", x=normal(4, 3, 2), ways=UNKNOWN)
    f.promise("fn gets the accumulator first and the element second", at=f.name + ": fn")
    case("difference", "lambda acc, v: acc - v", lambda acc, v: acc - v, x=normal(4, 3), ways=VARIABLE)
    case("int32", "lambda acc, v: acc * 2 + v", lambda acc, v: acc * 2 + v, x=ints(5, 3),
         result_dtype="int32", ways=VARIABLE)
    f.promise(f"without an initializer, the accumulator begins as the {first} element",
              at=f.name + ": initializer")
    case("two-elements", "lambda acc, v: acc - 2.0 * v", lambda acc, v: acc - 2.0 * v, x=normal(2, 3),
         ways=VARIABLE)
    half("one-element", x=normal(1, 3), ways=UNKNOWN)
    half("initializer-none", ", initializer=None", x=normal(4, 3), ways=VARIABLE)
    f.promise("the accumulator begins as the initializer, and every element is combined with it",
              at=f.name + ": initializer")
    case("initializer", "lambda acc, v: 0.5 * acc - v", lambda acc, v: 0.5 * acc - v, initial, x=normal(5, 3),
         i=normal(3), ways=VARIABLE)
    half("one-element-initializer", initial, x=normal(1, 3), i=normal(3), ways=VARIABLE)
    f.case("positional", f"K.{f.name}(lambda acc, v: 0.5 * acc - v, x, i, 'folded')", x=normal(4, 3),
           i=normal(3), oracle=folded(lambda acc, v: 0.5 * acc - v), ways=VARIABLE)
    f.promise("the result has the shape of the initializer, which need not be that of an element",
              at=f.name + ": returns")
    half_and_sum("initializer-of-another-shape", x=normal(5, 3), i=normal(2, 4).unknown(), ways=VARIABLE)
    half_and_sum("initializer-scalar", x=normal(5, 3), i=given(3.0), ways=UNKNOWN)
    f.promise("name is that of a node in the graph and changes nothing about the result",
              at=f.name + ": name")
    half("name", ", name='folded'", x=normal(4, 3), ways=VARIABLE)


with k.function("foldl", area="control") as f:
    folds(f, "from left to right", first="first")

with k.function("foldr", area="control") as f:
    folds(f, "from right to left", first="last")
