"""A backend for Keras 2.3 on NumPy alone: `KERAS_BACKEND=numpy_backend`, with this folder on the path.

It is here to be read and copied. `tensor.py` is the graph, `evaluation.py` computes it, `gradient.py` walks
it backwards; the other modules are the functions of K by theme, and `missing.py` is what is not there yet.
"""

from . import operators
from .activation import (
    batch_normalization,
    bias_add,
    elu,
    hard_sigmoid,
    in_top_k,
    normalize_batch_in_training,
    relu,
    sigmoid,
    softmax,
    softplus,
    softsign,
)
from .control import foldl, foldr, in_test_phase, in_train_phase, map_fn, switch
from .convolution import (
    conv1d,
    conv2d,
    conv2d_transpose,
    conv3d,
    conv3d_transpose,
    depthwise_conv2d,
    local_conv1d,
    local_conv2d,
    pool2d,
    pool3d,
    separable_conv1d,
    separable_conv2d,
)
from .creation import (
    arange,
    cast,
    constant,
    count_params,
    dtype,
    eye,
    get_variable_shape,
    identity,
    int_shape,
    is_keras_tensor,
    is_placeholder,
    is_sparse,
    is_variable,
    ndim,
    ones,
    ones_like,
    placeholder,
    shape,
    size,
    stop_gradient,
    to_dense,
    variable,
    zeros,
    zeros_like,
)
from .elementwise import (
    abs,
    clip,
    cos,
    equal,
    exp,
    greater,
    greater_equal,
    less,
    less_equal,
    log,
    maximum,
    minimum,
    not_equal,
    pow,
    round,
    sign,
    sin,
    sqrt,
    square,
    tanh,
)
from .evaluation import (
    batch_get_value,
    batch_set_value,
    eval,
    function,
    get_value,
    moving_average_update,
    print_tensor,
    set_value,
    update,
    update_add,
    update_sub,
)
from .gradient import gradients
from .joining import concatenate, repeat, repeat_elements, stack, tile
from .losses import binary_crossentropy, categorical_crossentropy, sparse_categorical_crossentropy
from .missing import ctc_batch_cost, ctc_decode, ctc_label_dense_to_sparse
from .operators import gather
from .padding import spatial_2d_padding, spatial_3d_padding, temporal_padding
from .products import batch_dot, dot
from .randomness import (
    dropout,
    random_binomial,
    random_normal,
    random_normal_variable,
    random_uniform,
    random_uniform_variable,
    truncated_normal,
)
from .recurrent import rnn
from .reduction import (
    all,
    any,
    argmax,
    argmin,
    cumprod,
    cumsum,
    l2_normalize,
    logsumexp,
    max,
    mean,
    min,
    prod,
    std,
    sum,
    var,
)
from .resizing import resize_images, resize_volumes
from .settings import clear_session, get_uid, learning_phase, name_scope, reset_uids, set_learning_phase
from .shaping import (
    batch_flatten,
    expand_dims,
    flatten,
    one_hot,
    permute_dimensions,
    reshape,
    reverse,
    slice,
    squeeze,
    transpose,
)
from .tensor import control_dependencies, is_tensor
