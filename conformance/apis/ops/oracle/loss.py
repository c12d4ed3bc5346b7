"""CTC in float64, over logits: the loss by the forward recursion, decoding by every path."""
import itertools

import numpy as np

from conformance.oracle.nn import log_softmax


def ctc(target, output, target_length, output_length, mask_index=0):
    """-log p of each target, of shape (batch,)."""
    return np.array([_one(logits[:int(steps)], [int(c) for c in label[:int(size)]], mask_index)
                     for label, logits, size, steps in zip(target, output, target_length, output_length)])


def _one(logits, label, blank):
    chances = log_softmax(logits)
    extended = [blank]
    for category in label:
        extended += [category, blank]
    alpha = np.full(len(extended), -np.inf)
    alpha[0] = chances[0, blank]
    if label:
        alpha[1] = chances[0, label[0]]
    for step in chances[1:]:
        before = alpha.copy()
        for s, category in enumerate(extended):
            ways = [before[s]] + [before[s - 1]] * (s > 0)
            if s > 1 and category not in (blank, extended[s - 2]):
                ways.append(before[s - 2])
            alpha[s] = np.logaddexp.reduce(ways) + step[category]
    return -np.logaddexp.reduce(alpha[-2:])


def greedy(inputs, sequence_lengths, merge_repeated=True, mask_index=0):
    """The best path of each sequence without its blanks, padded with -1: (1, batch, longest input); minus the
    sum of its logits, (batch, 1)."""
    labels, scores = [], []
    for logits, steps in zip(inputs, sequence_lengths):
        best = logits[:int(steps)].argmax(axis=1)
        labels.append(_collapse(best, mask_index) if merge_repeated else [c for c in best if c != mask_index])
        scores.append([-logits[:int(steps)].max(axis=1).sum()])
    return [_padded(labels, inputs.shape[1])[None], np.array(scores)]


def beams(inputs, sequence_lengths, top_paths=1, mask_index=0):
    """The most probable labellings, best first: (top_paths, batch, longest input), and their log p."""
    ranked = []
    for logits, steps in zip(inputs, sequence_lengths):
        chances = log_softmax(logits)[:int(steps)]
        total = {}
        for path in itertools.product(range(logits.shape[1]), repeat=int(steps)):
            label = tuple(_collapse(path, mask_index))
            chance = sum(step[c] for step, c in zip(chances, path))
            total[label] = np.logaddexp(total.get(label, -np.inf), chance)
        ranked.append(sorted(total.items(), key=lambda item: -item[1])[:top_paths])
    return [np.stack([_padded([each[rank][0] for each in ranked], inputs.shape[1])
                      for rank in range(top_paths)]),
            np.array([[chance for _, chance in each] for each in ranked])]


def _collapse(path, blank):
    return [int(c) for c, _ in itertools.groupby(path) if c != blank]


def _padded(labels, longest):
    return np.array([list(label) + [-1] * (longest - len(label)) for label in labels])
