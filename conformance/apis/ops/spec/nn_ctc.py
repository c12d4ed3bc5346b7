"""Connectionist temporal classification: the loss and decoding."""
import numpy as np

from conformance.apis.ops.inputs import distinct, given, normal, plain
from conformance.apis.ops.language import ops
from conformance.apis.ops.oracle import loss as oracle
from conformance.apis.ops.promotion import same


def lengths(*values):
    """Lengths, as integers."""
    return given(list(values), "int32")


LABELS = given([[1, 2, 2], [3, 1, 0]], "int32")

with ops.function("ctc_loss", area="nn", dtype=same("output")) as f:
    f.promise("minus the log of the chance of each target, over all paths", at="ctc_loss: description")
    f.case("batch", target=LABELS, output=normal(2, 6, 4), target_length=lengths(3, 2),
           output_length=lengths(6, 6), oracle=oracle.ctc, profile="core")
    f.case("one", target=given([[1, 2]], "int32"), output=normal(1, 4, 3), target_length=lengths(2),
           output_length=lengths(4), oracle=oracle.ctc)
    f.case("single-label", target=given([[2], [1]], "int32"), output=normal(2, 3, 4),
           target_length=lengths(1, 1), output_length=lengths(3, 3), oracle=oracle.ctc)
    f.case("tight", target=given([[1, 2, 3]], "int32"), output=normal(1, 3, 4), target_length=lengths(3),
           output_length=lengths(3), oracle=oracle.ctc)
    f.case("repeats", target=given([[1, 1, 1]], "int32"), output=normal(1, 6, 3), target_length=lengths(3),
           output_length=lengths(6), oracle=oracle.ctc)
    f.promise("lengths say what counts of a target and of an output", at="ctc_loss: target_length")
    f.case("short-output", target=LABELS, output=normal(2, 7, 4), target_length=lengths(2, 1),
           output_length=lengths(4, 6), oracle=oracle.ctc)
    f.case("padded-target", target=given([[1, 3, 2, 1], [2, 3, 3, 3]], "int32"), output=normal(2, 6, 4),
           target_length=lengths(2, 1), output_length=lengths(6, 5), oracle=oracle.ctc)
    f.promise("outputs are logits, whatever their size", at="ctc_loss: output")
    f.case("logits-large", target=LABELS, output=normal(2, 6, 4, scale=20.0), target_length=lengths(3, 2),
           output_length=lengths(6, 6), oracle=oracle.ctc)
    f.promise("mask_index is the blank, 0 unless given", at="ctc_loss: mask_index")
    f.case("mask-last", target=given([[0, 1, 1], [2, 0, 0]], "int32"), output=normal(2, 6, 4),
           target_length=lengths(3, 2), output_length=lengths(6, 6), mask_index=3, oracle=oracle.ctc)
    f.case("mask-middle", target=given([[0, 2, 2], [3, 0, 0]], "int32"), output=normal(2, 6, 4),
           target_length=lengths(3, 2), output_length=lengths(6, 6), mask_index=1, oracle=oracle.ctc)
    f.case("positional", "ops.ctc_loss(t, o, n, m, 3)", t=given([[0, 1]], "int32"), o=normal(1, 5, 4),
           n=lengths(2), m=lengths(5), rule=same("o"),
           oracle=lambda t, o, n, m: oracle.ctc(t, o, n, m, 3))
    f.case("array", target=plain(np.array([[1, 2]], "int32")), output=plain(normal(1, 4, 3)),
           target_length=plain(np.array([2], "int32")), output_length=plain(np.array([4], "int32")),
           oracle=oracle.ctc, result_dtype=None)

with ops.function("ctc_decode", area="nn", dtype=None) as f:
    f.promise("greedy: the best category of each step, repeats merged, blanks dropped, padded with -1; and "
              "minus the sum of its logits", at="ctc_decode: returns")
    f.case("greedy", inputs=distinct(2, 6, 4), sequence_lengths=lengths(6, 6), oracle=oracle.greedy,
           result_dtype=("int32", "float32"))
    f.case("greedy-repeats", inputs=given(10.0 * np.eye(3)[[[1, 1, 0, 1, 2, 2], [2, 2, 2, 2, 0, 0]]]),
           sequence_lengths=lengths(6, 6), oracle=oracle.greedy, result_dtype=("int32", "float32"))
    f.case("greedy-blank", inputs=given(10.0 * np.eye(3)[[[0, 0, 0, 0]]]), sequence_lengths=lengths(4),
           oracle=oracle.greedy, result_dtype=("int32", "float32"))
    f.promise("sequence_lengths says how many steps count", at="ctc_decode: sequence_lengths")
    f.case("greedy-short", inputs=distinct(3, 6, 4), sequence_lengths=lengths(4, 2, 6), oracle=oracle.greedy,
           result_dtype=("int32", "float32"))
    f.promise("merge_repeated=False keeps repeats", at="ctc_decode: merge_repeated")
    f.case("greedy-unmerged", inputs=given(10.0 * np.eye(3)[[[1, 1, 0, 1, 2, 2], [2, 2, 2, 2, 0, 0]]]),
           sequence_lengths=lengths(6, 6), merge_repeated=False, oracle=oracle.greedy,
           result_dtype=("int32", "float32"))
    f.promise("mask_index is the blank, 0 unless given", at="ctc_decode: mask_index")
    f.case("greedy-mask-last", inputs=distinct(2, 6, 4), sequence_lengths=lengths(6, 5), mask_index=3,
           oracle=oracle.greedy, result_dtype=("int32", "float32"))
    f.case("greedy-mask-middle", inputs=distinct(2, 6, 4), sequence_lengths=lengths(6, 5), mask_index=1,
           oracle=oracle.greedy, result_dtype=("int32", "float32"))
    f.promise("beam search: the most probable labellings, best first, and the log of their chances",
              at="ctc_decode: strategy")
    f.case("beams", "ops.ctc_decode(x, n, strategy='beam_search')", x=normal(2, 4, 3, scale=2.0),
           n=lengths(4, 4), oracle=oracle.beams, result_dtype=("int32", "float32"))
    f.case("beams-short", "ops.ctc_decode(x, n, strategy='beam_search')", x=normal(2, 5, 3, scale=2.0),
           n=lengths(4, 2), oracle=oracle.beams, result_dtype=("int32", "float32"))
    f.promise("top_paths says how many", at="ctc_decode: top_paths")
    f.case("beams-top", "ops.ctc_decode(x, n, strategy='beam_search', top_paths=3)",
           x=normal(2, 4, 3, scale=2.0), n=lengths(4, 4), oracle=lambda x, n: oracle.beams(x, n, 3),
           result_dtype=("int32", "float32"))
    f.case("beams-mask", "ops.ctc_decode(x, n, strategy='beam_search', top_paths=2, mask_index=2)",
           x=normal(2, 4, 3, scale=2.0), n=lengths(4, 3), oracle=lambda x, n: oracle.beams(x, n, 2, 2),
           result_dtype=("int32", "float32"))
    f.case("positional", "ops.ctc_decode(x, n, 'beam_search', 50, 2, True, 0)", x=normal(1, 4, 3, scale=2.0),
           n=lengths(4), oracle=lambda x, n: oracle.beams(x, n, 2), result_dtype=("int32", "float32"))
    f.promise("another strategy is refused", at="ctc_decode: strategy")
    f.refuses("strategy", "ops.ctc_decode(x, n, strategy='lucky')", ("ValueError",), "strategy",
              x=normal(1, 4, 3), n=lengths(4))
