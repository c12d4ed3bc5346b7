"""Engines that have been imported: what they need not do, and on which device they really compute.

The proof of the device is asked for in the columns of GPU backends.

What an engine was configured for proves nothing: TensorFlow and Theano go on, on the CPU, when a GPU does not
answer, and place single operations there that they have no GPU code for. So every execution is looked at:
TensorFlow's partitioned graph says where it placed each operation, Theano's compiled graph which ones became
GPU operations, and CNTK, which computes a function on one device as a whole, on which one, and where the
values then are.

Only operations on floating-point numbers count. Integers are shapes and positions, which engines keep on the
host on purpose; and what merely moves, names or holds numbers computes nothing.
"""
import importlib
import os
import sys

from conformance.engines import names
from conformance.settings import CPU, GPU

# A sentence that is here when the environment was made without what reaches a GPU.
NOTE = os.path.join(sys.prefix, "no-gpu.txt")


class NoGpu(Exception):
    """This environment cannot reach a GPU, or nobody can tell whether it does; the text says why."""


class Watch:
    """The operations that were executed since they were last asked for, by device."""

    def __init__(self):
        self._seen = {CPU: set(), GPU: set()}

    def saw(self, device, operation):
        """An operation was executed on a device."""
        self._seen[device].add(str(operation)[:60])

    def taken(self):
        """The names of the operations since the last call, by device; a plain value."""
        seen, self._seen = self._seen, {CPU: set(), GPU: set()}
        return {device: sorted(names) for device, names in seen.items()}


def watch():
    """Watches the engine that has been imported. Raises NoGpu."""
    if os.path.exists(NOTE):
        with open(NOTE) as stream:
            raise NoGpu(stream.read().strip())
    watching = Watch()
    engines = [module for module in loaded() if hasattr(module, "watch")]
    if not engines:
        known = ", ".join(names("runtime"))
        raise NoGpu("the suite cannot tell where this engine computes: it knows {}".format(known))
    for module in engines:
        module.watch(watching)
    return watching


def loaded():
    """The `runtime` modules of the engines that this process has imported."""
    return [importlib.import_module("conformance.engines.{}.runtime".format(name))
            for name in names("runtime") if name in sys.modules]


def quiet():
    """Switch off what imported engines do beside computing."""
    for module in loaded():
        if hasattr(module, "quiet"):
            module.quiet()
