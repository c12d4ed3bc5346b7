"""The table of faults: what each does to the process that causes it, and what its case must end as."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conformance import apis, settings
from harness.backends import Backend, load_backends
from harness.records import Verdict

FOLDER = Path(__file__).parent
TABLE = apis.table("k", settings.read({}))


@dataclass(frozen=True)
class Fault:
    """One way to misbehave, and the function of the faulty backend that does it.

    `venv` is the verdict without a container, None where the fault would endanger the machine.
    """

    name: str
    function: str
    docker: Verdict
    venv: Verdict | None

    @property
    def case(self) -> str:
        """The id of a case that calls the function, and no other function of the table."""
        source = f"K.{self.function}(x)"
        found = (case for case in TABLE.cases() if case.source == source and case.joint)
        return next(
            case.id for case in found if case.inputs["x"].dtype == "float32" and case.inputs["x"].ndim
        )

    def verdict(self, runtime: str) -> Verdict | None:
        """What the case must end as in that runtime."""
        return self.docker if runtime == "docker" else self.venv


FAULTS = (
    Fault("os._exit", "exp", "crash", "crash"),
    Fault("segmentation fault", "log", "crash", "crash"),
    Fault("abort", "sqrt", "crash", "crash"),
    Fault("stack overflow", "relu", "crash", "crash"),
    # The kernel kills it in a container; without one, its limit refuses it more.
    Fault("out of memory", "softmax", "crash", "error"),
    Fault("infinite loop in Python", "softplus", "timeout", "timeout"),
    Fault("infinite loop in C, signals blocked", "softsign", "timeout", "timeout"),
    Fault("deadlock", "sigmoid", "timeout", "timeout"),
    Fault("sleep past the limit", "ones_like", "timeout", "timeout"),
    Fault("flood on stdout", "square", "pass", "pass"),
    Fault("flood on stderr", "abs", "pass", "pass"),
    Fault("closed stdout and stderr", "sign", "pass", "pass"),
    Fault("binary on stdout", "round", "pass", "pass"),
    Fault("forged journal line on every descriptor", "tanh", "error", "error"),
    # The number of processes does not bind root, who may be running this.
    Fault("fork bomb", "elu", "timeout", None),
    Fault("detached children left behind", "hard_sigmoid", "pass", "pass"),
    Fault("descriptor exhaustion", "identity", "pass", "pass"),
    # Without a container the disk is that of this machine.
    Fault("disk full", "cumsum", "pass", None),
    Fault("death of the next worker at its import", "cumprod", "crash", "crash"),
)

SOUND = ("maximum", "minimum", "pow", "clip", "transpose", "zeros_like")
"""Functions of the faulty backend that are right, whatever its others do."""


def sound_cases() -> list[str]:
    """Cases of the sound functions: the neighbours, which must pass.

    As few as go to the worker in one message with all faults that never end, so that it is waited for once.
    """
    found: list[str] = []
    for function in SOUND:
        mine = [
            case.id
            for case in TABLE.cases("core")
            if case.function == function
            and case.source.startswith(f"K.{function}(x")
            and all(item.dtype in ("float32", None) and item.ndim for item in case.inputs.values())
            and "K." not in case.source[2:]
            and "=" not in case.source
            and case.joint
            and not case.unspecified
        ]
        found += mine[:4]
    return found


def faulty_backend() -> Backend:
    """The backend in whose functions the faults are."""
    return load_backends(FOLDER)["faulty"]
