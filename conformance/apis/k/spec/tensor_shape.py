"""What K says of a tensor's shape: int_shape, ndim, shape, size and count_params."""
import numpy as np

from conformance.apis.k.language import KNOWN, UNKNOWN, VARIABLE, k
from conformance.case import ints, normal

PAGE = "backends page: Using the abstract Keras backend to write new code"
# Every axis has its own length, so that a swapped axis or a dropped axis shows.
SHAPES = ((7,), (3, 5), (2, 4, 5), (6, 2, 3, 5), (2, 3, 4, 5, 6))
# `Input` and `Dense` of the package that K came from.
LAYERS = "layers = __import__(K.__name__.split('.')[0] + '.layers', fromlist=['Input', 'Dense'])\n"


def of_placeholders(f, told, unknown, want):
    """What a function tells of placeholders; `want(shape)` is its answer for a placeholder of that shape.

    `told` says in words what it tells, and `unknown` what an axis of unknown length means for it.
    """
    def case(variant, arguments, shape, **options):
        f.case(variant, f"K.{f.name}(K.placeholder({arguments}))", want=want(shape), **options)

    f.promise("a placeholder is made from a shape, from a shape with None entries, or from ndim alone",
              at=PAGE)
    case("example-2-4-5", "shape=(2, 4, 5)", (2, 4, 5), profile="examples")
    case("example-none-4-5", "shape=(None, 4, 5)", (None, 4, 5), profile="examples")
    case("example-ndim-3", "ndim=3", (None, None, None), profile="examples")

    f.promise(f"{f.name} tells {told} of a placeholder", at=f.name + ": returns")
    case("0d-known", "shape=()", ())
    for shape in ((7,), (3, 5), (6, 2, 3, 5), (2, 3, 4, 5, 6)):
        case(f"{len(shape)}d-known", f"shape={shape}", shape)

    f.promise(unknown, at=f.name + ": returns")
    for shape in ((None,), (None, 5), (None, 2, 3, 5), (None, 3, 4, 5, 6)):
        case(f"{len(shape)}d-unknown-first", f"shape={shape}", shape)
    case("unknown-middle", "shape=(4, None, 5)", (4, None, 5))
    case("unknown-last", "shape=(4, 3, None)", (4, 3, None))
    case("unknown-first-and-last", "shape=(None, 3, None)", (None, 3, None))
    case("unknown-last-two", "shape=(4, None, None)", (4, None, None))
    case("unknown-inner-of-4", "shape=(2, None, None, 5)", (2, None, None, 5))
    case("unknown-all-of-2", "shape=(None, None)", (None, None))
    case("unknown-all-of-4", "shape=(None, None, None, None)", (None, None, None, None))
    case("unknown-last-of-5", "shape=(2, 3, 4, 5, None)", (2, 3, 4, 5, None))

    f.promise("a placeholder made from ndim alone has that many axes of unknown length",
              at="placeholder: ndim")
    for ndim in (0, 1, 2, 4, 5):
        case(f"{ndim}d-by-ndim", f"ndim={ndim}", (None,) * ndim)

    f.promise("where shape and ndim are both given, shape counts", at="placeholder: ndim")
    case("shape-before-ndim", "shape=(2, 4), ndim=3", (2, 4))

    f.promise(f"{f.name} tells {told} of a sparse placeholder as well", at=f.name + ": x")
    case("sparse", "(4, 3), sparse=True", (4, 3))
    case("sparse-unknown", "(None, 3), sparse=True", (None, 3))


def shape_of(x):
    """The shape of the input, as an array."""
    return np.array(x.shape)


with k.function("int_shape", area="tensor", profile="core") as f:
    of_placeholders(f, "the length of each axis", "the entry of an axis of unknown length is None",
                    lambda shape: shape)
    f.promise("shape is the first argument of placeholder", at="placeholder: shape")
    f.case("positional", "K.int_shape(K.placeholder((3, None)))", want=(3, None))

    f.promise("the result is a tuple of integers", at="int_shape: returns")
    f.case("is-a-tuple", "isinstance(K.int_shape(K.placeholder(shape=(None, 4, 5))), tuple)", want=True)
    f.case("ndim-is-a-tuple", "isinstance(K.int_shape(K.placeholder(ndim=2)), tuple)", want=True)
    f.case("dims-are-integers",
           "[isinstance(n, (int, np.integer)) for n in K.int_shape(K.placeholder(shape=(2, 4, 5)))]",
           want=[True] * 3)
    f.case("derived-is-a-tuple", "isinstance(K.int_shape(K.square(K.placeholder((None, 4, 5)))), tuple)",
           want=True)
    f.case("variable-is-a-tuple", "isinstance(K.int_shape(K.variable(np.ones((3, 5)))), tuple)", want=True)
    f.case("variable-derived-is-a-tuple",
           "isinstance(K.int_shape(K.square(K.variable(np.ones((3, 5))))), tuple)", want=True)
    f.case("constant-is-a-tuple", "isinstance(K.int_shape(K.constant(1.5, shape=(4, 3))), tuple)", want=True)

    f.promise("int_shape tells the length of each axis of a variable", at="int_shape: x")
    f.case("documented-example", "K.int_shape(K.variable(value=np.array([[1, 2], [3, 4]])))", want=(2, 2))
    for shape in ((), *SHAPES):
        f.case(f"variable-{len(shape)}d", f"K.int_shape(K.variable(np.ones({shape})))", want=shape)

    f.promise("int_shape tells the shape of a tensor that is computed from variables",
              at="int_shape: summary")
    f.case("derived", "K.int_shape(K.square(K.variable(np.ones((3, 5)))))", want=(3, 5))
    f.case("derived-broadcast", "K.int_shape(K.variable(np.ones((3, 1))) + K.variable(np.ones((1, 5))))",
           want=(3, 5))
    f.case("derived-transposed", "K.int_shape(K.transpose(K.variable(np.ones((3, 5)))))", want=(5, 3))
    f.case("derived-scalar", "K.int_shape(K.sum(K.variable(np.ones((3, 5)))))", want=())
    f.case("cast", "K.int_shape(K.cast(K.variable(np.ones((3, 5))), 'float64'))", want=(3, 5))

    f.promise("int_shape tells the shape of a tensor that is computed from placeholders, before a feed",
              at="int_shape: summary")
    f.case("derived-elementwise", "K.int_shape(K.square(K.placeholder((2, 3, 4))))", want=(2, 3, 4))
    f.case("derived-elementwise-unknown", "K.int_shape(K.exp(K.placeholder((None, 3, 4))))",
           want=(None, 3, 4))
    f.case("derived-operator-number", "K.int_shape(K.placeholder((2, 3, 4)) * 2.)", want=(2, 3, 4))
    f.case("derived-operator-variable", "K.int_shape(K.placeholder((None, 3)) + K.variable(np.ones(3)))",
           want=(None, 3))
    f.case("derived-identity", "K.int_shape(K.identity(K.placeholder((None, 3, 4))))", want=(None, 3, 4))
    f.case("derived-cast", "K.int_shape(K.cast(K.placeholder((None, 3)), 'float64'))", want=(None, 3))
    f.case("derived-zeros_like", "K.int_shape(K.zeros_like(K.placeholder((2, 3))))", want=(2, 3))
    f.case("derived-ones_like", "K.int_shape(K.ones_like(K.placeholder((None, 3))))", want=(None, 3))

    f.promise("int_shape tells the shape of the output of Input or of a layer, with None for the batch axis",
              at="int_shape: x")
    f.case("layer-input", LAYERS + "result = K.int_shape(layers.Input((4, 5)))", want=(None, 4, 5))
    f.case("layer-output", LAYERS + "result = K.int_shape(layers.Dense(4)(layers.Input((10,))))",
           want=(None, 4))

with k.function("ndim", area="tensor", profile="core") as f:
    of_placeholders(f, "the number of axes", "an axis of unknown length counts as an axis", len)
    f.promise("ndim is the second argument of placeholder", at="placeholder: ndim")
    f.case("second-argument", "K.ndim(K.placeholder(None, 4))", want=4)

    f.promise("the result is an integer", at="ndim: returns")
    f.case("is-an-integer", "isinstance(K.ndim(K.placeholder(shape=(2, 4, 5))), (int, np.integer))",
           want=True)

    f.promise("ndim tells the number of axes of a variable", at="ndim: x")
    f.case("documented-example", "K.ndim(K.variable(value=np.array([[1, 2], [3, 4]])))", want=2)
    for shape in ((), *SHAPES):
        f.case(f"variable-{len(shape)}d", f"K.ndim(K.variable(np.ones({shape})))", want=len(shape))

    f.promise("ndim tells the number of axes of a tensor that is computed from variables or placeholders",
              at="ndim: summary")
    f.case("derived-elementwise", "K.ndim(K.square(K.placeholder((None, 3, 4))))", want=3)
    f.case("derived-operator", "K.ndim(K.placeholder((2, 3)) * 2.)", want=2)
    f.case("derived-expanded", "K.ndim(K.expand_dims(K.placeholder((None, 3)), 1))", want=3)
    f.case("derived-reduced", "K.ndim(K.sum(K.placeholder((2, 3, 4)), axis=1))", want=2)
    f.case("derived-broadcast", "K.ndim(K.placeholder((4, 3)) + K.placeholder((2, 4, 3)))", want=3)
    f.case("derived-cast", "K.ndim(K.cast(K.placeholder((2, 3)), 'float64'))", want=2)
    f.case("derived-identity", "K.ndim(K.identity(K.placeholder(ndim=4)))", want=4)
    f.case("derived-scalar", "K.ndim(K.sum(K.variable(np.ones((3, 5)))))", want=0)
    f.case("variable-derived-expanded", "K.ndim(K.expand_dims(K.variable(np.ones((3, 5))), -1))", want=3)

with k.function("shape", area="tensor", profile="core") as f:
    f.promise("the symbolic shape holds the length of each axis", at="shape: summary")
    f.case("1d", x=normal(5), oracle=shape_of)
    f.case("2d", x=normal(4, 3), oracle=shape_of, ways=UNKNOWN)
    f.case("0d", x=normal(), oracle=lambda x: np.array([], "int32"), ways=(VARIABLE, KNOWN))

    f.promise("the symbolic shape holds the length of an axis that is known only when it is evaluated",
              at="shape: summary")
    f.case("3d-unknown-two", x=normal(2, 4, 3).unknown(0, 2), oracle=shape_of)
    f.case("4d-unknown-all", x=normal(2, 4, 3, 5).unknown(0, 1, 2, 3), oracle=shape_of)
    f.case("derived", "K.shape(K.expand_dims(x, 1))", x=normal(4, 3).unknown(0, 1),
           oracle=lambda x: np.array([4, 1, 3]))

    f.promise("a variable has a symbolic shape too", at="shape: x")
    for shape in ((), *SHAPES):
        f.case(f"variable-{len(shape)}d", f"K.shape(K.variable(np.ones({shape})))",
               want=np.array(shape, "int32"))

    f.promise("the symbolic shape is itself a tensor, with which other tensors are computed",
              at="shape: returns")
    f.case("one-dimension", "K.shape(x)[1] * 10", x=normal(4, 3).unknown(0, 1), oracle=lambda x: np.array(30))
    f.case("reshape-by-it", "K.reshape(y, K.shape(x))", x=normal(4, 3), y=normal(12),
           oracle=lambda x, y: y.reshape(4, 3), ways=UNKNOWN)

with k.function("size", area="tensor", profile="core") as f:
    f.promise("the size is the number of elements", at="size: returns")
    f.case("2d", x=normal(4, 3), oracle=lambda x: np.array(12))
    f.case("3d-unknown-two", x=normal(2, 4, 3).unknown(0, 1), oracle=lambda x: np.array(24))
    f.case("0d", x=normal(), oracle=lambda x: np.array(1), ways=(VARIABLE, KNOWN))
    f.case("of-int32", x=ints(2, 3), oracle=lambda x: np.array(6), ways=KNOWN)

    f.promise("a variable has a size too", at="size: x")
    for shape in SHAPES[2:]:
        f.case(f"variable-{len(shape)}d", f"K.size(K.variable(np.ones({shape})))",
               want=np.array(int(np.prod(shape))))

    f.promise("a name may be given, and leaves the size as it is", at="size: name")
    f.case("1d-name", x=normal(5), name="how_many", oracle=lambda x, name: np.array(5), ways=UNKNOWN)

with k.function("count_params", area="tensor", profile="core") as f:
    f.promise("count_params multiplies the lengths of all axes of a variable", at="count_params: returns")
    f.case("documented-example", "K.count_params(K.zeros((2, 3)))", want=6)
    for shape in ((), *SHAPES):
        f.case(f"variable-{len(shape)}d", f"K.count_params(K.variable(np.ones({shape})))",
               want=int(np.prod(shape)))

    f.promise("count_params takes a tensor as well, for its static shape", at="count_params: x")
    f.case("placeholder-3d", "K.count_params(K.placeholder((2, 3, 4)))", want=24)
    f.case("placeholder-2d", "K.count_params(K.placeholder(shape=(7, 5)))", want=35)
    f.case("derived", "K.count_params(K.transpose(K.variable(np.ones((3, 5)))))", want=15)
    f.case("constant", "K.count_params(K.constant([[1., 2., 3.], [4., 5., 6.]]))", want=6)
