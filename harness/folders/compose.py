"""docker-compose.yml: a service per backend, with the restrictions of a run by the harness."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from harness.backends import Backend
from harness.folders.rendering import render
from harness.runtimes.bases import standin_for
from harness.runtimes.hardening import restrictions

# The restrictions that are the same for every backend, and those that its folder states.
SHARED = ("network_mode", "read_only", "init", "user", "cap_drop", "security_opt", "ipc_mode")
OWN = ("tmpfs", "mem_limit", "memswap_limit", "pids_limit", "nano_cpus")
_NAMES = {"ipc_mode": "ipc"}
"""The names of compose where they are others."""
# cap_add: the entrypoint needs two more, to open the journal. log_config and ulimits: in compose's words.
# use_config_proxy: only the SDK has this option.
LEFT_OUT = ("cap_add", "log_config", "use_config_proxy", "ulimits")

# What opens the journal, whoever owns its directory.
_OPENING = ("CHOWN", "DAC_OVERRIDE")

# More than any machine has: the file states the backend's limit on every machine.
_PROCESSORS = 1 << 16


def compose(backends: Sequence[Backend]) -> str:
    """The text of the file."""
    bases = sorted({base for backend in backends for base in backend.docker.bases.values()})
    limits = {backend.name: restrictions(backend, _PROCESSORS) for backend in backends}
    first = next(iter(limits.values()), {})
    return render(
        "docker-compose.yml",
        shared={_NAMES.get(name, name): json.dumps(first[name]) for name in SHARED if name in first},
        capabilities=json.dumps(sorted([*first.get("cap_add", []), *_OPENING])),
        ulimits={limit["Name"]: limit for limit in first.get("ulimits", [])},
        logging=first["log_config"]["Type"] if first else "none",
        backends=backends,
        limits={name: _limits(own) for name, own in limits.items()},
        standins={base_variable(base): standin_for(base) for base in bases if standin_for(base)},
        base_variable=base_variable,
    )


def base_variable(image: str) -> str:
    """The variable that puts another base in the place of a public image."""
    return "CONFORM_BASE_" + re.sub(r"\W+", "_", image).upper()


def _limits(restricted: dict[str, Any]) -> dict[str, str]:
    """A service's own restrictions in compose's words; JSON is YAML."""
    tmpfs = [f"{path}:{options}" for path, options in restricted["tmpfs"].items()]
    named = {**restricted, "tmpfs": tmpfs, "cpus": restricted["nano_cpus"] / 1e9}
    return {
        name: json.dumps(named[name]) for name in ("cpus" if name == "nano_cpus" else name for name in OWN)
    }
