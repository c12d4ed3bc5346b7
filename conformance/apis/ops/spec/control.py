"""Branches, loops and functions over axes."""
import numpy as np

from conformance.apis.ops.families import any_dtype
from conformance.apis.ops.inputs import given, ints, normal, plain
from conformance.apis.ops.language import EAGER, SYMBOLIC, ops
from conformance.apis.ops.promotion import same

BOTH = (EAGER, SYMBOLIC)
KNOWN = (EAGER, "traced")
"""The ways of functions without arguments: a symbol that they hold is no input of the call."""
NOT_TENSORFLOW = (("jax", "mlx", "numpy", "openvino", "tinygrad", "torch"),
                  "outputs must match the carry on TensorFlow, as documented")

with ops.function("cond", area="control") as f:
    f.promise("true_fn's output where pred is True, else false_fn's", at="cond: returns")
    f.case("true", "ops.cond(p, lambda: a + 1, lambda: a * 2)", p=given(True, "bool"), a=normal(2, 3),
           oracle=lambda p, a: a + 1, profile="core", result_dtype="float32", ways=KNOWN)
    f.case("false", "ops.cond(p, lambda: a + 1, lambda: a * 2)", p=given(False, "bool"), a=normal(2, 3),
           oracle=lambda p, a: a * 2, profile="core", result_dtype="float32",
           ways=(EAGER, SYMBOLIC, "traced"))
    f.case("computed", "ops.cond(ops.sum(a) > 0, lambda: a, lambda: -a)", a=given([1.0, -3.0]),
           oracle=lambda a: -a, ways=(EAGER, SYMBOLIC, "traced"))
    f.case("number", "ops.cond(True, lambda: a + 1, lambda: a * 2)", a=normal(2, 3), oracle=lambda a: a + 1,
           ways=EAGER)
    f.case("number-false", "ops.cond(False, lambda: a + 1, lambda: a * 2)", a=normal(2, 3), ways=EAGER,
           oracle=lambda a: a * 2)
    f.case("pair", "ops.cond(p, lambda: (a, a + 1), lambda: (a * 2, a))", p=given(False, "bool"),
           a=normal(3), oracle=lambda p, a: [a * 2, a], ways=KNOWN)
    f.case("list", "ops.cond(p, lambda: [a, a + 1], lambda: [a * 2, a])", p=given(True, "bool"), a=normal(3),
           oracle=lambda p, a: [a, a + 1], ways=KNOWN)
    f.case("dict", "ops.cond(p, lambda: {'x': a}, lambda: {'x': a * 2})['x']", p=given(False, "bool"),
           a=normal(3), oracle=lambda p, a: a * 2, ways=KNOWN)
    f.case("nested", "ops.cond(p, lambda: ops.cond(q, lambda: a, lambda: -a), lambda: a * 2)",
           p=given(True, "bool"), q=given(False, "bool"), a=normal(3), oracle=lambda p, q, a: -a, ways=KNOWN)
    f.case("int32", "ops.cond(p, lambda: a + 1, lambda: a * 2)", p=given(True, "bool"), a=ints(3),
           oracle=lambda p, a: a + 1, result_dtype="int32", ways=KNOWN)
    f.promise("functions without a result have none", at="cond: returns")
    f.case("none", "ops.cond(True, lambda: None, lambda: None)", want=None, ways=KNOWN)

with ops.function("switch", area="control") as f:
    f.promise("the output of the branch that the index names", at="switch: returns")
    branches = "[lambda x, y: x + y, lambda x, y: x - y, lambda x, y: x * y]"
    for number, function in enumerate((np.add, np.subtract, np.multiply)):
        f.case("branch{}".format(number), "ops.switch(i, {}, x, y)".format(branches),
               i=given(number, "int32"), x=normal(3), y=normal(3),
               oracle=lambda i, x, y, do=function: do(x, y),
               profile="full" if number else "core")
    f.case("number", "ops.switch(1, {}, x, y)".format(branches), x=normal(3), y=normal(3),
           oracle=np.subtract)
    f.case("pair", "ops.switch(i, [lambda x: (x, x + 1), lambda x: (x * 2, x)], x)", i=given(1, "int32"),
           x=normal(3), oracle=lambda i, x: [x * 2, x])
    f.case("without-operands", "ops.switch(i, [lambda: x, lambda: -x])", i=given(1, "int32"), x=normal(3),
           oracle=lambda i, x: -x, ways=EAGER)
    f.promise("an index out of bounds is clamped", at="switch: description")
    f.case("too-large", "ops.switch(i, {}, x, y)".format(branches), i=given(7, "int32"), x=normal(3),
           y=normal(3), oracle=lambda i, x, y: x * y)
    f.case("negative", "ops.switch(i, {}, x, y)".format(branches), i=given(-2, "int32"), x=normal(3),
           y=normal(3), oracle=lambda i, x, y: x + y)
    f.case("number-too-large", "ops.switch(9, {}, x, y)".format(branches), x=normal(3), y=normal(3),
           oracle=np.multiply, ways=EAGER)

SUMS = "[*ops.scan({}, c, xs{})]"
ADD = "lambda c, x: (c + x, c + x)"
OTHER = "lambda c, x: (c + x, c * x)"


def scanned(step, reverse=False):
    """The oracle of scan."""
    def scan(carry, xs):
        found = []
        for x in xs[::-1] if reverse else xs:
            carry, y = step(carry, x)
            found.append(y)
        return [carry, np.stack(found[::-1] if reverse else found)]
    return scan


def add(carry, x):
    """The step ADD."""
    return carry + x, carry + x


with ops.function("scan", area="control") as f:
    f.promise("the last carry, and the stacked outputs of f", at="scan: returns")
    f.case("sums", SUMS.format(ADD, ""), c=given(0.0), xs=normal(4), oracle=scanned(add), profile="core",
           result_dtype=("float32", "float32"))
    f.case("int32", SUMS.format(ADD, ""), c=given(0, "int32"), xs=given([1, 2, 3, 4, 5], "int32"),
           oracle=scanned(add), result_dtype=("int32", "int32"))
    f.case("products", SUMS.format(OTHER, ""), c=given(1.0), xs=normal(4),
           oracle=scanned(lambda c, x: (c + x, c * x)))
    f.case("rows", SUMS.format(ADD, ""), c=normal(3), xs=normal(4, 3), oracle=scanned(add), ways=BOTH)
    f.case("one", SUMS.format(ADD, ""), c=given(0.5), xs=normal(1), oracle=scanned(add))
    f.promise("reversed, from the last on, outputs in the order of xs", at="scan: reverse")
    f.case("reverse", SUMS.format(ADD, ", reverse=True"), c=given(0.0), xs=normal(4),
           oracle=scanned(add, True))
    f.case("reverse-rows", SUMS.format(OTHER, ", reverse=True"), c=normal(2), xs=normal(3, 2),
           oracle=scanned(lambda c, x: (c + x, c * x), True), ways=BOTH)
    f.promise("without xs, length times", at="scan: length")
    f.case("length", "[*ops.scan(lambda c, x: (c * 2, c + 1), c, length=3)]", c=given(1.5),
           oracle=lambda c: [c * 8, np.array([c + 1, c * 2 + 1, c * 4 + 1])])
    f.case("length-and-xs", SUMS.format(ADD, ", length=4"), c=given(0.0), xs=normal(4), oracle=scanned(add))
    f.promise("unroll changes nothing but the speed", at="scan: unroll")
    for unroll in (2, True, False):
        f.case("unroll-{}".format(unroll), SUMS.format(ADD, ", unroll={}".format(unroll)), c=given(0.0),
               xs=normal(4), oracle=scanned(add), ways=BOTH)
    f.promise("carry, xs and outputs may be nested", at="scan: init, xs")
    f.case("nested-carry", "\n".join((
        "(a, b), ys = ops.scan(lambda c, x: ((c[0] + x, c[1] * x), c[0]), (c, d), xs)",
        "result = [a, b, ys]")), c=given(0.0), d=given(1.0), xs=normal(3),
        oracle=lambda c, d, xs: [np.sum(xs), np.prod(xs), np.concatenate([[0.0], np.cumsum(xs)[:-1]])],
        only=NOT_TENSORFLOW)
    f.case("nested-xs", "[*ops.scan(lambda c, x: (c + x[0] * x[1], c), c, (xs, ys))]", c=given(0.0),
           xs=normal(3), ys=normal(3), oracle=lambda c, xs, ys: [
               np.sum(xs * ys), np.concatenate([[0.0], np.cumsum(xs * ys)[:-1]])])
    f.case("dict-xs", "[*ops.scan(lambda c, x: (c + x['a'] * x['b'], c), c, {'a': xs, 'b': ys})]",
           c=given(0.0), xs=normal(3), ys=normal(3), ways=EAGER, oracle=lambda c, xs, ys: [
               np.sum(xs * ys), np.concatenate([[0.0], np.cumsum(xs * ys)[:-1]])])
    f.case("outputs-wider", "[*ops.scan(lambda c, x: (c + x, ops.stack([c, x])), c, xs)]", c=given(0.0),
           xs=given([1.0, 2.0, 4.0]), want=[np.array(7.0), np.array([[0.0, 1], [1, 2], [3, 4]])], ways=EAGER,
           only=NOT_TENSORFLOW)
    f.promise("without xs, a length is needed, and f is a function", at="scan: xs, f")
    f.refuses("without-both", "ops.scan(lambda c, x: (c, c), c)", "Exception", c=given(0.0))
    f.refuses("no-function", "ops.scan(1, c, xs)", "Exception", c=given(0.0), xs=normal(4))

with ops.function("associative_scan", area="control") as f:
    f.promise("the k-th element combines the first k", at="associative_scan: returns")
    f.case("sums", "ops.associative_scan(lambda a, b: a + b, x)", x=normal(5), oracle=np.cumsum,
           profile="core", result_dtype="float32")
    f.case("products", "ops.associative_scan(lambda a, b: a * b, x)", x=normal(4), oracle=np.cumprod)
    f.case("largest", "ops.associative_scan(ops.maximum, x)", x=normal(7), oracle=np.maximum.accumulate)
    f.case("int32", "ops.associative_scan(lambda a, b: a + b, x)", x=ints(6), oracle=np.cumsum,
           result_dtype="int32")
    f.case("one", "ops.associative_scan(lambda a, b: a + b, x)", x=normal(1), oracle=np.cumsum)
    f.case("two", "ops.associative_scan(lambda a, b: a + b, x)", x=normal(2), oracle=np.cumsum)
    f.case("not-commutative", "ops.associative_scan(ops.matmul, x)", x=normal(4, 2, 2), oracle=lambda x: [
        np.stack([x[0], x[0] @ x[1], x[0] @ x[1] @ x[2], x[0] @ x[1] @ x[2] @ x[3]])][0])
    f.promise("axis is the axis of the scan", at="associative_scan: axis")
    f.case("axis", "ops.associative_scan(lambda a, b: a + b, x, axis=1)", x=normal(2, 5),
           oracle=lambda x: np.cumsum(x, 1))
    f.case("axis-negative", "ops.associative_scan(lambda a, b: a + b, x, axis=-1)", x=normal(2, 3, 4),
           oracle=lambda x: np.cumsum(x, -1))
    f.case("axis-0", "ops.associative_scan(lambda a, b: a + b, x, axis=0)", x=normal(3, 2),
           oracle=lambda x: np.cumsum(x, 0))
    f.promise("reversed, from the last on", at="associative_scan: reverse")
    f.case("reverse", "ops.associative_scan(lambda a, b: a + b, x, reverse=True)", x=normal(5),
           oracle=lambda x: np.cumsum(x[::-1])[::-1])
    f.case("reverse-axis", "ops.associative_scan(lambda a, b: a + b, x, reverse=True, axis=1)",
           x=normal(2, 4), oracle=lambda x: np.cumsum(x[:, ::-1], 1)[:, ::-1])
    f.promise("elements may be nested", at="associative_scan: elems")
    f.case("list", "ops.associative_scan(lambda a, b: [a[0] + b[0], a[1] * b[1]], [x, y])", x=normal(4),
           y=normal(4), oracle=lambda x, y: [np.cumsum(x), np.cumprod(y)])
    f.case("tuple", "[*ops.associative_scan(lambda a, b: (a[0] + b[0], a[1] * b[1]), (x, y))]", x=normal(5),
           y=normal(5), oracle=lambda x, y: [np.cumsum(x), np.cumprod(y)])
    f.case("dict", "ops.associative_scan(lambda a, b: {'v': a['v'] + b['v']}, {'v': x})['v']", x=normal(4),
           oracle=np.cumsum)
    f.promise("f is a function, and the elements have a length", at="associative_scan: f, elems")
    f.refuses("no-function", "ops.associative_scan(1, x)", "Exception", x=normal(4))

with ops.function("while_loop", area="control") as f:
    f.promise("the body runs as long as the condition holds", at="while_loop: cond, body")
    f.case("single", "ops.while_loop(lambda i: i < 10, lambda i: i + 3, i)", i=given(0, "int32"),
           want=np.array(12), profile="core", ways=(EAGER, SYMBOLIC, "traced"), result_dtype="int32")
    f.case("tuple", "[*ops.while_loop(lambda x, y: x < 5, lambda x, y: (x + 1, y * 2), (x, y))]",
           x=given(0, "int32"), y=given(1.5), want=[np.array(5), np.array(48.0)],
           ways=(EAGER, SYMBOLIC, "traced"), profile="core")
    f.case("list", "[*ops.while_loop(lambda x, y: x < 3, lambda x, y: [x + 1, y + x], [x, y])]",
           x=given(0, "int32"), y=given(4, "int32"), want=[np.array(3), np.array(7)], ways=BOTH)
    f.case("tensors", "ops.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a * 2), (i, a))[1]",
           i=given(0, "int32"), a=normal(2, 3), oracle=lambda i, a: a * 8, ways=(EAGER, SYMBOLIC, "traced"))
    f.case("never", "ops.while_loop(lambda i: i < 0, lambda i: i + 3, i)", i=given(4, "int32"),
           want=np.array(4), ways=BOTH)
    f.case("numbers", "[*ops.while_loop(lambda x, y: x < 10, lambda x, y: (x + 1, y + 1), (0, 1))]",
           want=[np.array(10), np.array(11)])
    f.case("number", "ops.while_loop(lambda i: i < 10, lambda i: i + 1, 0)", want=np.array(10))
    f.case("dict", "ops.while_loop(lambda v: v['i'] < 3, lambda v: {'i': v['i'] + 1}, {'i': i})['i']",
           i=given(0, "int32"), want=np.array(3), ways=EAGER)
    f.promise("no more than maximum_iterations", at="while_loop: maximum_iterations")
    f.case("maximum", "ops.while_loop(lambda i: i < 10, lambda i: i + 1, i, maximum_iterations=4)",
           i=given(0, "int32"), want=np.array(4), ways=(EAGER, SYMBOLIC, "traced"))
    f.case("maximum-not-reached", "ops.while_loop(lambda i: i < 3, lambda i: i + 1, i, maximum_iterations=9)",
           i=given(0, "int32"), want=np.array(3), ways=BOTH)
    f.case("maximum-tuple",
           "[*ops.while_loop(lambda x, y: x < 9, lambda x, y: (x + 1, y * 2), (x, y), maximum_iterations=2)]",
           x=given(0, "int32"), y=given(1.5), want=[np.array(2), np.array(6.0)], ways=BOTH)
    f.case("maximum-0", "ops.while_loop(lambda i: i < 3, lambda i: i + 1, i, maximum_iterations=0)",
           i=given(1, "int32"), want=np.array(1), ways=EAGER)

with ops.function("fori_loop", area="control") as f:
    f.promise("the body runs for each number from lower to below upper", at="fori_loop: body_fun")
    f.case("sums", "ops.fori_loop(0, 5, lambda i, s: s + i, s)", s=given(0, "int32"), want=np.array(10),
           profile="core", ways=(EAGER, SYMBOLIC, "traced"), result_dtype="int32")
    f.case("lower", "ops.fori_loop(2, 5, lambda i, s: s + i, s)", s=given(1, "int32"), want=np.array(10),
           ways=(EAGER, SYMBOLIC))
    f.case("none", "ops.fori_loop(3, 3, lambda i, s: s + i, s)", s=given(1, "int32"), want=np.array(1),
           ways=(EAGER, SYMBOLIC))
    f.case("backwards", "ops.fori_loop(5, 2, lambda i, s: s + i, s)", s=given(1, "int32"), want=np.array(1),
           ways=EAGER)
    f.case("negative", "ops.fori_loop(-2, 2, lambda i, s: s + i, s)", s=given(0, "int32"), want=np.array(-2),
           ways=EAGER)
    f.case("tensor", "ops.fori_loop(0, 3, lambda i, a: a * 2, a)", a=normal(2, 3), oracle=lambda a: a * 8,
           profile="core")
    f.case("bounds-tensors", "ops.fori_loop(m, n, lambda i, s: s + i, s)", m=given(1, "int32"),
           n=given(4, "int32"), s=given(0, "int32"), want=np.array(6), ways=(EAGER, "traced"))
    f.case("pair", "[*ops.fori_loop(0, 4, lambda i, s: (s[1], s[0] + s[1]), (a, b))]", a=given(0, "int32"),
           b=given(1, "int32"), want=[np.array(3), np.array(5)], ways=BOTH)

with ops.function("map", area="control") as f:
    f.promise("f of each element along the first axis, stacked", at="map: definition")
    f.case("numbers", "ops.map(lambda x: x ** 2, xs)", xs=normal(5), oracle=np.square, profile="core",
           result_dtype="float32")
    f.case("rows", "ops.map(lambda x: x * 2 + 1, xs)", xs=normal(4, 3).unknown(0), oracle=lambda x: x * 2 + 1)
    f.case("reducing", "ops.map(lambda x: ops.sum(x), xs)", xs=normal(4, 3), oracle=lambda x: x.sum(1))
    f.case("widening", "ops.map(lambda x: ops.stack([x, -x]), xs)", xs=normal(4, 3),
           oracle=lambda x: np.stack([x, -x], 1))
    f.case("int32", "ops.map(lambda x: x * 10, xs)", xs=ints(5), oracle=lambda x: x * 10,
           result_dtype="int32")
    f.case("dtype", "ops.map(lambda x: ops.cast(x, 'float32') / 2, xs)", xs=ints(5), oracle=lambda x: x / 2,
           result_dtype="float32")
    f.case("array", "ops.map(lambda x: x * 2, xs)", xs=plain(normal(4)), oracle=lambda x: x * 2)
    f.promise("inputs and outputs may be nested", at="map: example")
    f.case("pair-out", "[*ops.map(lambda x: (x, x * 2), xs)]", xs=normal(3), oracle=lambda x: [x, x * 2])
    f.case("dict-out", "ops.map(lambda x: {'a': x, 'b': x * 10}, xs)['b']", xs=normal(3),
           oracle=lambda x: x * 10)
    f.case("pair-in", "ops.map(lambda x: x[0] + x[1], (xs, ys))", xs=normal(3), ys=normal(3), oracle=np.add)
    f.case("dict-in", "ops.map(lambda x: x['a'] * x['b'], {'a': xs, 'b': ys})", xs=normal(3), ys=normal(3),
           oracle=np.multiply)

with ops.function("vectorized_map", area="control") as f:
    f.promise("function of each element along the first axis, stacked", at="vectorized_map: definition")
    f.case("numbers", "ops.vectorized_map(lambda x: x ** 2, xs)", xs=normal(5), oracle=np.square,
           profile="core", result_dtype="float32")
    f.case("rows", "ops.vectorized_map(lambda x: x * 2 + 1, xs)", xs=normal(4, 3),
           oracle=lambda x: x * 2 + 1)
    f.case("reducing", "ops.vectorized_map(lambda x: ops.sum(x), xs)", xs=normal(4, 3),
           oracle=lambda x: x.sum(1))
    f.case("widening", "ops.vectorized_map(lambda x: ops.stack([x, -x]), xs)", xs=normal(4, 3),
           oracle=lambda x: np.stack([x, -x], 1))
    f.case("matrices", "ops.vectorized_map(lambda x: ops.matmul(x, ops.transpose(x)), xs)",
           xs=normal(3, 2, 4), oracle=lambda x: x @ np.swapaxes(x, 1, 2))
    f.case("int32", "ops.vectorized_map(lambda x: x * 10, xs)", xs=ints(5), oracle=lambda x: x * 10,
           result_dtype="int32")
    f.promise("of a list of tensors, function gets a list", at="vectorized_map: definition")
    f.case("list-in", "ops.vectorized_map(lambda e: e[0] + e[1], [xs, ys])", xs=normal(3), ys=normal(3),
           oracle=np.add)
    f.case("list-in-rows", "ops.vectorized_map(lambda e: ops.sum(e[0]) * e[1], [xs, ys])", xs=normal(3, 2),
           ys=normal(3, 4), oracle=lambda x, y: x.sum(1)[:, None] * y)

with ops.function("vectorize", area="control") as f:
    f.promise("the function of each element", at="vectorize: returns")
    f.case("one", "ops.vectorize(lambda a: a * 2 + 1)(x)", x=normal(4), oracle=lambda x: x * 2 + 1,
           ways=EAGER)
    f.case("two", "ops.vectorize(lambda a, b: a + b)(x, y)", x=normal(4), y=normal(4), oracle=np.add,
           ways=EAGER)
    f.case("example", "ops.vectorize(lambda a, b: a + b)([1, 2, 3, 4], 2)", want=np.array([3, 4, 5, 6]))
    f.case("2d", "ops.vectorize(lambda a, b: a * b)(x, y)", x=normal(2, 3), y=normal(2, 3),
           oracle=np.multiply, ways=EAGER)
    f.case("where", "ops.vectorize(lambda a: ops.where(a > 0, a, -a))(x)", x=normal(5), oracle=np.abs,
           ways=EAGER)
    f.promise("excluded arguments go in as they are", at="vectorize: excluded")
    f.case("excluded", "ops.vectorize(lambda a, n: a * n, excluded={1})(x, 3)", x=normal(4),
           oracle=lambda x: x * 3, ways=EAGER)
    f.promise("a signature says which axes the function takes", at="vectorize: signature")
    f.case("signature", "ops.vectorize(lambda m, v: ops.matmul(m, v), signature='(m,n),(n)->(m)')(x, y)",
           x=normal(3, 2, 4), y=normal(3, 4), oracle=lambda x, y: np.einsum("bmn,bn->bm", x, y), ways=EAGER)
    f.case("signature-one", "ops.vectorize(lambda v: ops.sum(v), signature='(n)->()')(x)", x=normal(3, 4),
           oracle=lambda x: x.sum(1), ways=EAGER)

with ops.function("stop_gradient", area="control", dtype=same()) as f:
    f.promise("the value is unchanged", at="stop_gradient: returns")
    f.case("2d", "ops.stop_gradient(x)", x=normal(2, 3), oracle=lambda x: x, profile="core")
    f.case("0d", "ops.stop_gradient(x)", x=normal(), oracle=lambda x: x)
    f.case("edges", "ops.stop_gradient(x)", x=given([np.nan, np.inf, -0.0]), oracle=lambda x: x)
    any_dtype(f, lambda variable: variable, name="variable", dtypes=("float16", "bfloat16", "int32", "bool"))
    f.case("variable", "ops.stop_gradient(keras.Variable(x)) + 0", x=normal(2, 3), oracle=lambda x: x,
           ways=EAGER)

CUSTOM = """@ops.custom_gradient
def function(x{0}):
    def grad(*args, upstream=None):
        return upstream if upstream is not None else args[0]
    return {1}, grad

result = function(x{0})
"""

with ops.function("custom_gradient", area="control") as f:
    f.promise("a function of the same value", at="custom_gradient: returns")
    f.case("example", CUSTOM.format("", "ops.log(1 + ops.exp(x))"), x=normal(2, 3), ways=EAGER,
           oracle=lambda x: np.log1p(np.exp(x)), result_dtype="float32")
    f.case("two", CUSTOM.format(", y", "x * y"), x=normal(2, 3), y=normal(2, 3), ways=EAGER,
           oracle=np.multiply)
