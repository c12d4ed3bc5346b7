"""GPUs as nvidia-smi lists them, and whether a backend's CUDA release has code for a GPU.

Every reason why a GPU backend cannot run here begins with `no GPU` or `unsupported hardware`: such a column
did not run, which is neither a deviation nor a run on the CPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.backends import Backend
from harness.errors import EnvironmentProblem
from harness.text import one_line

QUERY = ("nvidia-smi", "--query-gpu=index,name,compute_cap", "--format=csv,noheader")
"""The command that prints a line per GPU. A driver older than 510 does not know the field compute_cap."""


@dataclass(frozen=True)
class Gpu:
    """A GPU: nvidia-smi's `index`, its compute `capability`, the `means` by which Docker hands it out."""

    index: int
    name: str
    capability: tuple[int, int]
    means: str | None = None

    def __str__(self) -> str:
        """The number, the name and the compute capability, for a sentence."""
        return f"GPU {self.index}, {self.name}, compute capability {self.capability[0]}.{self.capability[1]}"


def parse(answer: str, means: str | None = None) -> list[Gpu]:
    """The GPUs in the answer to QUERY.

    Raises:
        EnvironmentProblem: it is not such an answer; nvidia-smi's own words are in the sentence.
    """
    found = []
    for line in answer.splitlines():
        index, _, rest = line.strip().partition(",")
        name, _, capability = rest.rpartition(",")
        try:
            found.append(Gpu(int(index), one_line(name.strip(), 100), number(capability.strip()), means))
        except ValueError:
            if "compute_cap" in line:
                raise EnvironmentProblem(
                    "no GPU that could be judged: its driver does not say its compute capability; "
                    "install driver 510 or newer."
                ) from None
            raise EnvironmentProblem(
                f"no GPU: nvidia-smi says {one_line(answer, 300)!r}: see that the driver works."
            ) from None
    if not found:
        raise EnvironmentProblem("no GPU: nvidia-smi lists none; see that the driver works.")
    return found


def number(capability: str) -> tuple[int, int]:
    """A compute capability as two numbers, which can be compared. Raises ValueError."""
    major, minor = capability.split(".")
    return int(major), int(minor)


def choose(backend: Backend, gpus: Sequence[Gpu], index: int | None) -> Gpu:
    """The GPU number `index`, or the first that `backend` supports.

    Raises:
        EnvironmentProblem: there is no such GPU, or the backend's CUDA release has no code for it.
    """
    settings = backend.gpu
    assert settings is not None
    chosen = [gpu for gpu in gpus if index is None or gpu.index == index]
    if not chosen:
        here = "; ".join(map(str, gpus))
        raise EnvironmentProblem(f"no GPU {index} is here: choose a GPU that is here ({here}) with --device.")
    low, high = number(settings.min_compute_capability), number(settings.max_compute_capability)
    for gpu in chosen:
        if low <= gpu.capability <= high:
            return gpu
    raise EnvironmentProblem(
        f"unsupported hardware: {backend.title} has code for compute capability "
        f"{settings.min_compute_capability} to {settings.max_compute_capability}, and here is "
        f"{'; '.join(map(str, chosen))}: use a GPU in that range, or a CPU backend."
    )
