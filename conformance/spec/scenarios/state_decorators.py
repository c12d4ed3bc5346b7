"""`symbolic` and `eager`: the decorators around graph functions, which leave what they decorate as it is.

"Decorator used in TensorFlow 2.0 to enter the Keras graph" and "... to exit the Keras graph"; "Returns: Decorated function."
"""
from conformance.spec.model import Area, normal

AREA = Area("state")

for _name in ("symbolic", "eager"):
    AREA.script(_name, "decorated-function", """
        calls = []

        @K.{}
        def decorated(a, b=2, *rest, **more):
            calls.append((a, b, rest, sorted(more)))
            return a + b

        got = [decorated(3), decorated(3, 4, 5), decorated(a=1, c=6), len(calls)]
        last = calls[-1]
    """.format(_name), {"got": [5, 7, 3, 3], "last": [1, 2, [], ["c"]]})
AREA.script("symbolic", "of-a-tensor", """
    @K.symbolic
    def doubled(t):
        return t * 2.
    got = K.eval(doubled(K.variable(x)))
""", lambda x: {"got": x * 2}, names=("got",), x=normal(3, 4))
