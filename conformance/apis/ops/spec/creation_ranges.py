"""Ranges, grids, windows and matrices of a pattern."""
import numpy as np

from conformance.apis.ops.inputs import given, listed
from conformance.apis.ops.language import EAGER, ops
from conformance.apis.ops.promotion import same

with ops.function("arange", area="creation") as f:
    f.promise("the numbers from start to stop, stop excluded", at="arange: examples")
    for variant, text, kind in (
            ("stop", "3", "int32"), ("stop-float", "3.0", "float32"), ("start", "3, 7", "int32"),
            ("step", "3, 7, 2", "int32"), ("step-negative", "7, 1, -2", "int32"), ("nothing", "0", "int32"),
            ("negative", "-3, 2", "int32"), ("backwards", "3, 1", "int32"),
            ("step-uneven", "0, 10, 3", "int32"),
            ("fractions", "0.5, 3.0, 0.5", "float32"), ("start-float", "0.5, 3", "float32"),
            ("step-float", "0, 2, 0.25", "float32"), ("fractions-negative", "1.0, -1.0, -0.25", "float32")):
        numbers = [float(part) if kind == "float32" else int(part) for part in text.split(", ")]
        f.case(variant, "ops.arange({})".format(text), want=np.arange(*numbers), result_dtype=kind,
               profile="core")
    f.case("named", "ops.arange(start=1, stop=9, step=3)", want=np.arange(1, 9, 3), result_dtype="int32")
    f.promise("dtype is that of the tensor", at="arange: dtype")
    for dtype in ("uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64"):
        f.case("dtype-" + dtype, "ops.arange(1, 8, 2, dtype={!r})".format(dtype), want=np.arange(1, 8, 2),
               result_dtype=dtype)

for name, function in (("linspace", np.linspace), ("logspace", np.logspace), ("geomspace", np.geomspace)):
    with ops.function(name, area="creation") as f:
        f.promise("numbers from start to stop, evenly spaced in their scale", at=name + ": returns")
        for variant, arguments in (
                ("five", (1.0, 3.0, 5)), ("descending", (3.0, 1.0, 4)), ("single", (1.0, 3.0, 1)),
                ("two", (1.0, 3.0, 2)), ("nothing", (1.0, 3.0, 0)), ("same", (2.0, 2.0, 3)),
                ("ints", (1, 4, 7))):
            f.case(variant, "ops.{}({}, {}, num={})".format(name, *arguments), want=function(*arguments),
                   result_dtype="float32")
        f.case("fifty", "ops.{}(1.0, 2.0)".format(name), want=function(1.0, 2.0), result_dtype="float32")
        f.promise("without endpoint, stop is left out and the steps are smaller", at=name + ": endpoint")
        f.case("open", "ops.{}(1.0, 3.0, num=5, endpoint=False)".format(name),
               want=function(1.0, 3.0, 5, endpoint=False), result_dtype="float32")
        f.case("open-single", "ops.{}(1.0, 3.0, num=1, endpoint=False)".format(name),
               want=function(1.0, 3.0, 1, endpoint=False), result_dtype="float32")
        f.promise("dtype is that of the tensor", at=name + ": dtype")
        for dtype in ("float16", "bfloat16", "float64"):
            f.case("dtype-" + dtype, "ops.{}(1.0, 3.0, num=5, dtype={!r})".format(name, dtype),
                   want=function(1.0, 3.0, 5), result_dtype=dtype)
        f.promise("start and stop may be tensors; the samples make the first axis", at=name + ": axis")
        f.case("tensors", start=given([1.0, 2.0]), stop=given([3.0, 5.0]), num=4,
               oracle=lambda start, stop, num, function=function: function(start, stop, num))
        f.case("tensor-number", start=given([1.0, 2.0]), stop=listed(4.0), num=3,
               oracle=lambda start, stop, num, function=function: function(start, stop, num))
        f.case("tensors-open", start=given([1.0, 2.0]), stop=given([3.0, 5.0]), num=4, endpoint=False,
               oracle=lambda start, stop, num, endpoint, function=function: function(
                   start, stop, num, endpoint=endpoint))
        f.promise("axis says where the samples are stored", at=name + ": axis")
        for axis in (1, -1):
            f.case("axis-{}".format(axis), start=given([1.0, 2.0]), stop=given([3.0, 5.0]), num=4, axis=axis,
                   oracle=lambda start, stop, num, axis, function=function: function(
                       start, stop, num, axis=axis), only=(
                   ("jax", "mlx", "numpy", "openvino", "paddle", "tensorflow", "tinygrad"),
                   "the documentation says that torch does not support axis"))
        if name == "linspace":
            f.promise("with retstep, the step comes with the samples", at="linspace: retstep")
            f.case("retstep", "ops.linspace(1.0, 3.0, num=5, retstep=True)[0]", want=np.linspace(1, 3, 5))
            f.case("retstep-step", "ops.convert_to_tensor(ops.linspace(1.0, 3.0, num=5, retstep=True)[1])",
                   want=np.array(0.5), result_dtype=None)
            f.case("retstep-open",
                   "ops.convert_to_tensor(ops.linspace(1.0, 3.0, 5, endpoint=False, retstep=True)[1])",
                   want=np.array(0.4), result_dtype=None)
        if name == "logspace":
            f.promise("base is the base of the scale", at="logspace: base")
            f.case("base", "ops.logspace(1.0, 3.0, num=5, base=2)", want=np.logspace(1, 3, 5, base=2))
            f.case("base-float", "ops.logspace(0.0, 2.0, num=4, base=2.5)",
                   want=np.logspace(0, 2, 4, base=2.5))

with ops.function("meshgrid", area="creation") as f:
    f.promise("coordinates expanded to a grid, Cartesian unless indexing is 'ij'", at="meshgrid: indexing")
    x, y, z = given([1.0, 2.0, 3.0]), given([4.0, 5.0]), given([6.0, 7.0, 8.0, 9.0])
    for indexing in ("xy", "ij"):
        call = "ops.meshgrid({}, indexing={!r})".format("{}", indexing)
        grid = lambda *x, indexing=indexing: list(np.meshgrid(*x, indexing=indexing))  # noqa: E731
        f.case(indexing, call.format("x, y"), x=x, y=y, oracle=grid, profile="core")
        f.case(indexing + "-three", call.format("x, y, z"), x=x, y=y, z=z, oracle=grid)
        f.case(indexing + "-one", call.format("x"), x=x, oracle=grid)
        f.case(indexing + "-ints", call.format("x, y"), x=given([1, 2, 3], "int32"), y=given([4, 5], "int32"),
               oracle=grid, result_dtype=("int32", "int32"))
    f.case("default", "ops.meshgrid(x, y)", x=x, y=y, oracle=lambda x, y: list(np.meshgrid(x, y)))

WINDOWS = (("bartlett", np.bartlett), ("blackman", np.blackman), ("hamming", np.hamming),
           ("hanning", np.hanning))
for name, function in WINDOWS:
    with ops.function(name, area="creation") as f:
        f.promise("the window of the given length", at=name + ": x")
        for length in (5, 8, 1, 0):
            f.case("of-{}".format(length), "ops.{}({})".format(name, length), want=function(length),
                   result_dtype="float32", ulps=(1024, "a sum that cancels at the ends"))
        f.case("tensor", x=given(6, "int32"), oracle=lambda x, function=function: function(int(x)),
               ways=EAGER, result_dtype="float32", ulps=(1024, "a sum that cancels at the ends"))

with ops.function("kaiser", area="creation") as f:
    f.promise("the window of the given length and shape", at="kaiser: beta")
    for length, beta in ((5, 14.0), (6, 2.5), (8, 0.0), (1, 14.0), (2, 8.0)):
        f.case("of-{}-{}".format(length, beta), "ops.kaiser({}, {})".format(length, beta),
               want=np.kaiser(length, beta), result_dtype="float32")

with ops.function("eye", area="creation") as f:
    f.promise("ones on the k-th diagonal, zeros elsewhere", at="eye: k")
    for variant, args in (("square", (3,)), ("wide", (2, 4)), ("tall", (4, 2)), ("above", (3, 4, 1)),
                          ("below", (4, 3, -2)), ("beyond", (2, 3, 5)), ("nothing", (0,)),
                          ("beyond-below", (2, 3, -4)), ("above-square", (3, None, 1))):
        f.case(variant, "ops.eye({})".format(", ".join(map(repr, args))), want=np.eye(*args),
               result_dtype="float32", profile="core")
    f.promise("dtype is that of the tensor", at="eye: dtype")
    for dtype in ("bool", "uint8", "int32", "float16", "bfloat16"):
        f.case("dtype-" + dtype, "ops.eye(2, 3, dtype={!r})".format(dtype), result_dtype=dtype,
               want=np.eye(2, 3, dtype=bool if dtype == "bool" else float))

with ops.function("identity", area="creation") as f:
    f.promise("ones on the diagonal of a square", at="identity: n")
    for n in (3, 1, 0):
        f.case("of-{}".format(n), "ops.identity({})".format(n), want=np.eye(n), result_dtype="float32")
    for dtype in ("bool", "int32", "float16", "bfloat16"):
        f.case("dtype-" + dtype, "ops.identity(3, dtype={!r})".format(dtype), result_dtype=dtype,
               want=np.eye(3, dtype=bool if dtype == "bool" else float))

with ops.function("tri", area="creation") as f:
    f.promise("ones at and below the k-th diagonal, of float32", at="tri: k")
    for variant, args in (("square", (3,)), ("wide", (2, 4)), ("tall", (4, 2)), ("above", (3, 4, 1)),
                          ("below", (4, 3, -2)), ("beyond", (2, 3, 5)), ("beyond-below", (2, 3, -4))):
        f.case(variant, "ops.tri({})".format(", ".join(map(repr, args))), want=np.tri(*args),
               result_dtype="float32")
    for dtype in ("bool", "int32", "float16", "bfloat16"):
        f.case("dtype-" + dtype, "ops.tri(2, 3, dtype={!r})".format(dtype), result_dtype=dtype,
               want=np.tri(2, 3, dtype=bool if dtype == "bool" else float))

with ops.function("vander", area="creation", dtype=same("x")) as f:
    f.promise("powers of x, decreasing unless increasing says otherwise", at="vander: increasing")
    powers = lambda x, N=None, increasing=False: np.vander(x, N, increasing)  # noqa: E731, N803
    f.case("1d", x=given([1.0, 2.0, 3.0, 5.0]), oracle=powers)
    f.case("ints", x=given([1, 2, 3, 5], "int32"), oracle=powers)
    f.case("increasing", x=given([1.5, -2.0, 3.0]), increasing=True, oracle=powers)
    f.promise("N is the number of columns", at="vander: N")
    for n in (2, 5, 1):
        f.case("columns-{}".format(n), x=given([1.5, -2.0, 3.0]), N=n, oracle=powers)
    f.case("columns-increasing", x=given([1.5, -2.0, 0.0]), N=4, increasing=True, oracle=powers)
