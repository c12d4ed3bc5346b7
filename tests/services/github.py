"""GitHub: the shell steps of an action or a workflow, and as much of four actions as they need."""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests import ROOT
from tests.bare import Machine
from tests.services.installs import Installs

_EXPRESSION = re.compile(r"\$\{\{ (.*?) }}")
# Of upload-artifact: what is in the name of neither an artifact nor one of its files.
_FORBIDDEN = set('":<>|*?\r\n\\/')


def load(path: Path) -> dict[str, Any]:
    """A workflow or action."""
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    document["on"] = document.pop(True, None)  # YAML takes a plain `on` for a truth value
    return document


def steps(document: dict[str, Any]) -> list[dict[str, Any]]:
    """All steps of an action, or of all jobs of a workflow."""
    if "runs" in document:
        return document["runs"]["steps"]
    return [step for job in document["jobs"].values() for step in job.get("steps", [])]


@dataclass
class Job:
    """A job, or an action, while it runs: `folder` is the workspace, `contexts` what expressions can name."""

    machine: Machine
    folder: Path
    temp: Path
    contexts: dict[str, Any] = field(default_factory=dict)
    repository: Path | None = None
    artifacts: dict[str, Path] = field(default_factory=dict)
    installs: Installs | None = None
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    log: str = ""

    @property
    def summary(self) -> str:
        path = self.temp / "summary"
        return path.read_text() if path.exists() else ""

    def value(self, text: str) -> str:
        """The text with its expressions replaced."""
        return _EXPRESSION.sub(lambda found: str(self._expression(found[1])), str(text))

    def _expression(self, text: str) -> Any:
        first, _, other = text.partition(" || ")
        if other:
            return self._expression(first) or self._expression(other)
        if text.startswith("'"):
            return text.strip("'")
        if found := re.fullmatch(r"fromJSON\((.*)\)", text):
            return json.loads(self._expression(found[1]))
        value: Any = {
            **self.contexts,
            "steps": {name: {"outputs": outputs} for name, outputs in self.outputs.items()},
            "runner": {"temp": str(self.temp)},
        }
        for part in text.split("."):
            value = value.get(part, "") if isinstance(value, dict) else ""
        return value

    def run(self, which: Iterable[dict[str, Any]]) -> bool:
        """Run steps; whether none failed."""
        sound = True
        self.temp.mkdir(parents=True, exist_ok=True)
        for step in which:
            if sound or step.get("if", "").startswith("always()"):
                sound = (self._shell(step) if "run" in step else self._uses(step)) and sound
        return sound

    def _shell(self, step: dict[str, Any]) -> bool:
        name = step.get("id") or step.get("name") or f"step-{len(self.outcomes)}"
        output = self.temp / f"output-{name}"
        given = {key: self.value(text) for key, text in step.get("env", {}).items()}
        script = step["run"]
        if self.installs is not None:
            script = self.installs.run(script, self.folder)
            given = {key: self.installs.run(text, self.folder) for key, text in given.items()}
        files = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.temp / "summary")}
        done = self.machine.sh(script, self.folder, **given, **files)
        self.log += done.stdout + done.stderr
        self.outcomes[name] = "success" if done.returncode == 0 else "failure"
        if output.exists():
            self.outputs[name] = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return done.returncode == 0

    def _uses(self, step: dict[str, Any]) -> bool:
        given = {name: self.value(text) for name, text in step.get("with", {}).items()}
        action = step["uses"].partition("@")[0]
        if action == "actions/checkout":
            assert self.repository is not None
            shutil.copytree(self.repository, self.folder, dirs_exist_ok=True, symlinks=True)
        elif action == "actions/setup-python":
            if "id" in step:
                self.outputs[step["id"]] = {"python-path": str(self.machine.bin / "python3")}
        elif action == "actions/upload-artifact":
            return self._upload(given)
        elif action == "actions/download-artifact":
            for name, artifact in self.artifacts.items():
                if fnmatch.fnmatch(name, given["pattern"]):
                    assert given["merge-multiple"] == "True"
                    shutil.copytree(artifact, self.folder / given["path"], dirs_exist_ok=True)
        else:
            assert action.startswith("$/"), action
            return self._action(step, given, ROOT / action.removeprefix("$/"))
        return True

    def _upload(self, given: dict[str, str]) -> bool:
        source = self.folder / given["path"]
        if not source.exists():
            return given.get("if-no-files-found") != "error"
        assert given["name"]
        assert not set(given["name"]) & _FORBIDDEN, given["name"]
        assert given["name"] not in self.artifacts, "an artifact of that name is there already"
        self.artifacts[given["name"]] = source
        return True

    def _action(self, step: dict[str, Any], given: dict[str, str], folder: Path) -> bool:
        document = load(folder / "action.yml")
        defaults = {name: item.get("default", "") for name, item in document["inputs"].items()}
        assert set(given) <= set(defaults)
        contexts = {"inputs": {**defaults, **given}, "github": {"action_path": str(folder)}}
        inner = Job(self.machine, self.folder, self.temp, contexts, self.repository, self.artifacts)
        inner.installs = self.installs
        sound = inner.run(document["runs"]["steps"])
        self.log += inner.log
        self.outputs[step["id"]] = {
            name: inner.value(item["value"]) for name, item in document["outputs"].items()
        }
        return sound


@dataclass
class Workflow:
    """A workflow of a repository, run job by job."""

    machine: Machine
    repository: Path
    folder: Path
    installs: Installs | None = None
    shared: tuple[str, ...] = ()
    """What a workspace takes over from the first workspace, to save time: names of directories."""
    artifacts: dict[str, Path] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    summary: str = ""
    log: str = ""

    def run(
        self,
        document: dict[str, Any],
        inputs: dict[str, str] | None = None,
        only: Callable[[dict[str, Any]], bool] = lambda entry: True,
    ) -> bool:
        """Runs the jobs in their order; whether all were green. `only` chooses among a matrix's entries."""
        for name, job in document["jobs"].items():
            needs = job.get("needs", [])
            needs = [needs] if isinstance(needs, str) else needs
            assert set(needs) <= set(self.results)
            stopped = any(self.results[need] != "success" for need in needs)
            if stopped and not job.get("if", "").startswith("always()"):
                self.results[name] = "skipped"
                continue
            contexts = {
                "needs": {
                    need: {"outputs": self.outputs.get(need, {}), "result": self.results[need]}
                    for need in needs
                },
                "inputs": inputs or {},
            }
            strategy = job.get("strategy", {}).get("matrix")
            entries = [{}]
            if strategy:
                found = _EXPRESSION.fullmatch(strategy)
                assert found
                matrix = Job(self.machine, self.folder, self.folder, contexts)._expression(found[1])
                entries = [entry for entry in matrix["include"] if only(entry)]
            done = [self._job(name, job, {**contexts, "matrix": entry}) for entry in entries]
            self.results[name] = "success" if all(done) else "failure"
        return set(self.results.values()) == {"success"}

    def _job(self, name: str, job: dict[str, Any], contexts: dict[str, Any]) -> bool:
        place = self.folder / f"{name}-{contexts['matrix'].get('column', '')}"
        workspace = place / "workspace"
        workspace.mkdir(parents=True)
        for shared in self.shared:
            if (self.folder / shared).exists():
                (workspace / shared).symlink_to(self.folder / shared)
        runner = Job(
            self.machine, workspace, place / "temp", contexts, self.repository, self.artifacts, self.installs
        )
        sound = runner.run(job["steps"])
        for shared in self.shared:
            if (workspace / shared).is_dir() and not (self.folder / shared).exists():
                (self.folder / shared).symlink_to(workspace / shared)
        self.log += f"== {name}\n{runner.log}"
        self.summary += runner.summary
        self.outputs[name] = {key: runner.value(text) for key, text in job.get("outputs", {}).items()}
        return sound
