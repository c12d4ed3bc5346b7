"""Control flow with a history: the learning phase, what must run before what, which branch runs."""
import numpy as np

from conformance.spec.model import Area, normal

AREA = Area("control")
for _function, _train in (("in_train_phase", True), ("in_test_phase", False)):
    AREA.script(_function, "learning-phase-fed", """
        t, u = K.placeholder(shape=(3, 4)), K.placeholder(shape=(3, 4))
        chosen = K.{}(t, lambda: u - 1.0)
        f = K.function([t, u, K.learning_phase()], [chosen])
        train, test = f([x, y, 1])[0], f([x, y, 0])[0]
        """.format(_function), lambda x, y, first=_train: {"train": x if first else y - 1.0, "test": y - 1.0 if first else x},
                names=("train", "test"), x=normal(3, 4), y=normal(3, 4))
    AREA.script(_function, "only-the-chosen-callable", """
        called = []
        def one():
            called.append('x')
            return K.variable(x)
        def other():
            called.append('alt')
            return K.variable(x)
        K.{0}(one, other, training=1)
        K.{0}(one, other, training=0)
        """.format(_function), {"called": ["x", "alt"] if _train else ["alt", "x"]}, x=normal(2, 3),
                unspecified="'x: What to return in train phase (tensor or callable that returns a tensor)': "
                            "whether the other callable is called is not said")

AREA.script("in_train_phase", "learning-phase-set", """
    t, u = K.placeholder(shape=(3, 4)), K.placeholder(shape=(3, 4))
    K.set_learning_phase(1)
    train = K.function([t, u], [K.in_train_phase(2.0 * t, -u), K.in_test_phase(2.0 * t, -u)])([x, y])
    none = K.function([t, u], [K.in_train_phase(2.0 * t, lambda: -u, training=None)])([x, y])[0]
    K.set_learning_phase(0)
    test = K.function([t, u], [K.in_train_phase(2.0 * t, -u), K.in_test_phase(2.0 * t, -u)])([x, y])
    asked = [K.in_train_phase(lambda: 2.0 * t, -u, training=1), K.in_test_phase(2.0 * t, -u, training=1)]
    asked = K.function([t, u], asked)([x, y])
    """, lambda x, y: {"train": [2.0 * x, -y], "none": 2.0 * x, "test": [-y, 2.0 * x], "asked": [2.0 * x, -y]},
            names=("train", "none", "test", "asked"), isolate=True, x=normal(3, 4), y=normal(3, 4))
AREA.script("switch", "condition-fed-twice", """
    c, t, u = K.placeholder(shape=(3,)), K.placeholder(shape=(3, 4)), K.placeholder(shape=(3, 4))
    f = K.function([c, t, u], [K.switch(K.greater(c, 0.5), lambda: 2.0 * t, u)])
    first = f([np.array([1., 0., 1.], 'float32'), x, y])[0]
    second = f([np.array([0., 0., 1.], 'float32'), x, y])[0]
    """, lambda x, y: {"first": np.where([[1], [0], [1]], 2 * x, y), "second": np.where([[0], [0], [1]], 2 * x, y)},
            names=("first", "second"), x=normal(3, 4), y=normal(3, 4))
AREA.script("switch", "scalar-variable-updated", """
    c, a, b = K.variable(1, dtype='int32'), K.variable(x), K.variable(y)
    chosen = K.switch(c, a, b)
    first = K.eval(chosen)
    K.set_value(c, 0)
    second = K.eval(chosen)
    """, lambda x, y: {"first": x, "second": y}, names=("first", "second"), x=normal(3, 4), y=normal(3, 4))

AREA.script("control_dependencies", "update-comes-first", """
    counter, x_ = K.variable(1.0), K.variable(x)
    bump = K.update_add(counter, 4.0)
    with K.control_dependencies([bump]):
        result = x_ * 2.0
    value = K.eval(result)
    count = K.eval(counter)
    """, lambda x: {"value": 2 * x, "count": np.array(5.0)}, names=("value", "count"), x=normal(3, 4))
AREA.script("control_dependencies", "nothing-to-wait-for", """
    x_ = K.variable(x)
    with K.control_dependencies([]):
        value = K.eval(x_ * 2.0)
    with K.control_dependencies(None):
        none = K.eval(x_ - 1.0)
    """, lambda x: {"value": 2 * x, "none": x - 1.0}, names=("value", "none"), x=normal(3, 4))
AREA.script("control_dependencies", "none-clears", """
    counter, x_ = K.variable(1.0), K.variable(x)
    bump = K.update_add(counter, 4.0)
    with K.control_dependencies([bump]):
        with K.control_dependencies(None):
            result = x_ * 2.0
    value = K.eval(result)
    count = K.eval(counter)
    """, lambda x: {"value": 2 * x, "count": np.array(1.0)}, names=("value", "count"), x=normal(3, 4))
