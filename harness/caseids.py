"""The ids of all cases of an API, quickly: they are kept in the environment that reads the suite."""

from __future__ import annotations

import contextlib
import json

from harness.errors import EnvironmentProblem
from harness.files import replace_with
from harness.profiles import PROFILES
from harness.reader import ask, environment
from harness.runtimes.environments import COMPILED, ready
from harness.suite import suite_digest


def case_ids(api: str) -> list[str]:
    """The ids, as they are in the suite now.

    Raises:
        EnvironmentProblem: the environment that reads the suite was never made here, or cannot read it.
    """
    folder = environment()
    if not ready(folder):
        raise EnvironmentProblem("Nothing has read the suite here yet: `conform cases` does.")
    kept = folder / COMPILED / f"{api}-{suite_digest(api)[:16]}.json"
    with contextlib.suppress(OSError, ValueError):
        known: list[str] = json.loads(kept.read_bytes())
        return known
    told = {"CONFORM_API": api, "CONFORM_PROFILE": PROFILES[-1]}
    ids: list[str] = json.loads(ask("--list", told, lambda _: None))["ids"]
    with contextlib.suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        for old in kept.parent.glob(f"{api}-*.json"):
            old.unlink()
        replace_with(kept, [json.dumps(ids).encode()])
    return ids
