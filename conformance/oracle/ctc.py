"""CTC in float64: the forward recursion over a label with blanks, and decoding by going through every path.

The blank is the last category.
"""
import itertools

import numpy as np


def batch_cost(y_true, y_pred, input_length, label_length):
    """-log p(label), of shape (samples, 1)."""
    costs = []
    for steps, labels, length, long in zip(y_pred.astype("float64"), y_true, input_length, label_length):
        costs.append([-np.log(_forward(steps[:int(length[0])], [int(c) for c in labels[:int(long[0])]]))])
    return np.array(costs)


def _forward(given, label):
    blank = given.shape[1] - 1
    extended = [blank]
    for category in label:
        extended += [category, blank]
    alpha = np.zeros(len(extended))
    alpha[0] = given[0, blank]
    if label:
        alpha[1] = given[0, label[0]]
    for step in given[1:]:
        new = np.zeros_like(alpha)
        for s, category in enumerate(extended):
            reached = alpha[s] + (alpha[s - 1] if s else 0.0)
            if s > 1 and category != blank and category != extended[s - 2]:
                reached += alpha[s - 2]
            new[s] = reached * step[category]
        alpha = new
    return alpha[-1] + (alpha[-2] if label else 0.0)


def greedy(y_pred, input_length):
    """The best path of every sample, repeats merged and blanks dropped, padded with -1; its -log p, (samples,
    1)."""
    labels, scores = [], []
    for sample, length in zip(y_pred.astype("float64"), input_length):
        steps = sample[:int(length)]
        labels.append(_collapse(steps.argmax(axis=1), sample.shape[1] - 1))
        scores.append([-np.log(steps.max(axis=1)).sum()])
    return _padded(labels), np.array(scores)


def best_labels(y_pred, input_length, top_paths=1):
    """The most probable labellings, best first: for each rank an array (samples, longest) padded with -1;
    their log p."""
    ranked = []
    for sample, length in zip(y_pred.astype("float64"), input_length):
        total = {}
        for path in itertools.product(range(sample.shape[1]), repeat=int(length)):
            label = _collapse(path, sample.shape[1] - 1)
            total[label] = total.get(label, 0.0) + np.prod([sample[t, c] for t, c in enumerate(path)])
        ranked.append(sorted(total.items(), key=lambda item: -item[1])[:top_paths])
    labels = [_padded([sample[rank][0] for sample in ranked]) for rank in range(top_paths)]
    return labels, np.log([[probability for _, probability in sample] for sample in ranked])


def dense_to_sparse(labels, label_lengths):
    """The dense array that the sparse one stands for: what lies beyond a label's length is zero."""
    kept = np.arange(labels.shape[1]) < np.asarray(label_lengths).reshape(-1, 1)
    return np.where(kept, labels, 0)


def _collapse(path, blank):
    return tuple(int(c) for c, _ in itertools.groupby(path) if c != blank)


def _padded(labels):
    longest = max(len(label) for label in labels)
    filled = [list(label) + [-1] * (longest - len(label)) for label in labels]
    return np.array(filled, dtype="int64").reshape(len(labels), longest)
