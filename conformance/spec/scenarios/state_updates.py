"""Updates: variables that functions change - update, update_add, update_sub, moving averages - call after call."""
from conformance.spec.model import Area, given, ints, normal, uniform

AREA = Area("state")


def _scripted(function, variant, source, want, **rest):
    names = tuple(want(**{name: item.array(0) for name, item in rest.items()}))
    AREA.script(function, variant, source, want, names=names, **rest)


# The output of these functions never reads what they update: K does not say which value it would see.
_scripted("update", "to-variable", """
    v, w, p = K.variable(x), K.variable(y), K.placeholder((4, 3))
    K.function([p], [K.sum(p)], updates=[K.update(v, w)])([x])
    got, source = K.get_value(v), K.get_value(w)
""", lambda x, y: {"got": y, "source": y}, x=normal(4, 3), y=normal(4, 3))
_scripted("update", "to-fed", """
    v, p = K.variable(x), K.placeholder((4, 3))
    K.function([p], [K.sum(p)], updates=[K.update(v, p * 2.)])([y])
    got = K.get_value(v)
""", lambda x, y: {"got": y * 2}, x=normal(4, 3), y=normal(4, 3))
_scripted("update", "to-itself-doubled", """
    v, p = K.variable(x), K.placeholder((4, 3))
    f = K.function([p], [K.sum(p)], updates=[K.update(v, v * 2.)])
    values = []
    for call in range(3):
        f([x])
        values.append(K.get_value(v))
""", lambda x: {"values": [x * 2, x * 4, x * 8]}, x=normal(4, 3))
_scripted("update", "each-call-its-feed", """
    v, p = K.variable(x), K.placeholder((4, 3))
    f = K.function([p], [K.sum(p)], updates=[K.update(v, p)])
    f([y])
    first = K.get_value(v)
    f([y - 3.])
    second = K.get_value(v)
""", lambda x, y: {"first": y, "second": y - 3}, x=normal(4, 3), y=normal(4, 3))
_scripted("update", "output-beside-it", """
    v, p = K.variable(x), K.placeholder((4, 3))
    out = K.function([p], [p * 3., K.sum(p, axis=0)], updates=[K.update(v, p + 1.)])([y])
    got = K.get_value(v)
""", lambda x, y: {"out": [y * 3, y.sum(0)], "got": y + 1}, x=normal(4, 3), y=uniform(4, 3))
_scripted("update", "0d", """
    v, p = K.variable(x), K.placeholder((4,))
    K.function([p], [K.exp(p)], updates=[K.update(v, K.sum(p))])([y])
    got = K.get_value(v)
""", lambda x, y: {"got": y.sum()}, x=normal(), y=uniform(4))
_scripted("update", "float64", """
    v = K.variable(x, dtype='float64')
    K.function([], [K.constant(1.) * 2.], updates=[K.update(v, v / 3.)])([])
    got, dtype = K.get_value(v), str(K.get_value(v).dtype)
""", lambda x: {"got": x / 3, "dtype": "float64"}, x=normal(4, 3, dtype="float64"))
_scripted("update", "dtype-int32", """
    v, w = K.variable(x, dtype='int32'), K.variable(y, dtype='int32')
    K.function([], [K.constant(1.) * 2.], updates=[K.update(v, w)])([])
    got, dtype = K.get_value(v), str(K.get_value(v).dtype)
""", lambda x, y: {"got": y, "dtype": "int32"}, x=ints(4, 3), y=ints(4, 3))
_scripted("update", "others-stay", """
    v, w, u = K.variable(x), K.variable(x + 5.), K.variable(y)
    K.function([], [K.constant(1.) * 2.], updates=[K.update(v, u)])([])
    got, other = K.get_value(v), K.get_value(w)
""", lambda x, y: {"got": y, "other": x + 5}, x=normal(4, 3), y=normal(4, 3))
_scripted("update", "needs-the-function", """
    v, p = K.variable(x), K.placeholder((4, 3))
    updated = K.update(v, v + 1.)
    plain, updating = K.function([p], [p * 2.]), K.function([p], [p * 2.], updates=[updated])
    plain([x])
    before = K.get_value(v)
    updating([x])
    plain([x])
    after = K.get_value(v)
""", lambda x: {"before": x, "after": x + 1}, x=normal(4, 3))
_scripted("update", "after-set_value", """
    v, w = K.variable(x), K.variable(y)
    f = K.function([], [K.constant(1.) * 2.], updates=[K.update(v, v + w)])
    f([])
    K.set_value(v, x * 2.)
    f([])
    got = K.get_value(v)
""", lambda x, y: {"got": x * 2 + y}, x=normal(4, 3), y=normal(4, 3))
_scripted("update", "seen-by-another-function", """
    v, w, p = K.variable(x), K.variable(y), K.placeholder((None, 3))
    f, g = K.function([], [K.constant(1.) * 2.], updates=[K.update(v, w)]), K.function([p], [p * K.sum(v, axis=0)])
    first = g([z])[0]
    f([])
    second, evaluated = g([z])[0], K.eval(v * 2.)
""", lambda x, y, z: {"first": z * x.sum(0), "second": z * y.sum(0), "evaluated": y * 2},
          x=uniform(4, 3), y=uniform(4, 3, low=2, high=3), z=normal(2, 3))
_scripted("update", "several", """
    a, b, c, w = K.variable(x), K.variable(x), K.variable(x), K.variable(y)
    K.function([], [K.constant(1.) * 2.], updates=[K.update(a, w + 1.), K.update(b, w * 2.), K.update(c, w - 3.)])([])
    got = K.batch_get_value([a, b, c])
""", lambda x, y: {"got": [y + 1, y * 2, y - 3]}, x=normal(4, 3), y=normal(4, 3))
_scripted("update", "several-shapes", """
    a, b, w = K.variable(x), K.zeros((3,)), K.variable(y)
    f = K.function([], [K.constant(1.) * 2.], updates=[K.update(a, a + w), K.update(b, K.max(w, axis=0))])
    f([])
    f([])
    got = K.batch_get_value([a, b])
""", lambda x, y: {"got": [x + y + y, y.max(0)]}, x=normal(4, 3), y=normal(4, 3))

for _function, _sign in (("update_add", 1), ("update_sub", -1)):
    _scripted(_function, "once", """
        v, w, p = K.variable(x), K.variable(y), K.placeholder((4, 3))
        K.function([p], [K.sum(p)], updates=[K.{}(v, w)])([x])
        got, other = K.get_value(v), K.get_value(w)
    """.format(_function), lambda x, y, _sign=_sign: {"got": x + _sign * y, "other": y}, x=normal(4, 3), y=normal(4, 3))
    _scripted(_function, "call-after-call", """
        v, w = K.variable(x), K.variable(y)
        f = K.function([], [K.constant(1.) * 2.], updates=[K.{}(v, w)])
        values = []
        for factor in (1., 2., 4.):
            K.set_value(w, y * factor)
            f([])
            values.append(K.get_value(v))
    """.format(_function), lambda x, y, _sign=_sign: {"values": [x + _sign * y * n for n in (1, 3, 7)]},
              x=normal(4, 3), y=normal(4, 3))
    _scripted(_function, "each-call-its-feed", """
        v, p = K.variable(x), K.placeholder((4, 3))
        f = K.function([p], [K.sum(p)], updates=[K.{}(v, p)])
        values = []
        for feed in (y, y * 2., y * 4.):
            f([feed])
            values.append(K.get_value(v))
    """.format(_function), lambda x, y, _sign=_sign: {"values": [x + _sign * y * n for n in (1, 3, 7)]},
              x=normal(4, 3), y=normal(4, 3))
    _scripted(_function, "1d", """
        v, p = K.variable(x), K.placeholder((None, 5))
        K.function([p], [p * 2.], updates=[K.{}(v, K.sum(p, axis=0))])([y])
        got = K.get_value(v)
    """.format(_function), lambda x, y, _sign=_sign: {"got": x + _sign * y.sum(0)}, x=normal(5), y=uniform(4, 5))
    _scripted(_function, "0d-counter", """
        v = K.variable(x)
        f = K.function([], [K.constant(1.) * 2.], updates=[K.{}(v, K.constant(2.5))])
        for call in range(4):
            f([])
        got = K.get_value(v)
    """.format(_function), lambda x, _sign=_sign: {"got": x + _sign * 10}, x=normal())
    _scripted(_function, "number", """
        v = K.variable(x)
        K.function([], [K.constant(1.) * 2.], updates=[K.{}(v, 1)])([])
        got = K.get_value(v)
    """.format(_function), lambda x, _sign=_sign: {"got": x + _sign}, x=normal())
    _scripted(_function, "dtype-int64-counter", """
        v = K.variable(x, dtype='int64')
        f = K.function([], [K.constant(1.) * 2.], updates=[K.{}(v, 3)])
        f([])
        f([])
        got, dtype = K.get_value(v), str(K.get_value(v).dtype)
    """.format(_function), lambda x, _sign=_sign: {"got": x + _sign * 6, "dtype": "int64"}, x=ints(dtype="int64"))
    _scripted(_function, "float64", """
        v, w = K.variable(x, dtype='float64'), K.variable(y, dtype='float64')
        K.function([], [K.constant(1.) * 2.], updates=[K.{}(v, w / 3.)])([])
        got = K.get_value(v)
    """.format(_function), lambda x, y, _sign=_sign: {"got": x + _sign * y / 3}, x=normal(4, 3, dtype="float64"),
              y=normal(4, 3, dtype="float64"))
    _scripted(_function, "others-stay", """
        v, w, u = K.variable(x), K.variable(x), K.variable(y)
        K.function([], [K.constant(1.) * 2.], updates=[K.{}(v, u)])([])
        got, other = K.get_value(v), K.get_value(w)
    """.format(_function), lambda x, y, _sign=_sign: {"got": x + _sign * y, "other": x}, x=normal(4, 3), y=normal(4, 3))
    _scripted(_function, "to-zero-and-below", """
        v = K.variable(x)
        f = K.function([], [K.constant(1.) * 2.], updates=[K.{}(v, v)])
        f([])
        got = K.get_value(v)
    """.format(_function), lambda x, _sign=_sign: {"got": x + _sign * x}, x=normal(4, 3))
_scripted("update_add", "beside-update_sub", """
    a, b, w = K.variable(x), K.variable(x), K.variable(y)
    f = K.function([], [K.constant(1.) * 2.], updates=[K.update_add(a, w), K.update_sub(b, w * 2.)])
    f([])
    f([])
    got = K.batch_get_value([a, b])
""", lambda x, y: {"got": [x + 2 * y, x - 4 * y]}, x=normal(4, 3), y=normal(4, 3))

# -- moving_average_update: new = momentum * old + (1 - momentum) * value

for _momentum in (0.9, 0.25, 0.0, 1.0):
    _scripted("moving_average_update", "momentum-{}".format(_momentum), """
        v, w, p = K.variable(x), K.variable(y), K.placeholder((4, 3))
        K.function([p], [K.sum(p)], updates=[K.moving_average_update(v, w, {})])([x])
        got, other = K.get_value(v), K.get_value(w)
    """.format(_momentum), lambda x, y, m=_momentum: {"got": m * x + (1 - m) * y, "other": y}, x=normal(4, 3), y=normal(4, 3))
_scripted("moving_average_update", "call-after-call", """
    v, p = K.variable(x), K.placeholder((None, 3))
    f = K.function([p], [p * 2.], updates=[K.moving_average_update(v, K.mean(p, axis=0), 0.75)])
    values = []
    for feed in (y, y + 4.):
        f([feed])
        values.append(K.get_value(v))
""", lambda x, y: {"values": [0.75 * x + 0.25 * y.mean(0), 0.75 * (0.75 * x + 0.25 * y.mean(0)) + 0.25 * (y + 4).mean(0)]},
          x=uniform(3, low=2, high=5), y=uniform(6, 3))
_scripted("moving_average_update", "keywords", """
    v = K.variable(x)
    K.function([], [K.constant(1.) * 2.], updates=[K.moving_average_update(v, momentum=0.8, value=K.variable(y))])([])
    got = K.get_value(v)
""", lambda x, y: {"got": 0.8 * x + 0.2 * y}, x=normal(5), y=normal(5))
_scripted("moving_average_update", "0d", """
    v, p = K.variable(x), K.placeholder((None, 3))
    K.function([p], [p * 2.], updates=[K.moving_average_update(v, K.sum(p), 0.6)])([y])
    got = K.get_value(v)
""", lambda x, y: {"got": 0.6 * x + 0.4 * y.sum()}, x=normal(), y=uniform(4, 3))
_scripted("moving_average_update", "float64", """
    v, w = K.variable(x, dtype='float64'), K.variable(y, dtype='float64')
    K.function([], [K.constant(1.) * 2.], updates=[K.moving_average_update(v, w, 0.5)])([])
    got, dtype = K.get_value(v), str(K.get_value(v).dtype)
""", lambda x, y: {"got": x / 2 + y / 2, "dtype": "float64"}, x=normal(5, dtype="float64"), y=normal(5, dtype="float64"))
_scripted("moving_average_update", "two-variables", """
    a, b, p = K.variable(x), K.variable(x * 2.), K.placeholder((None, 3))
    K.function([p], [p * 2.], updates=[K.moving_average_update(a, K.mean(p, axis=0), 0.9),
                                       K.moving_average_update(b, K.max(p, axis=0), 0.3)])([y])
    got = K.batch_get_value([a, b])
""", lambda x, y: {"got": [0.9 * x + 0.1 * y.mean(0), 0.6 * x + 0.7 * y.max(0)]}, x=uniform(3, low=2, high=5), y=uniform(6, 3))

AREA.script("update", "with-a-pair", """
    v = K.variable(x)
    K.function([], [K.constant(1.) * 2.], updates=[(v, v + 1.)])([])
    got = K.get_value(v)
""", lambda x: {"got": x + 1}, names=("got",), x=given([1.0, 2.0, 4.0]),
            unspecified="\"updates: List of update ops.\": whether a (variable, value) pair is one is not said.")

# -- control_dependencies: "must be executed or computed before running the operations defined in the context"

_scripted("control_dependencies", "update-runs-first", """
    v, w = K.variable(x), K.variable(y)
    with K.control_dependencies([K.update(v, w * 2.)]):
        out = K.identity(w)
    result = K.eval(out)
    got = K.get_value(v)
""", lambda x, y: {"result": y, "got": y * 2}, x=normal(4, 3), y=normal(4, 3))
_scripted("control_dependencies", "two-updates-run-first", """
    v, u, w = K.variable(x), K.variable(x), K.variable(y)
    with K.control_dependencies([K.update_add(v, w), K.update_sub(u, w)]):
        out = w * 3.
    result = K.eval(out)
    got = K.batch_get_value([v, u])
""", lambda x, y: {"result": y * 3, "got": [x + y, x - y]}, x=normal(4, 3), y=normal(4, 3))
_scripted("control_dependencies", "outside-nothing-runs", """
    v, w = K.variable(x), K.variable(y)
    with K.control_dependencies([K.update(v, w * 2.)]):
        inside = K.identity(w)
    outside = K.identity(w)
    result = K.eval(outside)
    got = K.get_value(v)
""", lambda x, y: {"result": y, "got": x}, x=normal(4, 3), y=normal(4, 3))
_scripted("control_dependencies", "tensors", """
    w = K.variable(y)
    with K.control_dependencies([w * 2., K.sum(w)]):
        out = w * 3.
    result = K.eval(out)
""", lambda y: {"result": y * 3}, y=normal(4, 3))
_scripted("control_dependencies", "none", """
    w = K.variable(y)
    with K.control_dependencies(None):
        out = w * 3.
    result = K.eval(out)
""", lambda y: {"result": y * 3}, y=normal(4, 3))
_scripted("control_dependencies", "empty-list", """
    w = K.variable(y)
    with K.control_dependencies([]):
        out = w - 3.
    result = K.eval(out)
""", lambda y: {"result": y - 3}, y=normal(4, 3))
