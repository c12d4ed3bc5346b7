"""The measures that restrict a container, in which a stranger's code runs.

That the backend is another user than the judge in there is the suite's own doing, once it runs.

A measure is data: the arguments of `containers.create` that put it on, and the arguments that leave it off
where that is not the daemon's default. tests/harness/runtimes/test_hardening.py tries what each measure
forbids, with the measure and without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docker.types import LogConfig, Ulimit

from harness.backends import Backend, DockerSettings
from harness.runtimes.limits import OPEN_FILES

JUDGE, WORKER = 10001, 10002
"""The users that the images make, each with a group of its own: the judge's, and that of the workers, which
run the backend. Nothing in an image belongs to either. A container starts as root, with the capabilities to
become the two and no other; what stays root starts workers and ends them (conformance/judge/spawner.py)."""

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Measure:
    """A measure; `on` takes the backend's settings and the number of processors that the daemon has."""

    name: str
    forbids: str
    on: Callable[[DockerSettings, int], Arguments]
    off: Arguments = field(default_factory=dict)


def _fixed(**arguments: Any) -> Callable[[DockerSettings, int], Arguments]:
    return lambda settings, processors: arguments  # noqa: ARG005 - the signature of every measure


def _tmpfs(settings: DockerSettings, processors: int) -> Arguments:  # noqa: ARG001 - as every measure
    executable = "exec" if settings.tmpfs_exec else "noexec"
    options = f"rw,nosuid,nodev,{executable},size={settings.tmpfs},mode=1777"
    return {"tmpfs": {"/tmp": options}}  # noqa: S108 - not of this machine


MEASURES: tuple[Measure, ...] = (
    Measure("network", "reaching anything", _fixed(network_mode="none")),
    Measure("root", "writing to the image's files", _fixed(read_only=True)),
    Measure("tmpfs", "running what was written, and filling a disk", _tmpfs),
    Measure(
        "capabilities",
        "what root may do beyond its files and its change of user",
        _fixed(user="0:0", cap_drop=["ALL"], cap_add=["KILL", "SETGID", "SETUID"]),
    ),
    Measure(
        "privileges", "becoming root through a set-uid program", _fixed(security_opt=["no-new-privileges"])
    ),
    # On by the daemon's default.
    Measure("seccomp", "system calls no backend needs", _fixed(), {"security_opt": ["seccomp=unconfined"]}),
    # No swap on top of the memory.
    Measure("memory", "more memory", lambda s, _: {"mem_limit": s.memory, "memswap_limit": s.memory}),
    Measure("processes", "more processes and threads", lambda s, _: {"pids_limit": s.pids}),
    # The daemon refuses to grant more processors than it has.
    Measure("processors", "more of the processors", lambda s, n: {"nano_cpus": int(min(s.cpus, n) * 1e9)}),
    Measure(
        "files",
        "more open files, and core dumps",
        _fixed(
            ulimits=[
                Ulimit(name="nofile", soft=OPEN_FILES, hard=OPEN_FILES),
                Ulimit(name="core", soft=0, hard=0),
            ]
        ),
    ),
    # The journal is read from the attached stream; the daemon keeps no copy that could fill its disk.
    Measure("logs", "filling the daemon's disk with output", _fixed(log_config=LogConfig(type="none"))),
    # The client's configuration may hold a proxy, with its password.
    Measure("environment", "seeing this machine's settings", _fixed(use_config_proxy=False)),
    # /dev/shm is writable for everybody, and goes on from one worker to the next.
    Measure("shared memory", "leaving something for a later worker", _fixed(ipc_mode="none")),
    # Nothing is mounted: neither a directory of the daemon's machine nor its socket.
    Measure("mounts", "seeing the daemon's machine", _fixed(), {"volumes": ["/:/host:ro"]}),
    # Reaps the dead processes that the suite's children leave behind.
    Measure("init", "using up the processes with dead ones", _fixed(init=True)),
)


def restrictions(backend: Backend, processors: int) -> Arguments:
    """The arguments of `containers.create` with every measure on; the daemon has so many `processors`."""
    together: Arguments = {}
    for measure in MEASURES:
        together |= measure.on(backend.docker, processors)
    return together
