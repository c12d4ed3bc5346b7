"""On which device an engine really computes. Used where CONFORM_DEVICE=gpu asks for the proof.

What an engine was configured for proves nothing: TensorFlow and Theano go on, on the CPU, when a GPU does not answer, and
place single operations there that they have no GPU code for. So every execution is looked at: TensorFlow's partitioned graph
says where it placed each operation, Theano's compiled graph which ones became GPU operations, and CNTK, which computes a
function on one device as a whole, on which one, and where the values then are.

Only operations on floating-point numbers count. Integers are shapes and positions, which engines keep on the host on
purpose; and what merely moves, names or holds numbers computes nothing.
"""
import os
import sys

# A sentence that is here when the environment was made without what reaches a GPU.
NOTE = os.path.join(sys.prefix, "no-gpu.txt")
CPU, GPU = "cpu", "gpu"

_MAKE_CALLABLE = "_make_callable_from_options"
_TENSORFLOW_FLOATS = {1, 2, 8, 14, 18, 19}  # float32, float64, complex64, bfloat16, complex128, float16
_TENSORFLOW_HOLDS = {
    "Assert", "Assign", "AssignVariableOp", "Const", "DestroyResourceOp", "Enter", "Exit", "ExpandDims", "Identity", "IdentityN",
    "IsVariableInitialized", "LoopCond", "Merge", "NextIteration", "NoOp", "Placeholder", "PlaceholderWithDefault", "Print",
    "PrintV2", "Rank", "ReadVariableOp", "RefEnter", "RefExit", "RefIdentity", "RefMerge", "RefSwitch", "Reshape", "Shape",
    "ShapeN", "Size", "Snapshot", "Squeeze", "StopGradient", "Switch", "TemporaryVariable", "VarHandleOp",
    "VarIsInitializedOp", "VariableV2", "_Arg", "_HostRecv", "_HostSend", "_Recv", "_Retval", "_Send"}
_TENSORFLOW_LISTS = ("TensorArray", "TensorList", "Stack")  # the beginnings of names
_THEANO_HOLDS = {"DeepCopyOp", "DimShuffle", "GpuFromHost", "GpuToGpu", "HostFromGpu", "OutputGuard", "Print", "Rebroadcast",
                 "Reshape", "Shape", "Shape_i", "SpecifyShape", "ViewOp"}


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
    engines = [install for name, install in _ENGINES if name in sys.modules]
    if not engines:
        raise NoGpu("the suite cannot tell where this engine computes: it knows {}".format(
            ", ".join(name for name, _ in _ENGINES)))
    for install in engines:
        install(watching)
    return watching


def hidden(environment):
    """The environment of a process that is to see no GPU.

    Cases that import Keras for themselves are forked from one that has initialised the engine, and CUDA does not outlive
    a fork. They are about configuration files and which backend is loaded, so they run on the CPU in every column.
    """
    without = dict(environment, CUDA_VISIBLE_DEVICES="-1")
    del without["CONFORM_DEVICE"]
    if "THEANO_FLAGS" in without:
        without["THEANO_FLAGS"] += ",device=cpu"
    return without


def _tensorflow(watching):
    from tensorflow.compat.v1 import RunMetadata, RunOptions
    from tensorflow.python.client.session import BaseSession

    def look(metadata):
        for graph in metadata.partition_graphs:
            for node in graph.node:
                holds = node.op in _TENSORFLOW_HOLDS or node.op.startswith(_TENSORFLOW_LISTS)
                if holds or not any(attr.type in _TENSORFLOW_FLOATS for attr in node.attr.values()):
                    continue
                watching.saw(GPU if "device:GPU" in node.device else CPU, node.op)

    # The two ways in which Keras has a session execute: `eval`, and the callables of `K.function`.
    run, make_callable = BaseSession.run, getattr(BaseSession, _MAKE_CALLABLE)

    def watched_run(self, fetches, feed_dict=None, options=None, run_metadata=None):
        asked = RunOptions()
        if options is not None:
            asked.CopyFrom(options)
        asked.output_partition_graphs = True
        metadata = RunMetadata() if run_metadata is None else run_metadata
        found = run(self, fetches, feed_dict, asked, metadata)
        look(metadata)
        return found

    def watched_callable(self, callable_options):
        callable_options.run_options.output_partition_graphs = True
        call = make_callable(self, callable_options)

        def watched_call(*arguments, **options):
            metadata = options.get("run_metadata")
            metadata = RunMetadata() if metadata is None else metadata
            found = call(*arguments, **dict(options, run_metadata=metadata))
            look(metadata)
            return found
        return watched_call

    BaseSession.run = watched_run
    setattr(BaseSession, _MAKE_CALLABLE, watched_callable)


def _theano(watching):
    from theano.compile.function_module import Function

    call = Function.__call__

    def watched_call(self, *arguments, **options):
        for node in self.maker.fgraph.toposort():
            name = type(node.op).__name__
            floats = any(getattr(out, "dtype", "").startswith(("float", "complex")) for out in node.outputs)
            if name in _THEANO_HOLDS or not floats:
                continue
            on_gpu = type(node.op).__module__.startswith("theano.gpuarray") or getattr(node.op, "info", {}).get("gpua")
            watching.saw(GPU if on_gpu else CPU, node.op if name == "Elemwise" else name)
        return call(self, *arguments, **options)

    Function.__call__ = watched_call


def _cntk(watching):
    from cntk import cntk_py

    kinds = {0: CPU, 1: GPU}  # cntk.device.DeviceKind

    def watched(function, names_of):
        def call(self, *arguments):
            found = function(self, *arguments)
            used = {kinds[argument.type()] for argument in arguments if isinstance(argument, cntk_py.DeviceDescriptor)}
            for argument in arguments[1:]:
                if isinstance(argument, dict):  # the outputs, which are values by now; the inputs come first
                    used.update(kinds[value.device().type()] for value in argument.values() if isinstance(value, cntk_py.Value))
            for device in used:
                for name in names_of(self):
                    watching.saw(device, name)
            return found
        return call

    def operations(function):
        root = function.root_function
        if root.op_name != "Combine":
            return [root.op_name]
        return [part.owner.op_name for part in root.inputs if part.is_output]

    for name in ("_forward", "gradients"):
        setattr(cntk_py.Function, name, watched(getattr(cntk_py.Function, name), operations))
    for name in ("train_minibatch", "train_minibatch_overload_for_minibatchdata"):
        setattr(cntk_py.Trainer, name, watched(getattr(cntk_py.Trainer, name), lambda trainer: ["training"]))


_ENGINES = (("tensorflow", _tensorflow), ("theano", _theano), ("cntk", _cntk))
