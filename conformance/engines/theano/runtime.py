"""Theano once it is imported: its compiled graph says which operations became GPU operations."""
from conformance.settings import CPU, GPU

_HOLDS = {
    "DeepCopyOp", "DimShuffle", "GpuFromHost", "GpuToGpu", "HostFromGpu", "OutputGuard", "Print",
    "Rebroadcast", "Reshape", "Shape", "Shape_i", "SpecifyShape", "ViewOp"}


def watch(watching):
    """Report every executed operation on floats to `watching`, with its device."""
    from theano.compile.function_module import Function

    call = Function.__call__

    def watched_call(self, *arguments, **options):
        for node in self.maker.fgraph.toposort():
            name = type(node.op).__name__
            floats = any(getattr(out, "dtype", "").startswith(("float", "complex")) for out in node.outputs)
            if name in _HOLDS or not floats:
                continue
            on_gpu = type(node.op).__module__.startswith("theano.gpuarray")
            on_gpu = on_gpu or getattr(node.op, "info", {}).get("gpua")
            watching.saw(GPU if on_gpu else CPU, node.op if name == "Elemwise" else name)
        return call(self, *arguments, **options)

    Function.__call__ = watched_call
