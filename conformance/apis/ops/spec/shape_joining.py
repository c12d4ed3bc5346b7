"""Tensors joined, and split."""
import numpy as np

from conformance.apis.ops.families import NUMPY, WITHOUT_TORCH
from conformance.apis.ops.inputs import given, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.promotion import COMMON, same

PAIRS = (("int8", "int32"), ("int32", "float32"), ("float16", "bfloat16"), ("bool", "int8"),
         ("uint8", "int8"), ("bfloat16", "float32"), ("int32", "float16"), ("int64", "int32"))


def of_pairs(f, source, function):
    """Dtypes promote, of equal tensors and of different ones."""
    f.promise("tensors of a dtype keep it, and different dtypes promote", at="result_type: returns")
    f.sweep("of", source, a=values(2, 3), b=values(2, 3), oracle=function, ways=SYMBOLIC)
    f.sweep("of", source, a=values(2, 3), b=values(2, 3), dtypes=("uint16", "uint32"), oracle=function,
            ways=SYMBOLIC, only=WITHOUT_TORCH)
    f.sweep("mixed", source, a=values(2, 3), b=values(2, 3), dtypes=PAIRS, oracle=function)


def joined(axis):
    """The oracle of concatenate and stack."""
    return lambda *arrays: np.concatenate(arrays, axis)


with ops.function("concatenate", area="shape", dtype=same()) as f:
    f.promise("tensors follow each other along the first axis or another", at="concatenate: axis")
    f.case("default", "ops.concatenate([a, b])", a=normal(2, 3), b=normal(1, 3), oracle=joined(0),
           profile="core")
    f.case("axis", "ops.concatenate([a, b], axis=1)", a=normal(2, 3), b=normal(2, 4), oracle=joined(1),
           profile="core")
    f.case("negative", "ops.concatenate([a, b, c], axis=-1)", a=normal(2, 3), b=normal(2, 1),
           c=normal(2, 2), oracle=joined(-1), profile="core")
    f.case("middle", "ops.concatenate([a, b], axis=-2)", a=normal(2, 3, 4), b=normal(2, 1, 4),
           oracle=joined(1))
    f.case("5d", "ops.concatenate([a, b], axis=2)", a=normal(1, 2, 1, 3, 2), b=normal(1, 2, 3, 3, 2),
           oracle=joined(2))
    f.case("tuple", "ops.concatenate((a, b), axis=0)", a=normal(3), b=normal(2), oracle=joined(0))
    f.case("single", "ops.concatenate([a], axis=1)", a=normal(2, 3), oracle=joined(1))
    f.case("empty", "ops.concatenate([a, b], axis=0)", a=normal(0, 3), b=normal(2, 3), oracle=joined(0))
    f.case("unknown-axis", "ops.concatenate([a, b], axis=1)", a=normal(2, 3).unknown(1), b=normal(2, 4),
           oracle=joined(1), ways=UNKNOWN)
    f.case("unknown-both", "ops.concatenate([a, b], axis=0)", a=normal(2, 3).unknown(0),
           b=normal(1, 3).unknown(1), oracle=joined(0), ways=UNKNOWN)
    f.case("arrays", "ops.concatenate([a, b], axis=1)", a=plain(normal(2, 3)), b=plain(normal(2, 1)),
           oracle=joined(1))
    f.promise("lengths of other axes and the numbers of dimensions agree", at=NUMPY)
    f.refuses("lengths", "ops.concatenate([a, b], axis=0)", "Exception", a=normal(2, 3), b=normal(2, 4))
    f.refuses("lengths-symbolic", "ops.concatenate([a, b], axis=0)", "Exception", a=normal(2, 3),
              b=normal(2, 4), ways=SYMBOLIC)
    f.refuses("dimensions", "ops.concatenate([a, b], axis=0)", "Exception", a=normal(2, 3), b=normal(3))
    of_pairs(f, "ops.concatenate([a, b], axis=1)", joined(1))

with ops.function("append", area="shape", dtype=same()) as f:
    f.promise("without an axis, both are flattened", at="append: axis")
    f.case("all", "ops.append(x1, x2)", x1=normal(2, 3), x2=normal(4), oracle=np.append, profile="core")
    f.case("0d", "ops.append(x1, x2)", x1=normal(2), x2=normal(), oracle=np.append)
    f.case("all-unknown", "ops.append(x1, x2)", x1=normal(2, 3).unknown(1), x2=normal(4), oracle=np.append,
           ways=UNKNOWN)
    f.promise("with an axis, x2 follows x1 along it", at="append: axis")
    f.case("axis", "ops.append(x1, x2, axis=1)", x1=normal(2, 3), x2=normal(2, 1),
           oracle=lambda a, b: np.append(a, b, 1))
    f.case("axis-negative", "ops.append(x1, x2, axis=-2)", x1=normal(2, 3), x2=normal(1, 3),
           oracle=lambda a, b: np.append(a, b, 0))
    f.case("axis-unknown", "ops.append(x1, x2, axis=0)", x1=normal(2, 3).unknown(0), x2=normal(1, 3),
           oracle=lambda a, b: np.append(a, b, 0), ways=UNKNOWN)
    f.refuses("dimensions", "ops.append(x1, x2, axis=0)", "Exception", x1=normal(2, 3), x2=normal(3))
    of_pairs(f, "ops.append(a, b, axis=1)", joined(1))

with ops.function("stack", area="shape", dtype=same()) as f:
    f.promise("tensors of a shape lie along a new axis", at="stack: axis")
    f.case("default", "ops.stack([a, b])", a=normal(2, 3), b=normal(2, 3), oracle=lambda *a: np.stack(a),
           profile="core")
    f.case("axis", "ops.stack([a, b, c], axis=1)", a=normal(2, 3), b=normal(2, 3), c=normal(2, 3),
           oracle=lambda *a: np.stack(a, 1), profile="core")
    f.case("last", "ops.stack([a, b], axis=-1)", a=normal(2, 3), b=normal(2, 3),
           oracle=lambda *a: np.stack(a, -1), profile="core")
    f.case("negative", "ops.stack([a, b], axis=-2)", a=normal(2, 3).unknown(1), b=normal(2, 3).unknown(1),
           oracle=lambda *a: np.stack(a, -2))
    f.case("end", "ops.stack((a, b), axis=2)", a=normal(2, 3), b=normal(2, 3),
           oracle=lambda *a: np.stack(a, 2))
    f.case("0d", "ops.stack([a, b])", a=normal(), b=normal(), oracle=lambda *a: np.stack(a))
    f.case("single", "ops.stack([a])", a=normal(2, 3), oracle=lambda a: a[None])
    f.case("5d", "ops.stack([a, b], axis=3)", a=normal(1, 2, 3, 2), b=normal(1, 2, 3, 2),
           oracle=lambda *a: np.stack(a, 3))
    f.case("numbers", "ops.stack([1.5, a])", a=normal(), oracle=lambda a: np.stack([1.5, a]), ways=EAGER)
    f.promise("shapes agree", at="stack: x")
    f.refuses("shapes", "ops.stack([a, b])", "Exception", a=normal(2, 3), b=normal(2, 4))
    f.refuses("shapes-symbolic", "ops.stack([a, b])", "Exception", a=normal(2, 3), b=normal(2, 4),
              ways=SYMBOLIC)
    of_pairs(f, "ops.stack([a, b], axis=1)", lambda *a: np.stack(a, 1))


def stacked(function):
    """The oracle of vstack and its kin, which take a list."""
    return lambda *arrays: function(arrays)


for name, function, axis in (("vstack", np.vstack, "the first"), ("hstack", np.hstack, "the second"),
                             ("dstack", np.dstack, "the third")):
    with ops.function(name, area="shape", dtype=same()) as f:
        call = "ops.{}([a, b])".format(name)
        f.promise("tensors follow each other along {} axis".format(axis), at=name + ": returns")
        oracle = stacked(function)
        if name == "hstack":
            f.case("2d", call, a=normal(2, 3), b=normal(2, 1), oracle=oracle, profile="core")
            f.case("3d", call, a=normal(2, 3, 4), b=normal(2, 1, 4), oracle=oracle)
        elif name == "vstack":
            f.case("2d", call, a=normal(2, 3), b=normal(1, 3), oracle=oracle, profile="core")
            f.case("3d", call, a=normal(2, 3, 4), b=normal(1, 3, 4), oracle=oracle)
        else:
            f.case("2d", call, a=normal(2, 3), b=normal(2, 3), oracle=oracle)
            f.case("3d", call, a=normal(2, 3, 4), b=normal(2, 3, 1), oracle=oracle)
        f.case("unknown", call, a=normal(2, 3).unknown(1), b=normal(2, 3).unknown(1), oracle=oracle,
               ways=UNKNOWN)
        f.promise("of fewer dimensions, as the definition says", at=name + ": definition")
        f.case("1d", call, a=normal(3), b=normal(3), oracle=oracle)
        f.case("1d-unknown", call, a=normal(3), b=normal(3), oracle=oracle, ways=UNKNOWN)
        f.case("0d", call, a=normal(), b=normal(), oracle=oracle)
        f.case("three", "ops.{}((a, b, c))".format(name), a=normal(2, 3), b=normal(2, 3), c=normal(2, 3),
               oracle=oracle)
        f.case("arrays", call, a=plain(normal(2, 3)), b=plain(normal(2, 3)), oracle=oracle)
        of_pairs(f, call, oracle)

with ops.function("split", area="shape", dtype=same("x")) as f:
    f.promise("N equal sections along the first axis or another", at="split: indices_or_sections")
    f.case("sections", x=normal(4, 3), indices_or_sections=2, oracle=np.split, profile="core")
    f.case("axis", x=normal(2, 6), indices_or_sections=3, axis=1, oracle=np.split, profile="core")
    f.case("axis-negative", x=normal(2, 3, 4).unknown(0, 1), indices_or_sections=2, axis=-1, oracle=np.split)
    f.case("one", x=normal(2, 3), indices_or_sections=1, axis=1, oracle=np.split)
    f.case("each", x=normal(2, 3, 1), indices_or_sections=3, axis=-2, oracle=np.split)
    f.promise("a list of indices says where to split", at="split: indices_or_sections")
    f.case("indices", x=normal(5, 3), indices_or_sections=[1, 3], oracle=np.split, profile="core")
    f.case("indices-axis", x=normal(2, 6).unknown(0), indices_or_sections=[1, 2, 5], axis=1, oracle=np.split)
    f.case("indices-one", x=normal(2, 6), indices_or_sections=[4], axis=-1, oracle=np.split)
    f.case("indices-tuple", x=normal(5, 2), indices_or_sections=(2, 3), axis=0, oracle=np.split)
    f.case("indices-repeated", x=normal(4, 2), indices_or_sections=[2, 2], axis=0, oracle=np.split)
    f.case("indices-ends", x=normal(4, 2), indices_or_sections=[0, 4], axis=0, oracle=np.split)
    f.promise("indices beyond the length give empty parts", at=NUMPY)
    f.case("indices-beyond", x=normal(3, 2), indices_or_sections=[2, 5], axis=0, oracle=np.split)
    f.promise("sections are equal", at="split: indices_or_sections")
    f.refuses("unequal-symbolic", "ops.split(x, 2)", "Exception", x=normal(5, 2), ways=SYMBOLIC)
    f.refuses("unequal", "ops.split(x, 2)", "Exception", x=normal(5, 2),
              only=(("jax", "numpy", "openvino", "tensorflow", "mlx", "tinygrad"), "torch is said to divide"))
    f.promise("the parts have the dtype of x", at="KerasTensor: dtype")
    f.sweep("of", x=values(2, 4), indices_or_sections=2, axis=1, oracle=np.split, ways=SYMBOLIC,
            result_dtype=None)

with ops.function("array_split", area="shape", dtype=same("x")) as f:
    f.promise("the first parts are longer where the length is no multiple", at="array_split: description")
    f.case("unequal", x=normal(5, 2), indices_or_sections=3, oracle=np.array_split)
    f.case("equal", x=normal(4, 2), indices_or_sections=2, oracle=np.array_split)
    f.case("axis", x=normal(2, 7), indices_or_sections=3, axis=1, oracle=np.array_split)
    f.case("axis-negative", x=normal(2, 3, 4).unknown(0, 1), indices_or_sections=3, axis=-1,
           oracle=np.array_split)
    f.case("more-than-there-are", x=normal(2, 3), indices_or_sections=4, axis=1, oracle=np.array_split)
    f.case("example", x=given(list(range(10)), "int32"), indices_or_sections=3, oracle=np.array_split)
    f.sweep("of", x=values(5), indices_or_sections=2, oracle=np.array_split, ways=SYMBOLIC,
            result_dtype=None)

for name, function, axis in (("vsplit", np.vsplit, 0), ("hsplit", np.hsplit, 1), ("dsplit", np.dsplit, 2)):
    with ops.function(name, area="shape", dtype=same("x")) as f:
        f.promise("N equal sections, or the parts between indices", at=name + ": indices_or_sections")
        shape = [3, 3, 3]
        shape[axis] = 4
        f.case("sections", x=normal(*shape), indices_or_sections=2, oracle=function)
        f.case("indices", x=normal(*shape), indices_or_sections=[1, 3], oracle=function)
        f.case("unknown", x=normal(*shape).unknown((axis + 1) % 3), indices_or_sections=2, oracle=function,
               ways=UNKNOWN)
        f.case("array", x=plain(normal(*shape)), indices_or_sections=4, oracle=function)
        f.case("4d", x=normal(*shape, 2), indices_or_sections=[2], oracle=function)
        if axis < 2:
            f.case("2d", x=normal(4, 4), indices_or_sections=2, oracle=function)
        if axis == 1:
            f.case("1d", x=normal(4), indices_or_sections=2, oracle=function)
            f.case("1d-indices", x=normal(4), indices_or_sections=[1, 2], oracle=function)
        f.refuses("unequal", "ops.{}(x, 3)".format(name), "Exception", x=normal(4, 4, 4), ways=SYMBOLIC)
        f.sweep("of", dtypes=COMMON, x=values(*shape), indices_or_sections=2, oracle=function, ways=SYMBOLIC,
                result_dtype=None)

with ops.function("unstack", area="shape", dtype=same("x")) as f:
    f.promise("one tensor for each index of an axis", at="unstack: axis")
    f.case("default", x=normal(3, 2).unknown(1), oracle=lambda x: list(x), profile="core")
    f.case("axis", x=normal(2, 3, 4), axis=1, oracle=lambda x, axis: list(np.moveaxis(x, axis, 0)))
    f.case("axis-negative", x=normal(2, 3, 4), axis=-1, oracle=lambda x, axis: list(np.moveaxis(x, axis, 0)))
    f.case("1d", x=normal(3).unknown(), oracle=lambda x: list(x))
    f.promise("num is the length of the axis", at="unstack: num")
    f.case("num", x=normal(3, 2), num=3, oracle=lambda x, num: list(x))
    f.case("num-axis", x=normal(2, 3), num=3, axis=1, oracle=lambda x, num, axis: list(x.T))
    f.case("num-unknown", x=normal(3, 2), num=3, oracle=lambda x, num: list(x), ways=UNKNOWN)
    f.sweep("of", x=values(2, 3), oracle=lambda x: list(x), ways=SYMBOLIC, result_dtype=None)
