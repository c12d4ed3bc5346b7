"""Connectionist temporal classification: cost, decoding, labels as sparse tensors."""
import numpy as np

from conformance.oracle.ctc import batch_cost, best_labels, dense_to_sparse, greedy
from conformance.spec.model import THREE_WAYS, Area, Check, Input, given

AREA = Area("ctc")
# What compiles compiles a loop over loops here: minutes on a machine that is busy with something else.
_PATIENCE = 5
# No probability here is below 1e-3, so that an epsilon of 1e-7 added to each moves a logarithm by 1e-4 at most.
_ULPS = (2048, "a backend may add epsilon to probabilities before it takes their logarithms")


def _softmax(*shape, **options):
    """Distributions over the last axis; `sharp` makes one category stand out."""
    sharp = options.get("sharp", 1.5)

    def make(random):
        raised = np.exp(random.standard_normal(shape) * sharp)
        return 0.995 * raised / raised.sum(axis=-1, keepdims=True) + 0.005 / shape[-1]
    return Input(make, len(shape), options.get("dtype", "float32"))


def _cost(variant, labels, label_lengths, y_pred, lengths, unknown=(0,), **options):
    column = dict(dtype="int32")
    options.setdefault("ulps", _ULPS)
    options.setdefault("patience", _PATIENCE)
    AREA.row("ctc_batch_cost", variant, "K.ctc_batch_cost(y_true, y_pred, n, m)",
             lambda y_true, y_pred, n, m: batch_cost(y_true, y_pred, n, m),
             y_true=given(labels, **column).unknown(*[a for a in unknown if a < 2]), y_pred=y_pred.unknown(*unknown),
             n=given(np.reshape(lengths, (-1, 1)), **column), m=given(np.reshape(label_lengths, (-1, 1)), **column), **options)


# Lengths that differ in both: each of them counts, and neither can stand for the other.
_cost("both-lengths", [[0, 1, 2], [3, 0, 1], [2, 1, 3]], [3, 1, 2], _softmax(3, 7, 5), [5, 7, 3], ways=THREE_WAYS)
_cost("repeated-labels", [[1, 1, 2], [0, 0, 0]], [3, 3], _softmax(2, 8, 4), [8, 6])
_cost("labels-as-long-as-input", [[0, 2, 1], [1, 0, 2]], [3, 3], _softmax(2, 3, 4), [3, 3])
_cost("one-sample", [[0, 1, 2]], [2], _softmax(1, 5, 4), [4])
_cost("one-step", [[0, 1], [2, 0]], [1, 1], _softmax(2, 1, 4), [1, 1])
_cost("width-one-labels", [[0], [2]], [1, 1], _softmax(2, 5, 4), [5, 4], ways=("known",))
# Labels told apart by what they cost, over the same number of steps: form and any common summand cancel out.
AREA.row("ctc_batch_cost", "differences",
         "c = K.flatten(K.ctc_batch_cost(y_true, y_pred, n, m))\nresult = K.cast(c - c[0], 'float32')",
         lambda y_true, y_pred, n, m: (lambda c: (c - c[0]).ravel())(batch_cost(y_true, y_pred, n, m)),
         y_true=given([[0, 1, 2], [2, 2, 0], [1, 1, 1], [3, 0, 0], [0, 3, 1]], dtype="int32"),
         y_pred=_softmax(5, 7, 5, sharp=0.5),
         n=given([[5]] * 5, dtype="int32"), m=given([[3], [3], [3], [1], [2]], dtype="int32"), patience=_PATIENCE,
         ulps=(65536, "probabilities may be smoothed, by 1e-4 in one backend"))
_cost("unknown-time-and-labels", [[0, 1, 2], [3, 0, 1]], [3, 2], _softmax(2, 6, 5), [6, 5], unknown=(0, 1))


def _decoded(labels):
    """These labels, and -1 in every column after them: how wide the result is, K does not say."""
    labels = np.asarray(labels)

    def problem(got):
        got = np.asarray(got)
        if got.ndim != 2 or len(got) != len(labels) or got.shape[1] < labels.shape[1]:
            return "wrong shape: {} instead of {}, or wider".format(got.shape, labels.shape)
        padded = np.full(got.shape, -1)
        padded[:, :labels.shape[1]] = labels
        return None if (got == padded).all() else "wrong labels: {} instead of {}".format(got.tolist(), labels.tolist())
    return Check("labels {}, then -1".format(labels.tolist()), problem)


def _decode(variant, y_pred, lengths, greedy_search=True, beam=None, paths=1, arguments=None, unknown=(0,), **options):
    if arguments is None:
        arguments = "" if greedy_search is None else ", greedy={}".format(greedy_search)
        arguments += "" if beam is None else ", beam_width={}".format(beam)
        arguments += "" if paths == 1 else ", top_paths={}".format(paths)

    def want(y_pred, n):
        if greedy_search in (True, None):
            labels, scores = greedy(y_pred, n)
            return [_decoded(labels), scores]
        labels, scores = best_labels(y_pred, n, paths)
        return [_decoded(each) for each in labels] + [scores]
    source = "decoded, scores = K.ctc_decode(y_pred, n{})\nresult = list(decoded) + [scores]"
    options.setdefault("ulps", _ULPS)
    options.setdefault("patience", _PATIENCE)
    AREA.row("ctc_decode", variant, source.format(arguments), want, y_pred=y_pred.unknown(*unknown),
             n=given(lengths, dtype="int32"), **options)


_decode("greedy-default", _softmax(3, 6, 4), [6, 6, 6], None)
_decode("greedy-true", _softmax(2, 8, 3), [8, 8])
_decode("greedy-input-lengths", _softmax(3, 7, 4), [7, 3, 5])
_decode("greedy-one-sample", _softmax(1, 6, 4), [5])
_decode("greedy-one-step", _softmax(4, 1, 4), [1, 1, 1, 1])
_decode("greedy-unknown-time", _softmax(3, 6, 4), [6, 4, 5], unknown=(0, 1))
_decode("beam", _softmax(2, 4, 3), [4, 4], False)
_decode("beam-input-lengths", _softmax(3, 5, 3), [5, 3, 4], False)
_decode("beam-top-paths-3", _softmax(2, 4, 3), [4, 3], False, paths=3)
_decode("beam-width-20-top-paths-2", _softmax(2, 4, 3), [4, 4], False, beam=20, paths=2)
_decode("beam-one-sample", _softmax(1, 5, 3), [5], False)
_decode("beam-sharp", _softmax(2, 4, 4, sharp=4.0), [4, 4], False)
_decode("beam-unknown-time", _softmax(2, 4, 3), [4, 3], False, unknown=(0, 1))
# Best path and best labelling differ: the path is blank, blank (0.36); those that read 0 add up to 0.64.
_TELLING = given([[[0.4, 0.002, 0.598], [0.398, 0.002, 0.6]]])
_decode("greedy-is-best-path", _TELLING, [2])
_decode("beam-is-best-labelling", _TELLING, [2], False)

# The matters of form: a sample repeated, blanks between repeats, nothing but blanks.
_FORM = np.full((3, 6, 3), 0.1)
for _row, _path in enumerate(((0, 0, 2, 0, 1, 1), (2, 2, 2, 2, 2, 2), (1, 2, 1, 0, 0, 2))):
    for _step, _category in enumerate(_path):
        _FORM[_row, _step, _category] = 0.8
_decode("greedy-repeats-and-blanks", given(_FORM), [6, 6, 5])
_decode("greedy-ignores-top-paths", given(_FORM), [6, 6, 6], arguments=", greedy=True, beam_width=7, top_paths=1")
AREA.row("ctc_decode", "one-beam",
         "decoded, scores = K.ctc_decode(y_pred, n, greedy=False, beam_width=1)\nresult = list(decoded)",
         lambda y_pred, n: [_decoded(greedy(y_pred, n)[0])], y_pred=given(_FORM[2:]), n=given([6], dtype="int32"),
         unspecified="'a beam search decoder will be used with a beam of this width': what it drops is not said")
AREA.row("ctc_decode", "list-of-one-when-greedy", "len(K.ctc_decode(y_pred, n)[0])", Check(
    "1", lambda got: None if got == 1 else "wrong length of the list"), y_pred=_softmax(2, 4, 3), n=given([4, 4], dtype="int32"))

_LABELS = np.array([[5, 3, 1, 2], [4, 2, 6, 3], [7, 1, 2, 9]])
for _name, _lengths in (("ragged", [2, 4, 1]), ("full", [4, 4, 4]), ("one-empty", [3, 0, 2])):
    AREA.row("ctc_label_dense_to_sparse", _name, "K.to_dense(K.ctc_label_dense_to_sparse(labels, n))",
             lambda labels, n: dense_to_sparse(labels, n), labels=given(_LABELS, dtype="int32"), n=given(_lengths, dtype="int32"))
AREA.row("ctc_label_dense_to_sparse", "one-sample", "K.to_dense(K.ctc_label_dense_to_sparse(labels, n))",
         lambda labels, n: dense_to_sparse(labels, n), labels=given(_LABELS[:1], dtype="int32"), n=given([3], dtype="int32"))
AREA.row("ctc_label_dense_to_sparse", "is-sparse", "K.is_sparse(K.ctc_label_dense_to_sparse(labels, n))", True,
         labels=given(_LABELS, dtype="int32"), n=given([2, 4, 1], dtype="int32"))
AREA.row("ctc_label_dense_to_sparse", "unknown-width", "K.to_dense(K.ctc_label_dense_to_sparse(labels, n))",
         lambda labels, n: dense_to_sparse(labels, n), labels=given(_LABELS, dtype="int32").unknown(0, 1),
         n=given([2, 4, 1], dtype="int32"), ways=("unknown",))
