"""The harness, installed by a pipeline's own lines; the same lines are run once for all jobs of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.bare import Machine

_LINES = re.compile(
    r"python3 -m venv \.conform(?:\s*\n\s*| && )\.conform/bin/python -m pip install(?P<what>[^\n&\"]*)"
)
_QUIET = (" --quiet", " --disable-pip-version-check")


@dataclass
class Installs:
    """Workspaces in which `.conform` was made, by what was installed in it."""

    machine: Machine
    folder: Path
    made: dict[str, Path] = field(default_factory=dict)

    def run(self, script: str, workspace: Path) -> str:
        """The script without the lines that install; they have been run, and `workspace` has the result."""
        found = _LINES.search(script)
        if not found:
            return script
        # A plan names the commit behind the tag that it was installed from.
        what = re.sub(r"@[0-9a-f]{40}", "@COMMIT", found["what"])
        for option in _QUIET:
            what = what.replace(option, "")
        if what not in self.made:
            place = self.made[what] = self.folder / f"installed-{len(self.made)}"
            place.mkdir(parents=True)
            done = self.machine.sh(found[0], place)
            assert done.returncode == 0, done.stdout + done.stderr
        if not (workspace / ".conform").exists():
            (workspace / ".conform").symlink_to(self.made[what] / ".conform")
        return script.replace(found[0], "true")
