"""Sums, products and extremes of segments."""
import numpy as np

from conformance.apis.ops.families import WITHOUT_TORCH
from conformance.apis.ops.inputs import given, ints, normal, plain, values
from conformance.apis.ops.language import EAGER, SYMBOLIC, UNKNOWN, ops
from conformance.apis.ops.oracle import segment as oracle
from conformance.apis.ops.promotion import COMMON, same


def segments(name, reduce, text, several):
    """A function of segments; `several` says whether the ids may have more dimensions than one."""
    with ops.function(name, area="segment", dtype=same("data")) as f:
        call = "ops.{}(data, segment_ids, {{}})".format(name)

        def wanted(count):
            return lambda data, ids: reduce(data, ids, count)

        ids = given([2, 0, 2, 1, 0], "int32")
        f.promise(text + " of the elements with an id", at=name + ": returns")
        f.case("1d", call.format("num_segments=3"), data=normal(5), segment_ids=ids, oracle=wanted(3),
               profile="core")
        f.case("positional", call.format("3"), data=normal(5), segment_ids=ids, oracle=wanted(3), ways=EAGER)
        f.case("2d", call.format("num_segments=3"), data=normal(5, 2), segment_ids=ids, oracle=wanted(3),
               profile="core")
        f.case("3d", call.format("num_segments=3"), data=normal(5, 2, 3).unknown(0, 2),
               segment_ids=ids.unknown(0), oracle=wanted(3))
        f.case("unknown", call.format("num_segments=3"), data=normal(5, 2).unknown(0, 1),
               segment_ids=ids.unknown(0), oracle=wanted(3), ways=UNKNOWN)
        f.case("one-segment", call.format("num_segments=1"), data=normal(4),
               segment_ids=given([0, 0, 0, 0], "int32"), oracle=wanted(1))
        f.case("arrays", call.format("num_segments=3"), data=plain(normal(5)),
               segment_ids=plain(np.array([2, 0, 2, 1, 0])), oracle=wanted(3), rule=same("data"))
        f.case("ids-int64", call.format("num_segments=3"), data=normal(5),
               segment_ids=given([2, 0, 2, 1, 0], "int64"), oracle=wanted(3))
        f.promise("sorted ids may be announced", at=name + ": sorted")
        f.case("sorted", call.format("num_segments=3, sorted=True"), data=normal(5),
               segment_ids=given([0, 0, 1, 2, 2], "int32"), oracle=wanted(3))
        f.case("sorted-2d", call.format("num_segments=3, sorted=True"), data=normal(5, 2),
               segment_ids=given([0, 0, 1, 2, 2], "int32"), oracle=wanted(3))
        f.promise("without a number of segments, the largest id says it", at=name + ": num_segments")
        f.case("inferred", "ops.{}(data, segment_ids)".format(name), data=normal(5), segment_ids=ids,
               oracle=wanted(3), ways=EAGER)
        f.case("inferred-2d", "ops.{}(data, segment_ids)".format(name), data=normal(5, 2),
               segment_ids=given([0, 1, 1, 2, 0], "int32"), oracle=wanted(3), ways=EAGER)
        f.case("inferred-sorted", "ops.{}(data, segment_ids, sorted=True)".format(name), data=normal(5),
               segment_ids=given([0, 0, 1, 2, 2], "int32"), oracle=wanted(3), ways=EAGER)
        f.case("inferred-declared", "ops.{}(data, segment_ids)".format(name), data=normal(5), segment_ids=ids,
               oracle=wanted(3), ways=SYMBOLIC, open_shape=True)
        if several:
            f.promise("ids of more dimensions belong to the first dimensions of data",
                      at=name + ": segment_ids")
            f.case("ids-2d", call.format("num_segments=3"), data=normal(2, 3),
                   segment_ids=given([[2, 0, 2], [1, 0, 0]], "int32"), oracle=wanted(3))
            f.case("ids-2d-of-3d", call.format("num_segments=3"), data=normal(2, 3, 2),
                   segment_ids=given([[2, 0, 2], [1, 0, 0]], "int32"), oracle=wanted(3))
            f.case("ids-2d-sorted", call.format("num_segments=3, sorted=True"), data=normal(2, 3),
                   segment_ids=given([[0, 0, 1], [1, 1, 2]], "int32"), oracle=wanted(3))
        f.promise("the result has the dtype of data", at="KerasTensor: dtype")
        f.sweep("of", call.format("num_segments=2"), data=values(4), segment_ids=given([1, 0, 1, 0], "int32"),
                dtypes=COMMON[1:], oracle=wanted(2), ways=SYMBOLIC)
        f.sweep("of", call.format("num_segments=2"), data=values(4), segment_ids=given([1, 0, 1, 0], "int32"),
                dtypes=("uint16", "uint32"), oracle=wanted(2), ways=SYMBOLIC, only=WITHOUT_TORCH)
        if name in ("segment_sum", "segment_prod"):
            f.promise("a NaN makes NaN of its segment alone", at=name + ": returns")
        else:
            f.silent("whether a NaN is ignored", at=name + ": returns")
        f.case("nan", call.format("num_segments=2"), data=given([1.0, np.nan, 2.0, 5.0]),
               segment_ids=given([0, 1, 0, 1], "int32"), oracle=wanted(2))
        if name in ("segment_sum", "segment_prod"):
            f.promise("a segment without elements is the {} of nothing".format(text[4:]),
                      at=name + ": returns")
            f.case("missing", call.format("num_segments=4"), data=normal(4),
                   segment_ids=given([3, 0, 3, 1], "int32"), oracle=wanted(4))
            f.case("missing-int32", call.format("num_segments=4"), data=ints(4, low=1),
                   segment_ids=given([3, 0, 3, 1], "int32"), oracle=wanted(4))
            f.case("missing-last", call.format("num_segments=5, sorted=True"), data=normal(4, 2),
                   segment_ids=given([0, 0, 2, 2], "int32"), oracle=wanted(5))
        else:
            f.silent("what a segment without elements is", at=name + ": returns")
            f.case("missing", call.format("num_segments=4"), data=normal(4),
                   segment_ids=given([3, 0, 3, 1], "int32"), oracle=wanted(4))
        f.silent("what an id that is negative or too large means", at=name + ": num_segments")
        f.case("outside", call.format("num_segments=2"), data=normal(4),
               segment_ids=given([0, 5, 1, -1], "int32"), oracle=wanted(2))


segments("segment_sum", oracle.segment_sum, "the sum", several=True)
segments("segment_prod", oracle.segment_prod, "the product", several=False)
segments("segment_max", oracle.segment_max, "the largest", several=True)
segments("segment_min", oracle.segment_min, "the smallest", several=True)
