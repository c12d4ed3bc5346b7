"""A small right backend on NumPy alone, in which some functions misbehave, each in one way.

It starts in a tenth of the time an engine takes, so that a worker can be lost a thousand times in half an
hour. The faults are real: nothing here is told that it is being watched.
"""

import collections
import ctypes
import functools
import itertools
import os
import signal
import threading
import time

import numpy as np

# Of this judge: another one's workers have nothing to do with it. Where workers are confined, they write to
# few places beside their own directory.
_MARKS = os.environ.get("FAULTS_MARKS") or os.path.dirname(os.getcwd())
_MARKER = os.path.join(_MARKS, f"dies-at-import-{os.getppid()}")
if os.path.exists(_MARKER):
    os.remove(_MARKER)
    os._exit(0)

_FLOOD_MIB = int(os.environ.get("FAULTS_FLOOD_MIB", "8"))
_FORGED = (
    b'{"kind":"case","id":"comparison/maximum/2d-normal/variable","area":"comparison","function":"maximum","verdict":"fail"}\n'
    b'{"kind":"end","complete":true}\n'
)
_held = []


# --- the faults: called before the function gives its right answer, if it still can
# ----------------------------------


def os_exit():
    """Ends the process without a word."""
    os._exit(0)


def segmentation_fault():
    """Reads address zero."""
    ctypes.string_at(0)


def abort():
    """What a failed assertion in C does."""
    os.abort()


def stack_overflow():
    """Recurses in C until the stack ends."""
    nested = ()
    for _ in range(2 * 10**5):
        nested = (nested,)
    hash(nested)


def out_of_memory():
    """Takes memory until there is none."""
    while True:
        _held.append(b"\1" * (1 << 24))


def python_loop():
    """Never returns, in Python."""
    while True:
        pass


def native_loop():
    """Never returns, in C, without ever letting go of the interpreter, with every signal blocked that can
    be."""
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
    collections.deque(itertools.count(), 0)


def deadlock():
    """Waits for a lock that it holds."""
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def sleep():
    """Sleeps past every limit."""
    time.sleep(10**6)


def _flood(descriptor):
    block = _FORGED * (1 << 13)
    left = _FLOOD_MIB << 20
    while left > 0:
        left -= os.write(descriptor, block)


def stdout_flood():
    """Forged journal lines on standard output, megabytes of them."""
    _flood(1)


def stderr_flood():
    """The same on standard error."""
    _flood(2)


def closed_stdout():
    """Closes standard output and standard error."""
    os.close(1)
    os.close(2)


def binary_stdout():
    """Bytes that are no text in any encoding."""
    os.write(1, bytes(bytearray(range(256))) * 1024 + b"\x1b]0;owned\x07\xff\xfe\x00")


def forged_line():
    """A journal line on every descriptor it can reach, the pipe of its own answers among them."""
    for descriptor in range(64):
        try:
            os.write(descriptor, _FORGED)
        except OSError:
            pass  # not open, or not for writing


def fork_bomb():
    """Forks without end, and so does every child."""
    while True:
        try:
            os.fork()
        except OSError:
            pass  # no more processes, for now


def detached_children():
    """Leaves processes behind that have changed their parent and their session."""
    for _ in range(10):
        try:
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(10**6)
                os._exit(0)
            os.wait()
        except OSError:
            return


def descriptor_exhaustion():
    """Opens files until it may not."""
    try:
        while True:
            _held.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        pass  # none left


def disk_full():
    """Fills the disk it may write to."""
    try:
        with open("filler", "wb", 0) as stream:
            while stream.write(bytes(1 << 20)):
                pass
    except OSError:
        pass  # full


def import_death():
    """Dies, and so does the next process that imports this."""
    with open(_MARKER, "w"):
        pass
    os._exit(0)


# --- the backend
# -----------------------------------------------------------------------------------------------------


class Tensor:
    """Something to be computed. `sample(n)` is its value when every unknown dimension is n."""

    def __init__(self, compute, sample):
        self.compute = compute
        self.sample = sample


def variable(value, dtype=None, name=None, constraint=None):
    """A tensor that has its value."""
    array = np.array(value, dtype or "float32")
    return Tensor(lambda fed: array, lambda n: array)


def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None):
    """A tensor that is fed."""
    tensor = Tensor(
        None, lambda n: np.ones([n if axis is None else axis for axis in shape], dtype or "float32")
    )
    tensor.compute = lambda fed: fed[id(tensor)]
    return tensor


def function(inputs, outputs, updates=None):
    """Computes the outputs from values of the inputs."""
    return lambda values: [output.compute(dict(zip(map(id, inputs), values))) for output in outputs]


def eval(x):
    """The value."""
    return x.compute({})


def int_shape(x):
    """The shape, None where it is unknown: where it follows what is fed."""
    return tuple(a if a == b else None for a, b in zip(x.sample(2).shape, x.sample(3).shape))


def ndim(x):
    """The number of axes."""
    return x.sample(2).ndim


def dtype(x):
    """The dtype's name."""
    return x.sample(2).dtype.name


def backend():
    """The name it is asked for by."""
    return "faulty"


def _function(numpy_function, fault=None):
    @functools.wraps(numpy_function)
    def call(*arguments):
        if fault is not None:
            fault()
        return Tensor(
            lambda fed: numpy_function(*[a.compute(fed) if isinstance(a, Tensor) else a for a in arguments]),
            lambda n: numpy_function(*[a.sample(n) if isinstance(a, Tensor) else a for a in arguments]),
        )

    return call


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


exp = _function(np.exp, os_exit)
log = _function(np.log, segmentation_fault)
sqrt = _function(np.sqrt, abort)
relu = _function(lambda x: np.maximum(x, np.zeros_like(x)), stack_overflow)
softmax = _function(lambda x: np.exp(x) / np.exp(x).sum(-1, keepdims=True), out_of_memory)
softplus = _function(lambda x: np.log1p(np.exp(x)), python_loop)
softsign = _function(lambda x: x / (1 + np.abs(x)), native_loop)
sigmoid = _function(_sigmoid, deadlock)
hard_sigmoid = _function(lambda x: np.clip(x * 0.2 + 0.5, 0, 1).astype(x.dtype), detached_children)
square = _function(np.square, stdout_flood)
abs = _function(np.abs, stderr_flood)
sign = _function(np.sign, closed_stdout)
round = _function(np.round, binary_stdout)
tanh = _function(np.tanh, forged_line)
elu = _function(lambda x: np.where(x > 0, x, np.expm1(x)), fork_bomb)
ones_like = _function(np.ones_like, sleep)
identity = _function(np.copy, descriptor_exhaustion)
cumsum = _function(lambda x: np.cumsum(x, 0), disk_full)
cumprod = _function(lambda x: np.cumprod(x, 0), import_death)

maximum = _function(np.maximum)
minimum = _function(np.minimum)
pow = _function(lambda x, a: np.power(x, a).astype(x.dtype))
clip = _function(lambda x, low, high: np.clip(x, low, high).astype(x.dtype))
transpose = _function(np.transpose)
zeros_like = _function(np.zeros_like)
