"""What this backend does not have yet. The names are there, so that Keras loads, and say so when they are
called.
"""


def ctc_batch_cost(y_true, y_pred, input_length, label_length):
    """The CTC loss of every sample."""
    raise NotImplementedError("The CTC loss is not written yet.")


def ctc_decode(y_pred, input_length, greedy=True, beam_width=100, top_paths=1, merge_repeated=False):
    """The labels that a softmax over time says."""
    raise NotImplementedError("CTC decoding is not written yet.")


def ctc_label_dense_to_sparse(labels, label_lengths):
    """Labels as a sparse tensor."""
    raise NotImplementedError("Sparse labels for CTC are not written yet.")
