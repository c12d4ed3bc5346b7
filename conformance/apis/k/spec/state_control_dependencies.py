"""Operations that wait for updates and tensors."""
import numpy as np

from conformance.apis.k.language import k
from conformance.case import normal

with k.function("control_dependencies", area="state") as f:
    f.promise("an operation that is defined in the context runs after the listed updates",
              at="control_dependencies: control_inputs")
    f.script("update-runs-first", """
        v, w = K.variable(x), K.variable(y)
        with K.control_dependencies([K.update(v, w * 2.)]):
            out = K.identity(w)
        result = K.eval(out)
        got = K.get_value(v)
        """, x=normal(4, 3), y=normal(4, 3), names=("result", "got"),
             oracle=lambda x, y: {"result": y, "got": y * 2})
    f.script("two-updates-run-first", """
        v, u, w = K.variable(x), K.variable(x), K.variable(y)
        with K.control_dependencies([K.update_add(v, w), K.update_sub(u, w)]):
            out = w * 3.
        result = K.eval(out)
        got = K.batch_get_value([v, u])
        """, x=normal(4, 3), y=normal(4, 3), names=("result", "got"),
             oracle=lambda x, y: {"result": y * 3, "got": [x + y, x - y]})
    f.script("update-comes-first", """
        counter, x_ = K.variable(1.0), K.variable(x)
        bump = K.update_add(counter, 4.0)
        with K.control_dependencies([bump]):
            result = x_ * 2.0
        value = K.eval(result)
        count = K.eval(counter)
        """, x=normal(3, 4), names=("value", "count"),
             oracle=lambda x: {"value": 2 * x, "count": np.array(5.0)})
    f.promise("an operation that is defined outside the context does not make the listed updates run",
              at="control_dependencies: control_inputs")
    f.script("outside-nothing-runs", """
        v, w = K.variable(x), K.variable(y)
        with K.control_dependencies([K.update(v, w * 2.)]):
            inside = K.identity(w)
        outside = K.identity(w)
        result = K.eval(outside)
        got = K.get_value(v)
        """, x=normal(4, 3), y=normal(4, 3), names=("result", "got"),
             oracle=lambda x, y: {"result": y, "got": x})
    f.promise("the list may hold tensors, and it may be empty", at="control_dependencies: control_inputs")
    f.script("tensors", """
        w = K.variable(y)
        with K.control_dependencies([w * 2., K.sum(w)]):
            out = w * 3.
        result = K.eval(out)
        """, y=normal(4, 3), names=("result",), oracle=lambda y: {"result": y * 3})
    f.script("empty-list", """
        w = K.variable(y)
        with K.control_dependencies([]):
            out = w - 3.
        result = K.eval(out)
        """, y=normal(4, 3), names=("result",), oracle=lambda y: {"result": y - 3})
    f.promise("with None there is nothing to wait for, not even the updates of a context around it",
              at="control_dependencies: control_inputs")
    f.script("none", """
        w = K.variable(y)
        with K.control_dependencies(None):
            out = w * 3.
        result = K.eval(out)
        """, y=normal(4, 3), names=("result",), oracle=lambda y: {"result": y * 3})
    f.script("none-clears", """
        counter, x_ = K.variable(1.0), K.variable(x)
        bump = K.update_add(counter, 4.0)
        with K.control_dependencies([bump]):
            with K.control_dependencies(None):
                result = x_ * 2.0
        value = K.eval(result)
        count = K.eval(counter)
        """, x=normal(3, 4), names=("value", "count"),
             oracle=lambda x: {"value": 2 * x, "count": np.array(1.0)})
    f.promise("the result is a context manager, in which tensors may also be evaluated",
              at="control_dependencies: returns")
    f.script("nothing-to-wait-for", """
        x_ = K.variable(x)
        with K.control_dependencies([]):
            value = K.eval(x_ * 2.0)
        with K.control_dependencies(None):
            none = K.eval(x_ - 1.0)
        """, x=normal(3, 4), names=("value", "none"), oracle=lambda x: {"value": 2 * x, "none": x - 1.0})
