"""TensorFlow once it is imported: where it placed what it executed, and what it need not do.

Its partitioned graph says on which device each operation ran.
"""
from conformance.settings import CPU, GPU

_MAKE_CALLABLE = "_make_callable_from_options"
_FLOATS = {1, 2, 8, 14, 18, 19}  # float32, float64, complex64, bfloat16, complex128, float16
_HOLDS = {
    "Assert", "Assign", "AssignVariableOp", "Const", "DestroyResourceOp", "Enter", "Exit", "ExpandDims",
    "Identity", "IdentityN", "IsVariableInitialized", "LoopCond", "Merge", "NextIteration", "NoOp",
    "Placeholder", "PlaceholderWithDefault", "Print", "PrintV2", "Rank", "ReadVariableOp", "RefEnter",
    "RefExit", "RefIdentity", "RefMerge", "RefSwitch", "Reshape", "Shape", "ShapeN", "Size", "Snapshot",
    "Squeeze", "StopGradient", "Switch", "TemporaryVariable", "VarHandleOp", "VarIsInitializedOp",
    "VariableV2", "_Arg", "_HostRecv", "_HostSend", "_Recv", "_Retval", "_Send"}
_LISTS = ("TensorArray", "TensorList", "Stack")  # the beginnings of names


def quiet():
    """No deprecation warnings. To word them, TensorFlow binds the arguments of every call it deprecates by
    introspection, which takes a tenth of a whole run; nothing that is computed changes."""
    from tensorflow.python.util import deprecation
    deprecation._PRINT_DEPRECATION_WARNINGS = False  # noqa: SLF001 - nothing public says the same for all of TensorFlow


def watch(watching):
    """Report every executed operation on floats to `watching`, with its device."""
    from tensorflow.compat.v1 import RunMetadata, RunOptions
    from tensorflow.python.client.session import BaseSession

    def look(metadata):
        for graph in metadata.partition_graphs:
            for node in graph.node:
                holds = node.op in _HOLDS or node.op.startswith(_LISTS)
                if holds or not any(attr.type in _FLOATS for attr in node.attr.values()):
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
