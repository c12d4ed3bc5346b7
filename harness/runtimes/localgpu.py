"""The GPUs of this machine, for the runtime that uses them without a daemon."""

from __future__ import annotations

import functools
import subprocess
from pathlib import Path

from harness.errors import EnvironmentProblem
from harness.runtimes.gpu import QUERY, Gpu, parse
from harness.text import one_line

DEVICES = Path("/dev")
"""Where the driver puts nvidia0, nvidia1 and so on; under WSL it puts dxg."""
_SECONDS = 30


@functools.cache
def local_gpus() -> tuple[Gpu, ...]:
    """The GPUs that nvidia-smi finds here.

    Raises:
        EnvironmentProblem: this machine has no NVIDIA device or no working driver.
    """
    if not any(DEVICES.glob("nvidia[0-9]*")) and not (DEVICES / "dxg").exists():
        raise EnvironmentProblem(
            "no GPU: this machine has no /dev/nvidia0; run on a machine with a GPU and its driver, "
            "or use a CPU backend."
        )
    try:
        done = subprocess.run(QUERY, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except FileNotFoundError:
        raise EnvironmentProblem(
            "no GPU that could be asked: nvidia-smi is not on PATH; install the driver's tools."
        ) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        said = one_line(str(error), 200)
        raise EnvironmentProblem(
            f"no GPU: nvidia-smi does not answer ({said}): see that the driver works."
        ) from None
    if done.returncode and "compute_cap" not in done.stdout:
        said = one_line(done.stdout + done.stderr, 300)
        raise EnvironmentProblem(
            f"no GPU: nvidia-smi ends with status {done.returncode} ({said}): see that the driver works."
        )
    return tuple(parse(done.stdout))


def variables(gpu: Gpu) -> dict[str, str]:
    """The variables with which a process sees only this GPU, numbered as nvidia-smi numbers it."""
    return {"CUDA_DEVICE_ORDER": "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES": str(gpu.index)}
