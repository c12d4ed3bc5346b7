"""The oracles of indexing, sorting and segments, on numbers that were worked out by hand."""

import numpy as np

from conformance.apis.ops.oracle import indexing, segment, sorting


def test_updates_follow_one_another():
    x, rows = np.array([1.0, 2.0, 3.0]), np.array([[1], [1]])
    assert indexing.scatter_update(x, rows, np.array([5.0, 7.0])).tolist() == [1, 7, 3]
    assert indexing.scatter_update(x, rows, np.array([5.0, 7.0]), "add").tolist() == [1, 14, 3]
    assert indexing.scatter_update(x, rows, np.array([5.0, 7.0]), "mul").tolist() == [1, 70, 3]
    assert x.tolist() == [1, 2, 3]


def test_a_sample_is_hot_at_each_of_its_labels():
    assert indexing.multi_hot(np.array([[0, 1], [2, 2]]), 3).tolist() == [[1, 1, 0], [0, 0, 1]]


def test_a_segment_without_elements():
    data, ids = np.array([2.0, 3.0]), np.array([0, 0])
    assert segment.segment_sum(data, ids, 2).tolist() == [5, 0]
    assert segment.segment_prod(data, ids, 2).tolist() == [6, 1]


def test_ids_of_two_dimensions_name_rows():
    data = np.arange(8.0).reshape(2, 2, 2)
    assert segment.segment_sum(data, np.array([[0, 1], [1, 1]]), 2).tolist() == [[0, 1], [12, 15]]


def test_unique_is_filled_up_and_cut_off():
    x = np.array([3, 1, 2, 1])
    assert [part.tolist() for part in sorting.unique(x, return_counts=True, size=5)] == [
        [1, 2, 3, 0, 0],
        [2, 1, 1, 0, 0],
    ]
    assert sorting.unique(x, size=2).tolist() == [1, 2]


def test_fewer_than_k_predictions_are_larger():
    targets, predictions = np.array([2, 0]), np.array([[0.1, 0.5, 0.4], [0.1, 0.5, 0.4]])
    assert sorting.in_top_k(targets, predictions, 2).tolist() == [True, False]
