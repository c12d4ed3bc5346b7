"""Promises that the random tensors and the random variables share: shapes, seeds, dtypes."""
from conformance.case import Check
from conformance.oracle import distribution

SHAPE = (30, 20, 10)
"""The shape of the draws whose distribution is tested: enough of them, and no two lengths alike."""
MANY = (30, 50, 20)
"""The shape of the draws whose tails are tested: thirty normal ones are beyond 3.09 standard deviations, on
either side."""


def shaped(shape):
    """A Check for the shape alone, whatever is drawn."""
    def problem(got):
        return None if got.shape == shape else f"wrong shape: {got.shape} instead of {shape}"
    return Check(f"shape {shape}", problem)


def ranks(f, call, *shapes):
    """A case for each shape; `call(shape)` is the source text."""
    for shape in shapes:
        of_one = "-of-1" if shape == (1,) else ""
        f.case(f"shape-{len(shape)}d{of_one}", call(shape), want=shaped(shape))


def static_shape(f, call):
    """The promise about the shape that K.int_shape tells."""
    f.promise("int_shape tells the shape that the call states", at="int_shape: returns")
    f.case("int-shape", f"K.int_shape({call((2, 3, 4))})", want=(2, 3, 4))


def dtype_and_floatx(f, name, call):
    """The promises about a dtype that is stated or left to floatx; the scripts call the draws `name`."""
    def script(variant, rest, dtype):
        f.script(variant, f"""
            K.set_floatx("float64")
            {name} = {call((2, 3), rest)}
            dtypes = [K.dtype({name}), K.eval({name}).dtype.name]
            """, want={"dtypes": [dtype, dtype]})

    script("dtype-over-floatx", ", dtype='float32'", "float32")
    f.promise("without a dtype, the draws have that of floatx", at="set_floatx: summary")
    script("floatx-float64", "", "float64")


def same_seed(f, call, shape, more_than):
    """The draws of a seed come again, even after a draw between; more than `more_than` of them differ."""
    for seed in (1337, 0):
        f.script(f"same-seed-same-draw-{seed}", f"""
            first = K.eval({call(shape, f", seed={seed}")})
            K.eval({call(shape)})
            second = K.eval({call(shape, f", seed={seed}")})
            same = bool(np.array_equal(first, second))
            distinct = len(set(first.ravel().tolist())) > {more_than}
            """, want={"same": True, "distinct": True})


def other_seeds(f, call):
    """Two seeds give draws that do not depend on each other, even where NumPy's generator starts alike."""
    drawn = call((40, 50), ", seed=seed")
    f.script("different-seeds-differ", f"draws = [K.eval({drawn}) for seed in (3, 4)]",
             want={"draws": distribution.uncorrelated()})
    f.script("seed-with-numpy-seeded", f"""
        draws = []
        for seed in (3, 4):
            np.random.seed(99)
            draws.append(K.eval({drawn}))
        """, want={"draws": distribution.uncorrelated()})


def two_calls(f, call):
    """Two calls give draws that do not depend on each other."""
    f.script("two-calls-differ", f"draws = [K.eval({call((40, 50))}) for _ in range(2)]",
             want={"draws": distribution.uncorrelated()})
