"""GPUs: what nvidia-smi says of them, and whether a backend's CUDA release has code for one.

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
"""Asks for a line per GPU. A driver older than 510 does not know the field compute_cap."""


@dataclass(frozen=True)
class Gpu:
    """One GPU. `index` is nvidia-smi's, `capability` its compute capability, `means` how the Docker daemon
    hands it out.
    """

    index: int
    name: str
    capability: tuple[int, int]
    means: str | None = None

    def __str__(self) -> str:
        """The words for a person."""
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
                    "no GPU that could be judged: its driver does not say its compute capability, install 510 or newer."
                ) from None
            raise EnvironmentProblem(
                f"no GPU: nvidia-smi says {one_line(answer, 300)!r}: see that the driver works."
            ) from None
    if not found:
        raise EnvironmentProblem("no GPU: nvidia-smi lists none, see that the driver works.")
    return found


def number(capability: str) -> tuple[int, int]:
    """A compute capability as two numbers that compare as it does. Raises ValueError."""
    major, minor = capability.split(".")
    return int(major), int(minor)


def choose(backend: Backend, gpus: Sequence[Gpu], index: int | None) -> Gpu:
    """The GPU number `index`, or the first that `backend` supports.

    Raises:
        EnvironmentProblem: there is no such number, or the backend's CUDA release has no code for it.
    """
    settings = backend.gpu
    assert settings is not None
    chosen = [gpu for gpu in gpus if index is None or gpu.index == index]
    if not chosen:
        here = "; ".join(map(str, gpus))
        raise EnvironmentProblem(
            f"no GPU {index} is here: choose one of those that are ({here}) with --device."
        )
    low, high = number(settings.min_compute_capability), number(settings.max_compute_capability)
    for gpu in chosen:
        if low <= gpu.capability <= high:
            return gpu
    raise EnvironmentProblem(
        f"unsupported hardware: {backend.title} has code for compute capability {settings.min_compute_capability} to "
        f"{settings.max_compute_capability}, and here is {'; '.join(map(str, chosen))}: use such a GPU, or a CPU backend."
    )
