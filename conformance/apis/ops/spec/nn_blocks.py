"""Blocks of images: sliding ones, and those that change places with channels."""
import numpy as np

from conformance.apis.ops.inputs import distinct, given, normal, plain, values
from conformance.apis.ops.language import ops
from conformance.apis.ops.oracle import blocks as oracle
from conformance.apis.ops.promotion import FLOATS, same

FIRST = "channels_first"

with ops.function("unfold", area="nn", dtype=same()) as f:
    f.promise("the sliding blocks of each image, flattened, become columns", at="unfold: returns")
    f.case("size", x=distinct(2, 3, 4, 5), kernel_size=2, oracle=oracle.unfold)
    f.case("size-each", x=distinct(2, 3, 4, 5), kernel_size=(3, 2), oracle=oracle.unfold)
    f.case("example", x=distinct(1, 2, 4, 4), kernel_size=2, stride=2, oracle=oracle.unfold)
    f.case("whole", x=distinct(2, 3, 4, 5), kernel_size=(4, 5), oracle=oracle.unfold)
    f.promise("stride is the step of the window", at="unfold: stride")
    f.case("stride", x=distinct(2, 3, 6, 7), kernel_size=2, stride=3, oracle=oracle.unfold)
    f.case("stride-each", x=distinct(2, 3, 6, 7), kernel_size=2, stride=(2, 3), oracle=oracle.unfold)
    f.promise("padding puts zeros at both sides", at="unfold: padding")
    f.case("padding", x=distinct(2, 3, 4, 5), kernel_size=3, padding=1, oracle=oracle.unfold)
    f.case("padding-each", x=distinct(2, 3, 4, 5), kernel_size=3, padding=(1, 2), oracle=oracle.unfold)
    f.promise("dilation is the spacing of the points of a kernel", at="unfold: dilation")
    f.case("dilation", x=distinct(2, 3, 6, 7), kernel_size=2, dilation=2, oracle=oracle.unfold)
    f.case("dilation-each", x=distinct(2, 3, 6, 7), kernel_size=(2, 3), dilation=(3, 2), oracle=oracle.unfold)
    f.case("all", x=distinct(1, 2, 7, 8), kernel_size=(2, 3), dilation=(2, 1), padding=(1, 2), stride=(2, 3),
           oracle=oracle.unfold)
    f.case("positional", "ops.unfold(x, 2, 1, 1, 2)", x=distinct(1, 2, 6, 4),
           oracle=lambda x: oracle.unfold(x, 2, 1, 1, 2))
    f.promise("a tensor keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, x=values(1, 2, 3, 4), kernel_size=2, oracle=oracle.unfold)
    f.promise("an input that is not 4D is refused", at="unfold: x")
    f.refuses("3d", "ops.unfold(x, 2)", ("ValueError",), "4d", x=normal(2, 4, 5))

with ops.function("fold", area="nn", dtype=same()) as f:
    f.promise("images out of blocks; where blocks overlap, they are summed", at="fold: description")
    f.case("apart", x=normal(2, 12, 4), output_size=4, kernel_size=2, stride=2, oracle=oracle.fold)
    f.case("overlap", x=normal(2, 12, 12), output_size=(4, 5), kernel_size=2, oracle=oracle.fold)
    f.case("size-each", x=normal(2, 12, 8), output_size=(4, 5), kernel_size=(3, 2), oracle=oracle.fold)
    f.promise("stride, padding and dilation are those of unfold", at="fold: stride")
    f.case("stride", x=normal(2, 12, 6), output_size=(5, 7), kernel_size=2, stride=(3, 2),
           oracle=oracle.fold)
    f.case("padding", x=normal(2, 18, 20), output_size=(4, 5), kernel_size=3, padding=1, oracle=oracle.fold)
    f.case("padding-each", x=normal(1, 18, 28), output_size=(4, 5), kernel_size=3, padding=(1, 2),
           oracle=oracle.fold)
    f.case("dilation", x=normal(2, 12, 20), output_size=(6, 7), kernel_size=2, dilation=2,
           oracle=oracle.fold)
    f.case("dilation-each", x=normal(2, 12, 15), output_size=(6, 7), kernel_size=2, dilation=(3, 2),
           oracle=oracle.fold)
    f.case("positional", "ops.fold(x, (4, 6), 2, 1, 1, 2)", x=normal(1, 8, 12),
           oracle=lambda x: oracle.fold(x, (4, 6), 2, 1, 1, 2))
    f.promise("fold of unfold counts how many blocks hold a pixel", at="fold: description")
    f.case("reverse", "ops.fold(ops.unfold(x, 2, stride=2), (4, 6), 2, stride=2)", x=normal(2, 3, 4, 6),
           oracle=lambda x: x)
    f.promise("a tensor keeps its dtype", at="KerasTensor: dtype")
    f.sweep("of", dtypes=FLOATS, x=values(1, 8, 4), output_size=4, kernel_size=2, stride=2,
            oracle=oracle.fold)
    f.promise("an input that is not 3D is refused", at="fold: x")
    f.refuses("4d", "ops.fold(x, 4, 2)", ("ValueError",), "3d", x=normal(2, 3, 4, 5))


def exchange(f, oracle, last, first):
    """What both directions say: `last` and `first` are shapes of the two data formats for blocks of 2."""
    f.promise("blocks of pixels and channels change places", at=f.name + ": description")
    f.case("last", x=distinct(*last), block_size=2, oracle=oracle)
    f.case("block-3", x=distinct(2, 3, 6, 18), block_size=3, oracle=oracle)
    f.case("explicit", x=distinct(*last), block_size=2, data_format="channels_last", oracle=oracle)
    f.promise("data_format says where the channels are: what becomes longer, and what shorter",
              at=f.name + ": data_format")
    f.case("first-length", "ops.shape(ops.{}(x, 2, 'channels_first'))".format(f.name), x=distinct(*first),
           want=oracle(np.zeros(first), 2, FIRST).shape, ways="eager")
    f.case("unknown-space", x=distinct(*last).unknown(0, 1, 2), block_size=2, oracle=oracle, ways="unknown")
    f.case("array", x=plain(distinct(*last)), block_size=2, oracle=oracle, result_dtype=None)
    f.promise("the dtype is that of x", at=f.name + ": returns")
    f.sweep("of", dtypes=FLOATS + ("int32", "uint8", "bool"), x=values(1, 2, 4, 4), block_size=2,
            oracle=oracle)
    f.case("no-batch", x=given(np.zeros((0,) + last[1:])), block_size=2, oracle=oracle)
    f.silent("the order of the channels where channels are first", at=f.name + ": data_format")
    f.case("first", x=distinct(*first), block_size=2, data_format=FIRST, oracle=oracle)
    f.case("first-block-3", x=distinct(2, 18, 3, 6), block_size=3, data_format=FIRST, oracle=oracle)
    f.case("positional", "ops.{}(x, 2, 'channels_first')".format(f.name), x=distinct(*first),
           oracle=lambda x: oracle(x, 2, FIRST))
    f.promise("a block of less than 2 is refused", at=f.name + ": block_size")
    f.refuses("block-1", "ops.{}(x, 1)".format(f.name), ("ValueError",), "block_size", x=normal(*last))


with ops.function("depth_to_space", area="nn", dtype=same()) as f:
    exchange(f, oracle.depth_to_space, (2, 3, 2, 12), (2, 12, 3, 2))

with ops.function("space_to_depth", area="nn", dtype=same()) as f:
    exchange(f, oracle.space_to_depth, (2, 4, 6, 3), (2, 3, 4, 6))
    f.promise("it reverses depth_to_space", at="space_to_depth: description")
    f.case("reverse", "ops.depth_to_space(ops.space_to_depth(x, 2), 2)", x=distinct(2, 4, 6, 3),
           oracle=lambda x: x)
    f.case("reverse-first", "ops.depth_to_space(ops.space_to_depth(x, 2, 'channels_first'), 2, "
           "'channels_first')", x=distinct(2, 3, 4, 6), oracle=lambda x: x)
