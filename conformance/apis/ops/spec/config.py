"""The settings of Keras, and the names of dtypes and what they promote to."""

from conformance.apis.ops.language import ops


def setting(name, default, others, refused):
    """The cases of a setting and of the function that sets it: its default, other values, what it refuses."""
    with ops.function("config." + name, area="config", call="keras.config." + name) as f:
        f.promise("its default", at="config.{}: example".format(name))
        f.case("default", want=default, profile="core")
        f.promise("keras.backend has the same function", at="backend.{}: definition".format(name))
        f.case("backend", "keras.backend.{}()".format(name), want=default)
    with ops.function("config.set_" + name, area="config") as f:
        f.promise("what is set is what {} returns".format(name), at="config.set_{}: examples".format(name))
        for value in others:
            f.script(
                "to-{}".format(value),
                """
                keras.config.set_{0}({1!r})
                got = keras.config.{0}()
                keras.config.set_{0}({2!r})
                after = keras.config.{0}()
            """.format(name, value, default),
                want={"got": value, "after": default},
                profile="core",
            )
        f.script(
            "backend-too",
            """
            keras.backend.set_{0}({1!r})
            got = [keras.config.{0}(), keras.backend.{0}()]
            keras.config.set_{0}({2!r})
        """.format(name, others[0], default),
            want={"got": [others[0]] * 2},
        )
        if refused:
            f.promise("any other value is refused", at="config.set_{}: {}".format(name, refused))
            f.refuses("unknown", "keras.config.set_{}('other')".format(name), "ValueError")


setting("floatx", "float32", ("float64", "float16", "bfloat16"), "raises")
setting("epsilon", 1e-7, (1e-5, 0.25), None)
setting("image_data_format", "channels_last", ("channels_first",), "data_format")

with ops.function("config.backend", area="config", call="keras.config.backend") as f:
    f.promise("the name of the backend, a string", at="config.backend: returns")
    f.case("string", "type(keras.config.backend()).__name__", want="str", profile="core")
    f.case("not-empty", "len(keras.config.backend()) > 0", want=True)
    f.promise("keras.backend has the same function", at="backend.backend: definition")
    f.case("backend", "keras.backend.backend() == keras.config.backend()", want=True)

FLOATS = ("bfloat16", "float16", "float32", "float64")
INTS = ("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64")

for name, true in (("is_float_dtype", FLOATS), ("is_int_dtype", INTS)):
    with ops.function("backend." + name, area="config", call="keras.backend." + name) as f:
        f.silent("which dtypes it is true of: it has no docstring", at="backend.{}: docstring".format(name))
        for dtype in FLOATS + INTS + ("bool", "complex64", "string"):
            f.case(dtype, "keras.backend.{}({!r})".format(name, dtype), want=dtype in true, profile="core")
        f.case(
            "tensor",
            "keras.backend.{}(ops.zeros((2,), dtype='int32').dtype)".format(name),
            want="int32" in true,
        )

with ops.function("backend.standardize_dtype", area="config", call="keras.backend.standardize_dtype") as f:
    f.silent("which names it gives: it has no docstring", at="backend.standardize_dtype: docstring")
    for dtype in FLOATS + INTS + ("bool",):
        f.case(dtype, "keras.backend.standardize_dtype({!r})".format(dtype), want=dtype, profile="core")
        if not dtype.endswith("64"):
            f.case(
                "tensor-" + dtype,
                "keras.backend.standardize_dtype(ops.zeros((2,), dtype={!r}).dtype)".format(dtype),
                want=dtype,
                profile="core",
            )
    for variant, given, dtype in (
        ("none", "None", "float32"),
        ("int", "int", "int32"),
        ("float", "float", "float32"),
        ("bool-type", "bool", "bool"),
        ("numpy", "np.float16", "float16"),
        ("numpy-dtype", "np.dtype('uint8')", "uint8"),
    ):
        f.case(variant, "keras.backend.standardize_dtype({})".format(given), want=dtype)
    f.refuses("unknown", "keras.backend.standardize_dtype('float33')", "ValueError")

with ops.function("backend.result_type", area="config", call="keras.backend.result_type") as f:
    f.promise(
        "what the dtypes promote to, the dtype of a tensor among them", at="backend.result_type: examples"
    )
    f.case(
        "tensors",
        "keras.backend.result_type(ops.ones((1,), dtype='int32').dtype, "
        "ops.ones((1,), dtype='float32').dtype)",
        want="float32",
        profile="core",
    )
    f.case(
        "tensor-int",
        "keras.backend.result_type(ops.ones((1,), dtype='bfloat16').dtype, int)",
        want="bfloat16",
        profile="core",
    )
    f.promise(
        "the least upper bound in the lattice of promotion that jax.numpy.result_type has",
        at="backend.result_type: description",
    )
    for given, dtype in (
        ("int8 int16", "int16"),
        ("int8 uint8", "int16"),
        ("uint8 int32", "int32"),
        ("bool uint8", "uint8"),
        ("bool float16", "float16"),
        ("bool bool", "bool"),
        ("int32 float16", "float16"),
        ("int8 bfloat16", "bfloat16"),
        ("float16 bfloat16", "float32"),
        ("float16 float32", "float32"),
        ("bfloat16 float32", "float32"),
        ("uint16 int16", "int32"),
        ("int8 int16 float16", "float16"),
        ("int8", "int8"),
        ("complex64 float32", "complex64"),
    ):
        f.case(
            given.replace(" ", "-"),
            "keras.backend.result_type({})".format(", ".join(map(repr, given.split()))),
            want=dtype,
            profile="core",
        )
    f.promise("a Python type is weaker than a dtype of its kind", at="backend.result_type: examples")
    for given, dtype in (
        ("'int8', int", "int8"),
        ("'float16', float", "float16"),
        ("'float16', int", "float16"),
        ("'int8', float", "float32"),
        ("'bool', int", "int32"),
        ("int, float", "float32"),
    ):
        f.case(
            "python-" + given.replace("'", "").replace(", ", "-"),
            "keras.backend.result_type({})".format(given),
            want=dtype,
            profile="core",
        )
    f.silent("what no dtype at all gives, and None", at="backend.result_type: dtypes")
    f.case("nothing", want="float32")
    f.case("none", "keras.backend.result_type(None, 'int32')", want="float32")
    f.case("floatx", "keras.backend.result_type('int32', float)", floatx="float16", want="float16")
