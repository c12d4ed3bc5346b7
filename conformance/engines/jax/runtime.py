"""jax once it is imported: everything that it executes is a compiled program, which says on which devices it
runs."""
import re

from conformance.settings import CPU, GPU

_PROGRAM = re.compile(r"^jit\((.*)\)$")
_HOLDS = {"_identity_fn", "broadcast_in_dim", "copy", "expand_dims", "reshape", "squeeze"}


def watch(watching):
    """Report every executed operation on floats to `watching`, with its device."""
    import jax
    from jax._src import pjit
    from jax._src.interpreters import pxla

    call = pxla.ExecuteReplicated.__call__

    def watched_call(self, *arguments):
        results = call(self, *arguments)
        name = _PROGRAM.sub(r"\1", self.name)
        floats = any(jax.numpy.issubdtype(getattr(array, "dtype", int), jax.numpy.inexact)
                     for array in [*arguments, *results])
        if floats and name not in _HOLDS:
            for device in self.xla_executable.local_devices():
                watching.saw(CPU if device.platform == "cpu" else GPU, name)
            if self.has_host_callbacks:
                watching.saw(CPU, name + " (calls back to the host)")
        return results

    pxla.ExecuteReplicated.__call__ = watched_call
    # A program that has run once is run by native code from then on, past the above, unless nothing is kept
    # for that.
    pjit._get_fastpath_data = lambda *arguments, **options: None  # noqa: SLF001 - nothing public says it
    jax.clear_caches()
