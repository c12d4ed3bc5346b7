"""The settings that K keeps: the default float type, the fuzz factor, the data format of images."""
import numpy as np

from conformance.apis.k.language import k
from conformance.apis.k.spec._config import DETAILS, IMPORT, REFUSED, SETTINGS, at_home, config, settings
from conformance.case import Check, normal


def refused_values(f, **values):
    """Whether keras.json is refused with other values: the page lists the values, and no more."""
    f.silent("what becomes of a value of another kind in keras.json", at=DETAILS)
    for name, value in values.items():
        at_home(f, "file-illegal-" + name.replace("_", "-"), config(**{f.name: value}), REFUSED,
                {"refused": True})


with k.function("floatx", area="config", profile="core") as f:
    f.promise("the default float type is float32 when nothing sets it", at="floatx: examples")
    f.case("default", want="float32", profile="full")
    f.promise("keras.json sets the default float type to one of three, and leaves the other settings alone",
              at=DETAILS)
    for name in ("float16", "float32", "float64"):
        at_home(f, "file-" + name, config(floatx=name), IMPORT + SETTINGS, {"got": settings(floatx=name)})
    f.promise("the float type of keras.json is that of the tensors which K makes", at=DETAILS)
    at_home(f, "file-reaches-tensors", config(floatx="float64"), IMPORT + """
got = [K.dtype(K.variable([1., 2.])), K.dtype(K.zeros((2,))), K.dtype(K.ones((2,))), \
K.dtype(K.constant(1.)), K.dtype(K.eye(2)),
       K.dtype(K.placeholder((2, 3))), K.cast_to_floatx(np.ones(2, "float32")).dtype.name]
""", {"got": ["float64"] * 7})
    refused_values(f, unknown="float8", of_another_kind="int32", empty="", capitals="FLOAT32", number=32,
                   null=None)
    f.promise("a setting that the program makes takes the place of that in keras.json",
              at="set_floatx: summary")
    at_home(f, "setters-over-file",
            config(floatx="float64", epsilon=0.002, image_data_format="channels_first"), IMPORT + """
K.set_floatx("float16")
K.set_epsilon(0.125)
K.set_image_data_format("channels_last")
""" + SETTINGS, {"got": settings("float16", 0.125, "channels_last")})


with k.function("set_floatx", area="config") as f:
    f.promise("set_floatx sets the name that floatx() returns", at="set_floatx: summary")
    for name in ("float16", "float32", "float64"):
        f.script(name, f"K.set_floatx('{name}')\ngot = K.floatx()", want={"got": name})
    f.script("several-times", """
        seen = []
        for kind in ('float64', 'float16', 'float32', 'float64'):
            K.set_floatx(kind)
            seen.append(K.floatx())
    """, want={"seen": ["float64", "float16", "float32", "float64"]})
    f.script("is-a-string", "K.set_floatx('float64')\ngot = type(K.floatx()).__name__", want={"got": "str"})
    # The names are stated, and not what becomes of others: there is no Raises section.
    f.silent("how a name other than float16, float32 and float64 is refused", at="set_floatx: floatx")
    for variant, value in (("int32", "int32"), ("bool", "bool"), ("float128", "float128"), ("empty", ""),
                           ("word", "double"), ("number", 32), ("capitals", "Float32")):
        f.refuses(variant, f"K.set_floatx({value!r})", "ValueError", "floatx")
    f.script("refusal-changes-nothing", """
        K.set_floatx('float64')
        try:
            K.set_floatx('int32')
            refused = False
        except ValueError:
            refused = True
        got = K.floatx()
    """, want={"refused": True, "got": "float64"})
    f.promise("tensors made after it have the new float type and its precision", at="set_floatx: summary")
    f.script("everywhere", """
        K.set_floatx('float64')
        made = [K.variable(x), K.placeholder((2, 3)), K.constant(1.5), K.zeros((2, 3)), K.ones((2, 3)), \
K.eye(2),
                K.square(K.variable(x)), K.constant([1., 2.]) * 2.]
        got = [K.dtype(tensor) for tensor in made]
    """, x=normal(2, 3), want={"got": ["float64"] * 8})
    f.script("precision-float64", """
        K.set_floatx('float64')
        got = K.eval(K.variable(x) / 3.)
    """, x=normal(4, 3, dtype="float64"), names=("got",), oracle=lambda x: {"got": x / 3})
    f.promise("tensors of integers keep their dtype", at="set_floatx: summary")
    f.script("integers-stay", """
        K.set_floatx('float64')
        got = K.dtype(K.arange(4))
    """, want={"got": "int32"})


with k.function("epsilon", area="config", profile="core") as f:
    f.promise("the fuzz factor is 1e-7 when nothing sets it", at="epsilon: examples")
    f.case("default", "K.epsilon() == 1e-7", want=True, profile="full")
    f.promise("epsilon returns a Python float", at="epsilon: returns")
    f.case("is-a-float", "isinstance(K.epsilon(), float)", want=True, profile="full")
    f.promise("keras.json sets the fuzz factor, and leaves the other settings alone", at=DETAILS)
    for value in (0.001, 1e-5, 0.25):
        at_home(f, f"file-{value}", config(epsilon=value), IMPORT + SETTINGS,
                {"got": settings(epsilon=value)})
    refused_values(f, word="small", number_in_quotes="1e-5", null=None, list=[1e-7])
    f.silent("whether 1 stands for 1.0, which JSON does not tell apart", at=DETAILS)
    at_home(f, "file-integer", config(epsilon=1), IMPORT + SETTINGS, {"got": settings(epsilon=1.0)})


def of_fuzz(epsilon):
    """A Check that the loss of a share of 0 is that of the fuzz factor."""
    # Left open: whether it bounds the share, is added to it, or both, and by which sum shares are divided.
    allowed = [-np.log(times * epsilon) for times in (1, 2)]

    def problem(got):
        if all(any(-1e-4 < loss - low < 4 * epsilon for low in allowed) for loss in np.ravel(got)):
            return None
        return f"wrong value: {np.asarray(got).tolist()} instead of {about}"
    about = " or ".join(f"about {low:.3f}" for low in allowed)
    return Check(about, problem)


with k.function("set_epsilon", area="config") as f:
    f.promise("set_epsilon sets the number that epsilon() returns", at="set_epsilon: examples")
    f.script("documented-example", "K.set_epsilon(1e-05)\ngot = K.epsilon() == 1e-05", want={"got": True})
    f.script("several-times", """
        seen = []
        for value in (1e-3, 1e-9, 0.25):
            K.set_epsilon(value)
            seen.append(K.epsilon() == value)
    """, want={"seen": [True, True, True]})
    f.promise("epsilon returns a Python float, whatever kind of number was set", at="epsilon: returns")
    f.script("numpy-number-becomes-a-float", """
        K.set_epsilon(np.float32(0.25))
        got = [type(K.epsilon()).__name__, K.epsilon()]
    """, want={"got": ["float", 0.25]}, profile="core")
    f.promise("the losses use the number that was set", at="set_epsilon: summary")
    f.script("used-by-binary_crossentropy", """
        t, o = K.variable(np.array([[1., 0.]])), K.variable(np.array([[0., 1.]]))
        K.set_epsilon(1e-2)
        got = K.eval(K.binary_crossentropy(t, o))
    """, want={"got": of_fuzz(1e-2)})
    f.script("used-by-categorical_crossentropy", """
        t, o = K.variable(np.array([[0., 1., 0.]])), K.variable(np.array([[1., 0., 0.]]))
        K.set_epsilon(1e-2)
        got = K.eval(K.categorical_crossentropy(t, o))
    """, want={"got": of_fuzz(1e-2)})
    f.promise("the other settings stay", at="set_epsilon: summary")
    f.script("leaves-floatx-alone", "K.set_epsilon(1e-4)\ngot = [K.floatx(), K.image_data_format()]",
             want={"got": ["float32", "channels_last"]})


with k.function("image_data_format", area="config", profile="core") as f:
    f.promise("the data format is channels_last when nothing sets it", at=DETAILS)
    f.case("default", want="channels_last", profile="full")
    f.promise("keras.json sets the data format to one of two, and leaves the other settings alone",
              at=DETAILS)
    for name in ("channels_first", "channels_last"):
        at_home(f, "file-" + name, config(image_data_format=name), IMPORT + SETTINGS,
                {"got": settings(image_data_format=name)})
    f.promise("K's functions follow the data format of keras.json", at=DETAILS)
    at_home(f, "file-reaches-functions", config(image_data_format="channels_first"), IMPORT + """
got = list(K.int_shape(K.spatial_2d_padding(K.placeholder((None, 3, 5, 7)))))
""", {"got": [None, 3, 7, 9]})
    refused_values(f, unknown="channels_middle", of_keras_1="tf", empty="", number=1, null=None)


with k.function("set_image_data_format", area="config") as f:
    f.promise("set_image_data_format sets the name that image_data_format() returns",
              at="set_image_data_format: summary")
    for name in ("channels_first", "channels_last"):
        f.script(name, f"K.set_image_data_format('{name}')\ngot = K.image_data_format()", want={"got": name})
    f.script("there-and-back", """
        seen = []
        for value in ('channels_first', 'channels_last', 'channels_first'):
            K.set_image_data_format(value)
            seen.append(K.image_data_format())
    """, want={"seen": ["channels_first", "channels_last", "channels_first"]})
    f.silent("how a name other than channels_first and channels_last is refused",
             at="set_image_data_format: data_format")
    for variant, value in (("first", "first"), ("th", "th"), ("capitals", "CHANNELS_FIRST"), ("empty", ""),
                           ("none", None)):
        f.refuses(variant, f"K.set_image_data_format({value!r})", "ValueError", "data_format")
    f.script("refusal-changes-nothing", """
        K.set_image_data_format('channels_first')
        try:
            K.set_image_data_format('channels_middle')
            refused = False
        except ValueError:
            refused = True
        got = K.image_data_format()
    """, want={"refused": True, "got": "channels_first"})
    f.promise("functions that are given no data_format follow the one that is set",
              at="set_image_data_format: summary")
    f.script("used-by-bias_add", """
        p, b = K.placeholder((None, 2, 5, 4)), K.variable(np.array([10., 20.]))
        K.set_image_data_format('channels_first')
        got = K.function([p], [K.bias_add(p, b)])([x])[0]
    """, x=normal(3, 2, 5, 4), names=("got",),
             oracle=lambda x: {"got": x + np.array([10.0, 20.0]).reshape(1, 2, 1, 1)})
    f.script("used-by-spatial_2d_padding", """
        p = K.placeholder((None, 2, 5, 4))
        K.set_image_data_format('channels_first')
        got = K.function([p], [K.spatial_2d_padding(p, ((1, 0), (0, 2)))])([x])[0]
    """, x=normal(3, 2, 5, 4), names=("got",),
             oracle=lambda x: {"got": np.pad(x, ((0, 0), (0, 0), (1, 0), (0, 2)), "constant")})
    f.script("used-by-pool2d", """
        p = K.placeholder((None, 2, 4, 6))
        K.set_image_data_format('channels_first')
        got = K.function([p], [K.pool2d(p, (2, 2), (2, 2))])([x])[0]
    """, x=normal(3, 2, 4, 6), names=("got",),
             oracle=lambda x: {"got": x.reshape(3, 2, 2, 2, 3, 2).max(axis=(3, 5))})
