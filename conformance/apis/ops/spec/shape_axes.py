"""Axes added, removed, permuted and reversed."""
import numpy as np

from conformance.apis.ops.families import NUMPY, any_dtype, not_tensors
from conformance.apis.ops.inputs import given, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.oracle import rearranging as oracle
from conformance.apis.ops.promotion import same

REFUSED = "Exception"
KNOWN = ("eager", "symbolic", "traced")

with ops.function("reshape", area="shape", dtype=same("x")) as f:
    f.promise("the same elements in row-major order, in a new shape", at="reshape: newshape")
    f.case("2d", x=normal(2, 3, 4), newshape=(6, 4), oracle=oracle.reshape, profile="core")
    f.case("flat", x=normal(2, 3), newshape=(6,), oracle=oracle.reshape, profile="core")
    f.case("listed", x=normal(2, 3), newshape=[3, 2], oracle=oracle.reshape)
    f.case("to-5d", x=normal(4, 6), newshape=(2, 1, 2, 3, 2), oracle=oracle.reshape)
    f.case("from-0d", x=normal(), newshape=(1, 1), oracle=oracle.reshape)
    f.case("to-0d", x=normal(1, 1), newshape=(), oracle=oracle.reshape)
    f.promise("one dimension may be -1, which is inferred", at="reshape: newshape")
    f.case("inferred", x=normal(2, 3, 4), newshape=(-1, 4), oracle=oracle.reshape, profile="core")
    f.case("inferred-last", x=normal(2, 6).unknown(0), newshape=(3, -1), oracle=oracle.reshape,
           profile="core")
    f.case("inferred-middle", x=normal(2, 3, 4), newshape=(2, -1, 2), oracle=oracle.reshape)
    f.case("inferred-one", x=normal(2, 3), newshape=(6, -1), oracle=oracle.reshape)
    f.case("inferred-flat", x=normal(2, 3).unknown(0, 1), newshape=(-1,), oracle=oracle.reshape)
    f.case("inferred-batch", x=normal(2, 3, 4), newshape=(-1, 12), oracle=oracle.reshape, ways=UNKNOWN)
    f.case("inferred-0d", x=normal(), newshape=(-1,), oracle=oracle.reshape)
    f.case("inferred-empty", x=normal(0, 3), newshape=(-1, 3), oracle=oracle.reshape)
    f.case("empty", x=normal(0, 3), newshape=(3, 0, 2), oracle=oracle.reshape)
    f.promise("an int is a shape of one dimension", at=NUMPY)
    f.case("int", x=normal(2, 3), newshape=6, oracle=oracle.reshape)
    f.case("int-inferred", x=normal(2, 3), newshape=-1, oracle=oracle.reshape)
    f.promise("a shape that does not fit is refused", at="reshape: newshape")
    f.refuses("misfit", "ops.reshape(x, (4, 2))", REFUSED, x=normal(2, 3))
    f.refuses("misfit-inferred", "ops.reshape(x, (4, -1))", REFUSED, x=normal(2, 3))
    f.refuses("misfit-symbolic", "ops.reshape(x, (4, 2))", REFUSED, x=normal(2, 3), ways=SYMBOLIC)
    f.refuses("inferred-twice", "ops.reshape(x, (-1, -1))", REFUSED, x=normal(2, 3))
    any_dtype(f, oracle.reshape, newshape=(3, 2))
    not_tensors(f, oracle.reshape, newshape=(3, 2))

with ops.function("ravel", area="shape", dtype=same("x")) as f:
    f.promise("all elements in row-major order, in one dimension", at="ravel: returns")
    f.case("3d", x=normal(2, 3, 4), oracle=np.ravel, profile="core")
    f.case("0d", x=normal(), oracle=np.ravel)
    f.case("1d", x=normal(3), oracle=np.ravel)
    f.case("empty", x=normal(0, 3), oracle=np.ravel)
    f.case("unknown", x=normal(2, 3).unknown(1), oracle=np.ravel, ways=UNKNOWN)
    any_dtype(f, np.ravel)
    not_tensors(f, np.ravel)

with ops.function("transpose", area="shape", dtype=same("x")) as f:
    f.promise("all axes in reverse order", at="transpose: axes")
    f.case("default", x=normal(2, 3, 4), oracle=np.transpose, profile="core")
    f.case("0d", x=normal(), oracle=np.transpose)
    f.case("1d", x=normal(3), oracle=np.transpose)
    f.case("5d", x=normal(2, 1, 3, 2, 2), oracle=np.transpose)
    f.case("unknown", x=normal(2, 3, 4).unknown(0, 2), oracle=np.transpose, ways=UNKNOWN)
    f.case("empty", x=normal(0, 3), oracle=np.transpose)
    f.promise("axes is a permutation", at="transpose: axes")
    f.case("axes", x=normal(2, 3, 4), axes=(2, 0, 1), oracle=np.transpose, profile="core")
    f.case("axes-listed", x=normal(2, 3, 4).unknown(1), axes=[1, 2, 0], oracle=np.transpose)
    f.case("axes-5d", x=normal(2, 1, 3, 2, 2), axes=(0, 4, 1, 3, 2), oracle=np.transpose)
    f.promise("negative axes count from the last", at=NUMPY)
    f.case("axes-negative", x=normal(2, 3, 4), axes=(0, -1, 1), oracle=np.transpose)
    f.promise("what is no permutation is refused", at="transpose: axes")
    f.refuses("repeated", "ops.transpose(x, (0, 0, 1))", REFUSED, x=normal(2, 3, 4))
    f.refuses("too-few", "ops.transpose(x, (1, 0))", REFUSED, x=normal(2, 3, 4))
    any_dtype(f, np.transpose)
    not_tensors(f, np.transpose)

with ops.function("swapaxes", area="shape", dtype=same("x")) as f:
    f.promise("two axes change places", at="swapaxes: axis1, axis2")
    f.case("axes", x=normal(2, 3, 4), axis1=0, axis2=2, oracle=np.swapaxes, profile="core")
    f.case("negative", x=normal(2, 3, 4).unknown(0, 2), axis1=-1, axis2=1, oracle=np.swapaxes, profile="core")
    f.case("same", x=normal(2, 3), axis1=1, axis2=-1, oracle=np.swapaxes)
    f.case("5d", x=normal(2, 1, 3, 2, 4), axis1=-4, axis2=4, oracle=np.swapaxes)
    f.refuses("outside", "ops.swapaxes(x, 0, 2)", REFUSED, x=normal(2, 3))
    any_dtype(f, np.swapaxes, axis1=0, axis2=1)
    not_tensors(f, np.swapaxes, axis1=0, axis2=1)

def moved(f, variant, x, origin, destination, **rest):
    """A case of moveaxis; its argument `source` would be taken for source text."""
    f.case(variant, "ops.moveaxis(x, source={!r}, destination={!r})".format(origin, destination), x=x,
           oracle=lambda x: np.moveaxis(x, origin, destination), **rest)


with ops.function("moveaxis", area="shape", dtype=same("x")) as f:
    f.promise("axes move to new places, and the rest keeps its order", at="moveaxis: source, destination")
    moved(f, "last", normal(2, 3, 4), 0, -1, profile="core")
    moved(f, "first", normal(2, 3, 4).unknown(0, 1), -1, 0)
    moved(f, "several", normal(2, 3, 4), [0, 1], [-1, -2], profile="core")
    moved(f, "tuples", normal(2, 3, 4, 5), (0, 2), (1, 0))
    moved(f, "5d", normal(2, 1, 3, 2, 4), (4, -3), (0, 1))
    moved(f, "nowhere", normal(2, 3), 1, 1)
    moved(f, "array", plain(normal(2, 3)), 0, 1)
    f.promise("source and destination are unique", at="moveaxis: source")
    f.refuses("repeated", "ops.moveaxis(x, [0, 0], [0, 1])", REFUSED, x=normal(2, 3))
    f.promise("the result has the dtype of x", at="KerasTensor: dtype")
    f.sweep("of", "ops.moveaxis(x, 0, 1)", x=values(2, 3), oracle=lambda x: np.moveaxis(x, 0, 1),
            ways=SYMBOLIC)

with ops.function("expand_dims", area="shape", dtype=same("x")) as f:
    f.promise("axis is the place of the new axis in the result", at="expand_dims: axis")
    f.case("first", x=normal(2, 3), axis=0, oracle=oracle.expand_dims, profile="core")
    f.case("middle", x=normal(2, 3).unknown(0, 1), axis=1, oracle=oracle.expand_dims)
    f.case("last", x=normal(2, 3), axis=-1, oracle=oracle.expand_dims, profile="core")
    f.case("negative", x=normal(2, 3, 4), axis=-2, oracle=oracle.expand_dims)
    f.case("end", x=normal(2, 3), axis=2, oracle=oracle.expand_dims)
    f.case("0d", x=normal(), axis=0, oracle=oracle.expand_dims)
    f.case("5d", x=normal(1, 2, 3, 1, 2), axis=3, oracle=oracle.expand_dims)
    f.promise("there may be several new axes", at="expand_dims: axis")
    f.case("several", x=normal(2, 3), axis=(0, 2), oracle=oracle.expand_dims)
    f.case("several-listed", x=normal(2, 3).unknown(1), axis=[1, 3], oracle=oracle.expand_dims)
    f.case("several-negative", x=normal(2, 3), axis=(-1, 0), oracle=oracle.expand_dims)
    f.case("several-unordered", x=normal(2, 3, 4), axis=(3, 1), oracle=oracle.expand_dims)
    f.case("several-negative-both", x=normal(2, 3), axis=(-1, -3), oracle=oracle.expand_dims)
    f.promise("an axis outside of the result is refused", at="expand_dims: axis")
    f.refuses("outside", "ops.expand_dims(x, 4)", REFUSED, x=normal(2, 3))
    any_dtype(f, oracle.expand_dims, axis=1)
    not_tensors(f, oracle.expand_dims, axis=1)

with ops.function("squeeze", area="shape", dtype=same("x")) as f:
    f.promise("all axes of length one go", at="squeeze: returns")
    f.case("all", x=normal(1, 3, 1, 2, 1), oracle=oracle.squeeze, ways=KNOWN, profile="core")
    f.case("none", x=normal(2, 3), oracle=oracle.squeeze)
    f.case("to-0d", x=normal(1, 1), oracle=oracle.squeeze)
    f.case("0d", x=normal(), oracle=oracle.squeeze)
    f.case("empty", x=normal(1, 0), oracle=oracle.squeeze)
    f.promise("axis selects among them", at="squeeze: axis")
    f.case("axis", x=normal(1, 3, 1).unknown(1), axis=0, oracle=oracle.squeeze, profile="core")
    f.case("axis-negative", x=normal(2, 3, 1), axis=-1, oracle=oracle.squeeze, profile="core")
    f.case("axis-unknown", x=normal(2, 1, 3), axis=1, oracle=oracle.squeeze, ways=UNKNOWN)
    f.case("axes", x=normal(1, 3, 1, 2, 1).unknown(1, 3), axis=(0, 2), oracle=oracle.squeeze)
    f.case("axes-negative", x=normal(1, 3, 1, 2).unknown(1), axis=(-2, 0), oracle=oracle.squeeze)
    f.case("axes-listed", x=normal(1, 3, 1), axis=[0, 2], oracle=oracle.squeeze)
    f.promise("an axis of another length is refused", at=NUMPY)
    f.refuses("longer", "ops.squeeze(x, axis=1)", REFUSED, x=normal(1, 3))
    f.refuses("longer-symbolic", "ops.squeeze(x, axis=1)", REFUSED, x=normal(1, 3), ways=SYMBOLIC)
    any_dtype(f, oracle.squeeze, of=(1, 3))
    not_tensors(f, oracle.squeeze)

with ops.function("broadcast_to", area="shape", dtype=same("x")) as f:
    f.promise("x is repeated along new axes and those of length one", at="broadcast_to: shape")
    f.case("new-axis", x=normal(3), shape=(2, 3), oracle=np.broadcast_to, profile="core")
    f.case("length-1", x=normal(3, 1), shape=(3, 4), oracle=np.broadcast_to, profile="core")
    f.case("both", x=normal(2, 1, 3), shape=(4, 2, 5, 3), oracle=np.broadcast_to)
    f.case("listed", x=normal(1, 3), shape=[2, 3], oracle=np.broadcast_to)
    f.case("0d", x=normal(), shape=(2, 3), oracle=np.broadcast_to)
    f.case("same", x=normal(2, 3), shape=(2, 3), oracle=np.broadcast_to)
    f.case("to-nothing", x=normal(1, 3), shape=(0, 3), oracle=np.broadcast_to)
    f.promise("an int is a shape of one dimension", at="broadcast_to: shape")
    f.case("int", x=normal(1), shape=3, oracle=np.broadcast_to)
    f.case("int-0d", x=normal(), shape=4, oracle=np.broadcast_to)
    f.promise("a shape that does not fit is refused", at="broadcast_to: shape")
    f.refuses("misfit", "ops.broadcast_to(x, (2, 4))", REFUSED, x=normal(3))
    f.refuses("fewer", "ops.broadcast_to(x, (3,))", REFUSED, x=normal(2, 3))
    any_dtype(f, np.broadcast_to, shape=(2, 2, 3))
    not_tensors(f, np.broadcast_to, shape=(2, 2, 3))

with ops.function("flip", area="shape", dtype=same("x")) as f:
    f.promise("the order along all axes is reversed", at="flip: axis")
    f.case("all", x=normal(2, 3, 4), oracle=oracle.flip, profile="core")
    f.case("all-unknown", x=normal(2, 3).unknown(0, 1), oracle=oracle.flip, ways=UNKNOWN)
    f.promise("or along an axis, or several", at="flip: axis")
    f.case("axis", x=normal(2, 3, 4), axis=1, oracle=oracle.flip, profile="core")
    f.case("axis-negative", x=normal(2, 3, 4), axis=-1, oracle=oracle.flip)
    f.case("axes", x=normal(2, 3, 4), axis=(0, -1), oracle=oracle.flip)
    f.case("axes-listed", x=normal(2, 3, 4), axis=[1, 2], oracle=oracle.flip)
    f.case("5d", x=normal(2, 1, 3, 2, 2), axis=(0, 2, 4), oracle=oracle.flip)
    f.case("1d", x=normal(4), oracle=oracle.flip)
    f.case("0d", x=normal(), oracle=oracle.flip)
    f.case("empty", x=normal(0, 3), axis=0, oracle=oracle.flip)
    any_dtype(f, oracle.flip, axis=1)
    not_tensors(f, oracle.flip, axis=1)

for name, axis, text in (("fliplr", 1, "the second"), ("flipud", 0, "the first")):
    with ops.function(name, area="shape", dtype=same("x")) as f:
        function = np.fliplr if axis else np.flipud
        f.promise("the order along {} axis is reversed".format(text), at=name + ": returns")
        f.case("2d", x=normal(2, 3), oracle=function)
        f.case("3d", x=normal(2, 3, 4).unknown(0, 1), oracle=function)
        f.case("5d", x=normal(2, 3, 1, 2, 2), oracle=function, ways=EAGER)
        f.promise("x has at least {} dimensions".format(axis + 1), at=name + ": x")
        f.case("least", x=normal(*(3,) * (axis + 1)), oracle=function, ways=SYMBOLIC)
        f.refuses("too-few", "ops.{}(x)".format(name), REFUSED, x=normal(*(3,) * axis))
        any_dtype(f, function)
        not_tensors(f, function)

with ops.function("rot90", area="shape", dtype=same("array")) as f:
    f.promise("counterclockwise by a quarter turn, from the first axis towards the second", at="rot90: array")
    f.case("2d", array=normal(2, 3), oracle=oracle.rot90, profile="core")
    f.case("3d", array=normal(2, 3, 4), oracle=oracle.rot90)
    f.promise("k times; negative k turn clockwise", at="rot90: k")
    for k in (0, 2, 3, 4, 5, -1, -2, -3):
        f.case("k{}".format(k), array=normal(2, 3), k=k, oracle=oracle.rot90)
    f.promise("axes is the plane", at="rot90: axes")
    f.case("axes", array=normal(2, 3, 4).unknown(0, 2), axes=(1, 2), oracle=oracle.rot90)
    f.case("axes-reversed", array=normal(2, 3, 4), axes=(2, 1), oracle=oracle.rot90)
    f.case("axes-negative", array=normal(2, 3, 4), k=3, axes=(-1, 0), oracle=oracle.rot90)
    f.case("axes-k2", array=normal(2, 3, 4), k=2, axes=(0, 2), oracle=oracle.rot90)
    f.promise("arrays have at least two dimensions", at="rot90: array")
    f.refuses("1d", "ops.rot90(x)", REFUSED, x=normal(3))
    f.promise("the two axes differ", at="rot90: axes")
    f.refuses("axes-same", "ops.rot90(x, axes=(1, -1))", REFUSED, x=normal(2, 3))
    any_dtype(f, oracle.rot90, name="array")
    f.promise("array may be a NumPy array", at="rot90: example")
    f.case("array", "ops.rot90(m)", m=given([[1, 2, 3], [4, 5, 6]], "int32").but(plain=True), ways=EAGER,
           oracle=oracle.rot90, rule=same("m"))
