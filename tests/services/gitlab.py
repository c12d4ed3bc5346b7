"""GitLab: stages, needs, artifacts."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bare import Machine
from tests.services.installs import Installs

_RESERVED = {"stages", "variables", "default", "include", "workflow"}


@dataclass
class GitLab:
    """A project whose repository is `repository`. `kept` has the artifacts of every job that ran."""

    machine: Machine
    repository: Path
    folder: Path
    installs: Installs
    outcomes: dict[str, int] = field(default_factory=dict)
    kept: dict[str, Path] = field(default_factory=dict)
    log: str = ""

    def run(self, pipeline: dict[str, Any]) -> bool:
        """Runs a pipeline; whether every job was green."""
        jobs = {name: job for name, job in pipeline.items() if name not in _RESERVED}
        assert {job["stage"] for job in jobs.values()} == set(pipeline["stages"])
        for stage in pipeline["stages"]:
            for name, job in jobs.items():
                if job["stage"] == stage:
                    self._job(name, job)
        return not any(self.outcomes.values())

    def _job(self, name: str, job: dict[str, Any]) -> None:
        needed = [need["job"] for need in job.get("needs", [])]
        # A job that is needed and missing is an error of the whole pipeline.
        assert set(needed) <= set(self.outcomes)
        if any(self.outcomes[need] for need in needed) and job.get("when") != "always":
            return
        workspace = self.folder / f"builds-{len(self.outcomes)}"
        shutil.copytree(self.repository, workspace)
        for need in job.get("needs", []):
            if need["artifacts"]:
                shutil.copytree(self.kept[need["job"]], workspace, dirs_exist_ok=True)
        script = "\n".join([*job.get("before_script", []), *job["script"]])
        variables = {} if "services" in job else job.get("variables", {})
        done = self.machine.sh(self.installs.run(script, workspace), workspace, **variables)
        self.log += f"== {name}\n{done.stdout}{done.stderr}"
        self.outcomes[name] = done.returncode
        kept = self.kept[name] = self.folder / f"artifacts-{len(self.kept)}"
        kept.mkdir()
        artifacts = job["artifacts"]
        if done.returncode == 0 or artifacts["when"] == "always":
            for path in [*artifacts["paths"], *artifacts.get("reports", {}).values()]:
                source = workspace / path
                if source.is_dir():
                    shutil.copytree(source, kept / path, dirs_exist_ok=True)
                elif source.is_file():
                    (kept / path).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(source, kept / path)
