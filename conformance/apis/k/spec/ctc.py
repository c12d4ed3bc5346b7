"""Connectionist temporal classification: cost, decoding, labels as sparse tensors."""
from functools import partial

import numpy as np

from conformance.apis.k.language import ALL_WAYS, KNOWN, UNKNOWN, k
from conformance.case import Check, Input, given
from conformance.oracle.ctc import batch_cost, best_labels, dense_to_sparse, greedy

# What compiles compiles a loop over loops here: minutes on a machine that is busy with something else.
_PATIENCE = 5
# No probability on a path here is below 0.03: an epsilon of 1e-7, added to each, moves the logarithm of a
# step by 3e-6 at most, and eight steps by 2.4e-5. The costs are above 1, so 3e-5 is their relative error.
_ULPS = (256, "epsilon may be added to each probability, which moves a cost by 3e-5 of it")


def softmax(*shape, sharp=1.5):
    """Distributions over the last axis; where `sharp` is large, a category stands out."""
    def make(random):
        raised = np.exp(random.standard_normal(shape) * sharp)
        return 0.8 * raised / raised.sum(axis=-1, keepdims=True) + 0.2 / shape[-1]
    return Input(make, len(shape), "float32")


def samples(labels, label_lengths, y_pred, lengths, unknown=(0,)):
    """The inputs of a cost: labels, probabilities, and how long each of them is."""
    n, m = (given(np.reshape(column, (-1, 1)), "int32") for column in (lengths, label_lengths))
    y_true = given(labels, "int32")
    return dict(y_true=y_true.unknown(*unknown), y_pred=y_pred.unknown(*unknown), n=n, m=m)


def differences(y_true, y_pred, n, m):
    """What each sample costs more than the first."""
    costs = batch_cost(y_true, y_pred, n, m).ravel()
    return costs - costs[0]


with k.function("ctc_batch_cost", area="ctc") as f:
    cost = partial(f.case, oracle=batch_cost, patience=_PATIENCE, ulps=_ULPS)

    f.promise("the result has shape (samples, 1) and holds the CTC loss of each sample",
              at="ctc_batch_cost: returns")
    # Lengths that differ in both: each of them counts, and neither can stand for the other.
    cost("both-lengths", **samples([[0, 1, 2], [3, 0, 1], [2, 1, 3]], [3, 1, 2], softmax(3, 7, 5), [5, 7, 3]),
         ways=ALL_WAYS)
    cost("repeated-labels", **samples([[1, 1, 2], [0, 0, 0]], [3, 3], softmax(2, 8, 4), [8, 6]))
    # Labels told apart by what they cost, over the same number of steps: any common summand cancels out.
    f.case("differences",
           "c = K.flatten(K.ctc_batch_cost(y_true, y_pred, n, m))\nresult = K.cast(c - c[0], 'float32')",
           oracle=differences, patience=_PATIENCE, ulps=_ULPS,
           **samples([[0, 1, 2], [2, 2, 0], [1, 1, 1], [3, 0, 0], [0, 3, 1]], [3, 3, 3, 1, 2],
                     softmax(5, 7, 5, sharp=0.5), [5] * 5))

    f.promise("input_length is a column with the number of steps of each sample that count",
              at="ctc_batch_cost: input_length")
    cost("one-step", **samples([[0, 1], [2, 0]], [1, 1], softmax(2, 1, 4), [1, 1]))
    cost("unknown-time-and-labels",
         **samples([[0, 1, 2], [3, 0, 1]], [3, 2], softmax(2, 6, 5), [6, 5], unknown=(0, 1)))

    f.promise("label_length is a column with the number of labels of each sample that count",
              at="ctc_batch_cost: label_length")
    cost("one-sample", **samples([[0, 1, 2]], [2], softmax(1, 5, 4), [4]))
    cost("labels-as-long-as-input", **samples([[0, 2, 1], [1, 0, 2]], [3, 3], softmax(2, 3, 4), [3, 3]))

    f.promise("y_true may be a single column wide", at="ctc_batch_cost: y_true")
    cost("width-one-labels", **samples([[0], [2]], [1, 1], softmax(2, 5, 4), [5, 4]), ways=KNOWN)


def labels_then_blanks(labels):
    """These labels, and -1 in every column after them: how wide the result is, K does not say."""
    labels = np.asarray(labels)

    def problem(got):
        got = np.asarray(got)
        if got.ndim != 2 or len(got) != len(labels) or got.shape[1] < labels.shape[1]:
            return f"wrong shape: {got.shape} instead of {labels.shape}, or wider"
        padded = np.full(got.shape, -1)
        padded[:, :labels.shape[1]] = labels
        if (got == padded).all():
            return None
        return f"wrong labels: {got.tolist()} instead of {labels.tolist()}"
    return Check(f"labels {labels.tolist()}, then -1", problem)


def best_path(y_pred, n):
    """The labels on the most probable path, and its score."""
    labels, scores = greedy(y_pred, n)
    return [labels_then_blanks(labels), scores]


def most_probable(y_pred, n, paths=1):
    """The most probable labels, those after them, and their scores."""
    labels, scores = best_labels(y_pred, n, paths)
    return [labels_then_blanks(each) for each in labels] + [scores]


# The best path and the best labels differ: the path is blank, blank (0.36); those that read 0 add up to 0.64.
TELLING = given([[[0.4, 0.002, 0.598], [0.398, 0.002, 0.6]]])
# The matters of form: a label repeated, blanks between repeats, nothing but blanks.
FORM = np.full((3, 6, 3), 0.1)
for sample, path in enumerate(((0, 0, 2, 0, 1, 1), (2, 2, 2, 2, 2, 2), (1, 2, 1, 0, 0, 2))):
    FORM[sample, range(6), path] = 0.8

with k.function("ctc_decode", area="ctc") as f:
    def decode(variant, arguments, y_pred, lengths, oracle):
        f.case(variant,
               f"decoded, scores = K.ctc_decode(y_pred, n{arguments})\nresult = list(decoded) + [scores]",
               y_pred=y_pred, n=given(lengths, "int32"), oracle=oracle, patience=_PATIENCE, ulps=_ULPS)

    f.promise("a greedy search, the default, follows the most probable category of every step",
              at="ctc_decode: greedy")
    decode("greedy-default", "", softmax(3, 6, 4), [6, 6, 6], best_path)
    decode("greedy-true", ", greedy=True", softmax(2, 8, 3), [8, 8], best_path)
    decode("greedy-is-best-path", ", greedy=True", TELLING, [2], best_path)
    decode("greedy-one-sample", ", greedy=True", softmax(1, 6, 4), [5], best_path)
    decode("greedy-one-step", ", greedy=True", softmax(4, 1, 4), [1, 1, 1, 1], best_path)
    decode("greedy-unknown-time", ", greedy=True", softmax(3, 6, 4).unknown(0, 1), [6, 4, 5], best_path)

    f.promise("repeats on a path give a single label and blanks none, and -1 stands after the labels",
              at="ctc_decode: returns")
    decode("greedy-repeats-and-blanks", ", greedy=True", given(FORM), [6, 6, 5], best_path)

    f.promise("a greedy search returns a list of a single element, whatever the width of the beam",
              at="ctc_decode: returns")
    decode("greedy-ignores-top-paths", ", greedy=True, beam_width=7, top_paths=1", given(FORM), [6, 6, 6],
           best_path)
    f.case("list-of-one-when-greedy", "len(K.ctc_decode(y_pred, n)[0])", y_pred=softmax(2, 4, 3),
           n=given([4, 4], "int32"),
           want=Check("1", lambda got: None if got == 1 else "wrong length of the list"))

    f.promise("the results are a pair, of which the first is a list", at="ctc_decode: returns")
    f.case("types-of-results", "made = K.ctc_decode(y_pred, n)\n"
           "result = [isinstance(made, tuple), len(made), isinstance(made[0], list)]",
           y_pred=softmax(2, 4, 3), n=given([4, 4], "int32"), want=[True, 2, True], ways=KNOWN)

    f.promise("input_length is the number of steps of each sample that count", at="ctc_decode: input_length")
    decode("greedy-input-lengths", ", greedy=True", softmax(3, 7, 4), [7, 3, 5], best_path)
    decode("beam-input-lengths", ", greedy=False", softmax(3, 5, 3), [5, 3, 4], most_probable)

    f.promise("without greedy, a beam search finds the most probable labels, over all paths that give them",
              at="ctc_decode: beam_width")
    decode("beam", ", greedy=False", softmax(2, 4, 3), [4, 4], most_probable)
    decode("beam-one-sample", ", greedy=False", softmax(1, 5, 3), [5], most_probable)
    decode("beam-sharp", ", greedy=False", softmax(2, 4, 4, sharp=4.0), [4, 4], most_probable)
    decode("beam-unknown-time", ", greedy=False", softmax(2, 4, 3).unknown(0, 1), [4, 3], most_probable)
    decode("beam-is-best-labelling", ", greedy=False", TELLING, [2], most_probable)

    f.promise("top_paths is the number of most probable labels that a beam search returns, the best first",
              at="ctc_decode: top_paths")
    decode("beam-top-paths-3", ", greedy=False, top_paths=3", softmax(2, 4, 3), [4, 3],
           partial(most_probable, paths=3))
    decode("beam-width-20-top-paths-2", ", greedy=False, beam_width=20, top_paths=2", softmax(2, 4, 3),
           [4, 4], partial(most_probable, paths=2))

    f.silent("what a beam search drops that is narrower than the number of candidates",
             at="ctc_decode: beam_width")
    f.case("one-beam",
           "decoded, scores = K.ctc_decode(y_pred, n, greedy=False, beam_width=1)\nresult = list(decoded)",
           y_pred=given(FORM[2:]), n=given([6], "int32"),
           oracle=lambda y_pred, n: [labels_then_blanks(greedy(y_pred, n)[0])])


with k.function("ctc_label_dense_to_sparse", area="ctc") as f:
    made_dense = partial(f.case, source="K.to_dense(K.ctc_label_dense_to_sparse(labels, n))",
                         oracle=dense_to_sparse)
    labels = given([[5, 3, 1, 2], [4, 2, 6, 3], [7, 1, 2, 9]], "int32")

    f.promise("label_lengths is the number of labels kept of each sample; nothing stands in the other places",
              at="ctc_label_dense_to_sparse: label_lengths")
    made_dense("ragged", labels=labels, n=given([2, 4, 1], "int32"))
    made_dense("full", labels=labels, n=given([4, 4, 4], "int32"))
    made_dense("one-empty", labels=labels, n=given([3, 0, 2], "int32"))
    made_dense("one-sample", labels=given([[5, 3, 1, 2]], "int32"), n=given([3], "int32"))
    made_dense("unknown-width", labels=labels.unknown(0, 1), n=given([2, 4, 1], "int32"), ways=UNKNOWN)

    f.promise("the result is a sparse tensor", at="ctc_label_dense_to_sparse: returns")
    f.case("is-sparse", "K.is_sparse(K.ctc_label_dense_to_sparse(labels, n))", labels=labels,
           n=given([2, 4, 1], "int32"), want=True)
