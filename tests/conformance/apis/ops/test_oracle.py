"""Oracles of the ops API against values that were computed by hand, or that the documentation shows."""

import numpy as np
import pytest

from conformance.apis.ops.oracle import activation, blocks, image, loss, normalization


def test_activations_give_what_the_documentation_shows():
    x = np.array([-1.0, 0.0, 1.0])
    assert np.allclose(activation.squareplus(x), [0.6180, 1.0, 1.6180], atol=1e-4)
    assert np.allclose(activation.selu(x), [-1.11133055, 0.0, 1.05070098])
    assert np.allclose(activation.gelu(x, False), [-0.15865525, 0.0, 0.84134475])
    assert np.allclose(activation.tanh_shrink(x), [-0.23840584, 0.0, 0.23840584])
    assert np.allclose(activation.glu(np.array([-1.0, 0, 1, 1])), [-0.73105858, 0.0])
    assert np.allclose(activation.sparse_plus(x), [0.0, 0.25, 1.0])


def test_sparsemax_is_the_nearest_point_whose_elements_sum_to_1():
    assert np.allclose(activation.sparsemax(np.array([[0.0, 0.5, 1.0]])), [[0.0, 0.25, 0.75]])
    assert np.allclose(activation.sparsemax(np.array([[5.0, 1.0], [0.2, 0.2]]), 0), [[1, 0.9], [0, 0.1]])


def test_a_gelu_of_infinity_is_infinity():
    assert activation.gelu(np.array([np.inf, 100.0]), False).tolist() == [np.inf, 100.0]


def test_normalizations_give_what_the_documentation_shows():
    assert np.allclose(
        normalization.layer(np.arange(5.0)), [-1.4142135, -0.70710677, 0.0, 0.7071067, 1.4142135]
    )
    x = np.array([[1.0, 2, 3], [4, 5, 6]])
    assert np.allclose(normalization.normalize(x)[1], [0.45584232, 0.5698029, 0.68376344])


def test_attention_of_a_masked_element_does_not_see_it():
    query, key = np.ones((1, 1, 1, 2)), np.ones((1, 3, 1, 2))
    value = np.array([1.0, 10.0, 100.0]).reshape(1, 3, 1, 1)
    mask = np.array([[[[True, False, True]]]])
    assert normalization.attention(query, key, value, mask=mask).item() == pytest.approx(50.5)
    assert normalization.attention(query, key, value, is_causal=True).item() == pytest.approx(1.0)


def test_ctc_of_two_steps_sums_the_paths():
    logits = np.log([[[0.25, 0.75], [0.5, 0.5]]])
    paths = 0.75 * 0.5 + 0.25 * 0.5 + 0.75 * 0.5  # "1 1", "- 1" and "1 -"
    found = loss.ctc(np.array([[1]]), logits, [1], [2])
    assert found == pytest.approx([-np.log(paths)])
    labels, chances = loss.beams(logits, [2])
    assert labels.tolist() == [[[1, -1]]]
    assert chances == pytest.approx(np.log([[paths]]))


def test_greedy_merges_repeats_unless_a_blank_lies_between():
    logits = np.eye(3)[[[1, 1, 0, 1, 2]]]
    assert loss.greedy(logits, [5])[0].tolist() == [[[1, 1, 2, -1, -1]]]
    assert loss.greedy(logits, [5], merge_repeated=False)[0].tolist() == [[[1, 1, 1, 2, -1]]]


def test_fold_reverses_unfold_where_blocks_do_not_overlap():
    x = np.arange(48.0).reshape(1, 2, 4, 6)
    assert np.array_equal(blocks.fold(blocks.unfold(x, 2, stride=2), (4, 6), 2, stride=2), x)
    assert blocks.unfold(x, (2, 3), 1, (1, 0), (2, 3)).shape == (1, 12, 6)


@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
def test_space_to_depth_reverses_depth_to_space(data_format):
    x = np.arange(64.0).reshape(1, 4, 4, 4)
    there = blocks.depth_to_space(x, 2, data_format)
    assert np.array_equal(blocks.space_to_depth(there, 2, data_format), x)


def test_hue_is_a_third_for_green_and_two_thirds_for_blue():
    x = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0.5]])
    assert image.to_hsv(x)[:, 0].tolist() == [0.0, pytest.approx(1 / 3), pytest.approx(2 / 3), 0.0]
    assert np.allclose(image.to_rgb(image.to_hsv(x)), x)


@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        ("nearest", "aabcddd"),
        ("wrap", "dabcdab"),
        ("mirror", "babcdcb"),
        ("reflect", "aabcddc"),
        ("constant", "kabcdkk"),
    ],
)
def test_an_axis_goes_on_as_the_documentation_draws_it(mode, wanted):
    places = image.outside(np.arange(-1, 6), 4, mode)
    assert "".join("abcdk"[place] for place in places) == wanted


def test_scale_and_translate_gives_what_the_documentation_shows():
    x = np.arange(9.0).reshape(3, 3)
    found = image.scale_and_translate(x, (5, 5), [2.0, 2.0], [-0.5, -0.5], (0, 1), "linear")
    assert np.allclose(found[0], [0.0, 0.5, 1.0, 1.5, 2.0])
    assert np.allclose(found[:, 4], [2.0, 3.5, 5.0, 6.5, 8.0])


def test_a_transform_takes_an_output_point_to_an_input_point():
    x = np.arange(12.0).reshape(1, 3, 4, 1)
    moved = image.affine(x, np.array([1.0, 0, 1, 0, 1, 0, 0, 0]))
    assert np.array_equal(moved[0, :, :3, 0], x[0, :, 1:, 0])
    corners = np.array([[0.0, 0], [3, 0], [0, 2], [3, 2]])
    assert np.allclose(image.perspective(x, corners + np.array([1.0, 0.0]), corners), moved)


def test_equal_images_are_similar():
    x = np.random.RandomState(0).uniform(size=(2, 12, 12, 3))
    assert image.ssim(x, x) == pytest.approx([1.0, 1.0])
    assert (image.ssim(x, 1 - x) < 0.5).all()


def test_an_edge_has_a_gradient_across_it_and_a_blur_keeps_the_sum():
    x = np.zeros((1, 5, 6, 1))
    x[:, :, 3:] = 1.0
    assert image.sobel(x)[0, 2, 2, 0].tolist() == [0.0, 4.0]
    dot = np.zeros((1, 5, 5, 1))
    dot[0, 2, 2, 0] = 1.0
    spread = image.blurred(dot, (3, 3), (0.5, 2.0))[0, ..., 0]
    assert spread.sum() == pytest.approx(1.0)
    assert spread[2, 1] > spread[1, 2]  # sigma is along height, then along width
