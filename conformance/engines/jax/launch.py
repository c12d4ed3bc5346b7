"""What jax needs before it is imported."""
import hashlib
import os
import platform
import re

CACHE = "JAX_COMPILATION_CACHE_DIR"
_PROCESSOR = re.compile(r"^(?:model name|flags|Features)\s*:.*", re.MULTILINE)


def settle(environment, slot=None, home=None):  # noqa: ARG001 - each engine is called alike
    """Keep what is compiled apart by processor: jax takes a program from its persistent cache wherever it was
    compiled, and one with instructions that this processor lacks would end the worker."""
    if environment.get(CACHE):
        environment[CACHE] = os.path.join(environment[CACHE], _processor())


def hide_gpu(environment):
    """Compute on the CPU. Without this, jax built for CUDA warns at every start that no GPU answers."""
    environment["JAX_PLATFORMS"] = "cpu"


def _processor():
    """What this machine's processor is told by, as a name."""
    try:
        with open("/proc/cpuinfo") as stream:
            found = sorted(set(_PROCESSOR.findall(stream.read())))
    except OSError:
        found = [platform.processor()]
    return hashlib.sha256("\n".join([platform.machine()] + found).encode("utf-8")).hexdigest()[:16]
