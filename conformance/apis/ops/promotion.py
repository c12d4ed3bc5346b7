"""The promotion rule of dtypes, as a table of our own.

`keras.backend.result_type` states it: the least upper bound on JAX's lattice, where a Python scalar is weak
(`int`, `float`) and what stays weak has the width of floatx. JAX has 64-bit dtypes only on request, and Keras
aligns itself with that: where the lattice ends at 64 bits, a backend may answer with 32.
"""
import functools

FLOATS = ("bfloat16", "float16", "float32", "float64")
SIGNED = ("int8", "int16", "int32", "int64")
UNSIGNED = ("uint8", "uint16", "uint32", "uint64")
INTS = UNSIGNED + SIGNED
DTYPES = ("bool",) + INTS + FLOATS
"""Dtypes that promote; the float8 dtypes convert only when asked to."""
COMMON = ("bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64")
"""What a sweep goes through by default: the dtypes that all reference backends have in full."""

# Each dtype, and those directly above it.
_ABOVE = {
    "bool": ("int",),
    "int": ("uint8", "int8"),
    "uint8": ("uint16", "int16"), "uint16": ("uint32", "int32"), "uint32": ("uint64", "int64"),
    "uint64": ("float",),
    "int8": ("int16",), "int16": ("int32",), "int32": ("int64",), "int64": ("float",),
    "float": ("float16", "bfloat16"), "float16": ("float32",), "bfloat16": ("float32",),
    "float32": ("float64",), "float64": (),
}
_NARROW = {"int64": "int32", "uint64": "uint32", "float64": "float32", "complex128": "complex64"}


@functools.lru_cache(maxsize=None)
def _bounds(dtype):
    found = {dtype}
    for above in _ABOVE[dtype]:
        found |= _bounds(above)
    return frozenset(found)


@functools.lru_cache(maxsize=None)
def lattice(*dtypes, floatx="float32"):
    """The least upper bound of dtypes and of the Python types `bool`, `int` and `float`."""
    names = {getattr(dtype, "__name__", dtype) for dtype in dtypes}
    strong = names - {"int", "float"}
    common = frozenset.intersection(*map(_bounds, names))
    least = next(dtype for dtype in common if common <= _bounds(dtype))
    if least == "int":
        return "bool" if strong == names == {"bool"} else "int" + floatx[-2:]
    return floatx if least == "float" else least


def allowed(dtype):
    """The dtypes that a backend may answer with where the rule says `dtype`."""
    return (dtype, _NARROW[dtype]) if dtype in _NARROW else (dtype,)


# Rules: functions from the dtypes (or Python types) of a call's operands, by name, and floatx, to a dtype.

def same(*operands):
    """The rule `promoted`: the result has the dtype that the operands (by default all) promote to."""
    def rule(kinds, floatx):
        return lattice(*(kinds[name] for name in operands or kinds), floatx=floatx)
    return rule


def floating(*operands):
    """As `same`, and integers and bools become floatx: `exp`, `mean`, `divide`."""
    def rule(kinds, floatx):
        names = operands or kinds
        dtype = lattice(*(kinds[name] for name in names), floatx=floatx)
        return dtype if dtype in FLOATS else floatx
    return rule


def widening(*operands):
    """As `floating`, but 64-bit integers may become float64: `cbrt` and `hypot` declare that."""
    def rule(kinds, floatx):
        dtype = lattice(*(kinds[name] for name in operands or kinds), floatx=floatx)
        return "float64" if dtype in ("int64", "uint64") else dtype if dtype in FLOATS else floatx
    return rule


def accumulating(*operands):
    """As `same`, and narrow integers and bools become 32-bit integers of the same sign: `sum`, `prod`."""
    def rule(kinds, floatx):
        dtype = lattice(*(kinds[name] for name in operands or kinds), floatx=floatx)
        if dtype in ("bool", "int8", "int16"):
            return "int32"
        return "uint32" if dtype in ("uint8", "uint16") else dtype
    return rule


def always(dtype):
    """The result has this dtype, whatever goes in."""
    return lambda kinds, floatx: dtype
