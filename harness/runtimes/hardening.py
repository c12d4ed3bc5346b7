"""What a stranger's code may do in its container, in one place: next to nothing."""

from __future__ import annotations

from typing import Any

from docker.types import LogConfig

from harness.backends import Backend

USER = "10001:10001"
"""The images make it; it owns nothing in them."""


def restrictions(backend: Backend, processors: int) -> dict[str, Any]:
    """Arguments of `containers.create`; `processors` is how many the daemon has, for it refuses to grant more."""
    settings = backend.docker
    executable = "exec" if settings.tmpfs_exec else "noexec"
    return {
        "user": USER,
        "network_mode": "none",
        "read_only": True,
        "tmpfs": {"/tmp": f"rw,nosuid,nodev,{executable},size={settings.memory},mode=1777"},  # noqa: S108 - not of this machine
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges"],
        "mem_limit": settings.memory,
        # Equal to the memory: no swap on top of it.
        "memswap_limit": settings.memory,
        "pids_limit": settings.pids,
        "nano_cpus": int(min(settings.cpus, processors) * 1e9),
        # Reaps what the suite's children leave behind.
        "init": True,
        # The journal is read from the attached stream; the daemon keeps no copy that could fill its disk.
        "log_config": LogConfig(type="none"),
    }
