"""Updates: variables that functions change, call after call.

The output of these functions never reads what they update: K does not say which value it would see.
"""
from conformance.apis.k.language import k
from conformance.apis.k.spec._state import history
from conformance.case import given, ints, normal, uniform

with k.function("update", area="state") as f:
    f.promise("a function with the update gives x the value of new_x", at="update: summary")
    history(f, "to-variable", """
        v, w, p = K.variable(x), K.variable(y), K.placeholder((4, 3))
        K.function([p], [K.sum(p)], updates=[K.update(v, w)])([x])
        got, source = K.get_value(v), K.get_value(w)
    """, lambda x, y: {"got": y, "source": y}, x=normal(4, 3), y=normal(4, 3))
    history(f, "to-fed", """
        v, p = K.variable(x), K.placeholder((4, 3))
        K.function([p], [K.sum(p)], updates=[K.update(v, p * 2.)])([y])
        got = K.get_value(v)
    """, lambda x, y: {"got": y * 2}, x=normal(4, 3), y=normal(4, 3))
    history(f, "0d", """
        v, p = K.variable(x), K.placeholder((4,))
        K.function([p], [K.exp(p)], updates=[K.update(v, K.sum(p))])([y])
        got = K.get_value(v)
    """, lambda x, y: {"got": y.sum()}, x=normal(), y=uniform(4))
    f.promise("the outputs of the function are as they are without the update", at="update: summary")
    history(f, "output-beside-it", """
        v, p = K.variable(x), K.placeholder((4, 3))
        out = K.function([p], [p * 3., K.sum(p, axis=0)], updates=[K.update(v, p + 1.)])([y])
        got = K.get_value(v)
    """, lambda x, y: {"out": [y * 3, y.sum(0)], "got": y + 1}, x=normal(4, 3), y=uniform(4, 3))
    f.promise("each call computes new_x anew, from its own values and from x as it is then",
              at="update: new_x")
    history(f, "each-call-its-feed", """
        v, p = K.variable(x), K.placeholder((4, 3))
        f = K.function([p], [K.sum(p)], updates=[K.update(v, p)])
        f([y])
        first = K.get_value(v)
        f([y - 3.])
        second = K.get_value(v)
    """, lambda x, y: {"first": y, "second": y - 3}, x=normal(4, 3), y=normal(4, 3))
    history(f, "to-itself-doubled", """
        v, p = K.variable(x), K.placeholder((4, 3))
        f = K.function([p], [K.sum(p)], updates=[K.update(v, v * 2.)])
        values = []
        for call in range(3):
            f([x])
            values.append(K.get_value(v))
    """, lambda x: {"values": [x * 2, x * 4, x * 8]}, x=normal(4, 3))
    history(f, "after-set_value", """
        v, w = K.variable(x), K.variable(y)
        f = K.function([], [K.constant(1.) * 2.], updates=[K.update(v, v + w)])
        f([])
        K.set_value(v, x * 2.)
        f([])
        got = K.get_value(v)
    """, lambda x, y: {"got": x * 2 + y}, x=normal(4, 3), y=normal(4, 3))
    f.promise("x keeps its dtype", at="update: x")
    history(f, "float64", """
        v = K.variable(x, dtype='float64')
        K.function([], [K.constant(1.) * 2.], updates=[K.update(v, v / 3.)])([])
        got, dtype = K.get_value(v), str(K.get_value(v).dtype)
    """, lambda x: {"got": x / 3, "dtype": "float64"}, x=normal(4, 3, dtype="float64"))
    history(f, "dtype-int32", """
        v, w = K.variable(x, dtype='int32'), K.variable(y, dtype='int32')
        K.function([], [K.constant(1.) * 2.], updates=[K.update(v, w)])([])
        got, dtype = K.get_value(v), str(K.get_value(v).dtype)
    """, lambda x, y: {"got": y, "dtype": "int32"}, x=ints(4, 3), y=ints(4, 3))
    f.promise("only x changes, and only in the function with the update", at="update: summary")
    history(f, "others-stay", """
        v, w, u = K.variable(x), K.variable(x + 5.), K.variable(y)
        K.function([], [K.constant(1.) * 2.], updates=[K.update(v, u)])([])
        got, other = K.get_value(v), K.get_value(w)
    """, lambda x, y: {"got": y, "other": x + 5}, x=normal(4, 3), y=normal(4, 3))
    history(f, "needs-the-function", """
        v, p = K.variable(x), K.placeholder((4, 3))
        updated = K.update(v, v + 1.)
        plain, updating = K.function([p], [p * 2.]), K.function([p], [p * 2.], updates=[updated])
        plain([x])
        before = K.get_value(v)
        updating([x])
        plain([x])
        after = K.get_value(v)
    """, lambda x: {"before": x, "after": x + 1}, x=normal(4, 3))
    f.promise("other functions and K.eval see the new value", at="update: summary")
    history(f, "seen-by-another-function", """
        v, w, p = K.variable(x), K.variable(y), K.placeholder((None, 3))
        f, g = K.function([], [K.constant(1.) * 2.], updates=[K.update(v, w)]), \
K.function([p], [p * K.sum(v, axis=0)])
        first = g([z])[0]
        f([])
        second, evaluated = g([z])[0], K.eval(v * 2.)
    """, lambda x, y, z: {"first": z * x.sum(0), "second": z * y.sum(0), "evaluated": y * 2},
            x=uniform(4, 3), y=uniform(4, 3, low=2, high=3), z=normal(2, 3))
    f.promise("a function may have several updates, and carries out all of them", at="function: updates",
              release="Keras 2.2.4")
    history(f, "several", """
        a, b, c, w = K.variable(x), K.variable(x), K.variable(x), K.variable(y)
        K.function([], [K.constant(1.) * 2.], updates=[K.update(a, w + 1.), K.update(b, w * 2.), \
K.update(c, w - 3.)])([])
        got = K.batch_get_value([a, b, c])
    """, lambda x, y: {"got": [y + 1, y * 2, y - 3]}, x=normal(4, 3), y=normal(4, 3))
    history(f, "several-shapes", """
        a, b, w = K.variable(x), K.zeros((3,)), K.variable(y)
        f = K.function([], [K.constant(1.) * 2.], updates=[K.update(a, a + w), K.update(b, K.max(w, axis=0))])
        f([])
        f([])
        got = K.batch_get_value([a, b])
    """, lambda x, y: {"got": [x + y + y, y.max(0)]}, x=normal(4, 3), y=normal(4, 3))
    f.silent("whether a pair of a variable and its new value is an update", at="function: updates")
    f.script("with-a-pair", """
        v = K.variable(x)
        K.function([], [K.constant(1.) * 2.], updates=[(v, v + 1.)])([])
        got = K.get_value(v)
    """, x=given([1.0, 2.0, 4.0]), names=("got",), oracle=lambda x: {"got": x + 1})


def steps(f, step, sign):
    """The promises that update_add and update_sub share; `step` is the name of the second argument."""
    change = "adds it to x" if sign > 0 else "takes it from x"
    f.promise(f"a function with the update takes the {step} and {change}", at=f.name + ": summary")
    history(f, "once", f"""
        v, w, p = K.variable(x), K.variable(y), K.placeholder((4, 3))
        K.function([p], [K.sum(p)], updates=[K.{f.name}(v, w)])([x])
        got, other = K.get_value(v), K.get_value(w)
    """, lambda x, y: {"got": x + sign * y, "other": y}, x=normal(4, 3), y=normal(4, 3))
    history(f, "1d", f"""
        v, p = K.variable(x), K.placeholder((None, 5))
        K.function([p], [p * 2.], updates=[K.{f.name}(v, K.sum(p, axis=0))])([y])
        got = K.get_value(v)
    """, lambda x, y: {"got": x + sign * y.sum(0)}, x=normal(5), y=uniform(4, 5))
    history(f, "to-zero-and-below", f"""
        v = K.variable(x)
        f = K.function([], [K.constant(1.) * 2.], updates=[K.{f.name}(v, v)])
        f([])
        got = K.get_value(v)
    """, lambda x: {"got": x + sign * x}, x=normal(4, 3))
    f.promise(f"each call computes the {step} anew, and its change comes on top of the earlier ones",
              at=f"{f.name}: {step}")
    history(f, "call-after-call", f"""
        v, w = K.variable(x), K.variable(y)
        f = K.function([], [K.constant(1.) * 2.], updates=[K.{f.name}(v, w)])
        values = []
        for factor in (1., 2., 4.):
            K.set_value(w, y * factor)
            f([])
            values.append(K.get_value(v))
    """, lambda x, y: {"values": [x + sign * y * n for n in (1, 3, 7)]}, x=normal(4, 3), y=normal(4, 3))
    history(f, "each-call-its-feed", f"""
        v, p = K.variable(x), K.placeholder((4, 3))
        f = K.function([p], [K.sum(p)], updates=[K.{f.name}(v, p)])
        values = []
        for feed in (y, y * 2., y * 4.):
            f([feed])
            values.append(K.get_value(v))
    """, lambda x, y: {"values": [x + sign * y * n for n in (1, 3, 7)]}, x=normal(4, 3), y=normal(4, 3))
    history(f, "0d-counter", f"""
        v = K.variable(x)
        f = K.function([], [K.constant(1.) * 2.], updates=[K.{f.name}(v, K.constant(2.5))])
        for call in range(4):
            f([])
        got = K.get_value(v)
    """, lambda x: {"got": x + sign * 10}, x=normal())
    f.promise(f"the {step} may be a number", at=f"{f.name}: {step}")
    history(f, "number", f"""
        v = K.variable(x)
        K.function([], [K.constant(1.) * 2.], updates=[K.{f.name}(v, 1)])([])
        got = K.get_value(v)
    """, lambda x: {"got": x + sign}, x=normal())
    f.promise("x keeps its dtype", at=f.name + ": x")
    history(f, "dtype-int64-counter", f"""
        v = K.variable(x, dtype='int64')
        f = K.function([], [K.constant(1.) * 2.], updates=[K.{f.name}(v, 3)])
        f([])
        f([])
        got, dtype = K.get_value(v), str(K.get_value(v).dtype)
    """, lambda x: {"got": x + sign * 6, "dtype": "int64"}, x=ints(dtype="int64"))
    history(f, "float64", f"""
        v, w = K.variable(x, dtype='float64'), K.variable(y, dtype='float64')
        K.function([], [K.constant(1.) * 2.], updates=[K.{f.name}(v, w / 3.)])([])
        got = K.get_value(v)
    """, lambda x, y: {"got": x + sign * y / 3}, x=normal(4, 3, dtype="float64"),
            y=normal(4, 3, dtype="float64"))
    f.promise("only x changes", at=f.name + ": summary")
    history(f, "others-stay", f"""
        v, w, u = K.variable(x), K.variable(x), K.variable(y)
        K.function([], [K.constant(1.) * 2.], updates=[K.{f.name}(v, u)])([])
        got, other = K.get_value(v), K.get_value(w)
    """, lambda x, y: {"got": x + sign * y, "other": x}, x=normal(4, 3), y=normal(4, 3))


with k.function("update_add", area="state") as f:
    steps(f, "increment", 1)
    f.promise("a function may have several updates, and carries out all of them", at="function: updates",
              release="Keras 2.2.4")
    history(f, "beside-update_sub", """
        a, b, w = K.variable(x), K.variable(x), K.variable(y)
        f = K.function([], [K.constant(1.) * 2.], updates=[K.update_add(a, w), K.update_sub(b, w * 2.)])
        f([])
        f([])
        got = K.batch_get_value([a, b])
    """, lambda x, y: {"got": [x + 2 * y, x - 4 * y]}, x=normal(4, 3), y=normal(4, 3))


with k.function("update_sub", area="state") as f:
    steps(f, "decrement", -1)


def moved(momentum):
    """The oracle of a script whose variable x goes towards y, which stays."""
    return lambda x, y: {"got": momentum * x + (1 - momentum) * y, "other": y}


with k.function("moving_average_update", area="state") as f:
    f.promise("a function with the update gives x the value momentum * x + (1 - momentum) * value",
              at="moving_average_update: summary")
    for momentum in (0.9, 0.25, 0.0, 1.0):
        history(f, f"momentum-{momentum}", f"""
            v, w, p = K.variable(x), K.variable(y), K.placeholder((4, 3))
            K.function([p], [K.sum(p)], updates=[K.moving_average_update(v, w, {momentum})])([x])
            got, other = K.get_value(v), K.get_value(w)
        """, moved(momentum), x=normal(4, 3), y=normal(4, 3))
    history(f, "keywords", """
        v = K.variable(x)
        K.function([], [K.constant(1.) * 2.], updates=[K.moving_average_update(v, momentum=0.8, \
value=K.variable(y))])([])
        got = K.get_value(v)
    """, lambda x, y: {"got": 0.8 * x + 0.2 * y}, x=normal(5), y=normal(5))
    history(f, "0d", """
        v, p = K.variable(x), K.placeholder((None, 3))
        K.function([p], [p * 2.], updates=[K.moving_average_update(v, K.sum(p), 0.6)])([y])
        got = K.get_value(v)
    """, lambda x, y: {"got": 0.6 * x + 0.4 * y.sum()}, x=normal(), y=uniform(4, 3))
    f.promise("each call goes on from the average of the earlier ones", at="moving_average_update: summary")
    history(f, "call-after-call", """
        v, p = K.variable(x), K.placeholder((None, 3))
        f = K.function([p], [p * 2.], updates=[K.moving_average_update(v, K.mean(p, axis=0), 0.75)])
        values = []
        for feed in (y, y + 4.):
            f([feed])
            values.append(K.get_value(v))
    """, lambda x, y: {"values": [0.75 * x + 0.25 * y.mean(0),
                                  0.75 * (0.75 * x + 0.25 * y.mean(0)) + 0.25 * (y + 4).mean(0)]},
            x=uniform(3, low=2, high=5), y=uniform(6, 3))
    f.promise("x keeps its dtype", at="moving_average_update: x")
    history(f, "float64", """
        v, w = K.variable(x, dtype='float64'), K.variable(y, dtype='float64')
        K.function([], [K.constant(1.) * 2.], updates=[K.moving_average_update(v, w, 0.5)])([])
        got, dtype = K.get_value(v), str(K.get_value(v).dtype)
    """, lambda x, y: {"got": x / 2 + y / 2, "dtype": "float64"}, x=normal(5, dtype="float64"),
            y=normal(5, dtype="float64"))
    f.promise("what it returns is an update, of which a function may have several",
              at="moving_average_update: returns")
    history(f, "two-variables", """
        a, b, p = K.variable(x), K.variable(x * 2.), K.placeholder((None, 3))
        K.function([p], [p * 2.], updates=[K.moving_average_update(a, K.mean(p, axis=0), 0.9),
                                           K.moving_average_update(b, K.max(p, axis=0), 0.3)])([y])
        got = K.batch_get_value([a, b])
    """, lambda x, y: {"got": [0.9 * x + 0.1 * y.mean(0), 0.6 * x + 0.7 * y.max(0)]},
            x=uniform(3, low=2, high=5), y=uniform(6, 3))
