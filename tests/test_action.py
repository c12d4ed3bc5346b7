"""The GitHub action: its shell steps are run as a runner runs them, and what docs/action.md tells authors to
write is checked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from conformance import apis, settings
from harness.backends import find_backend
from harness.runtimes.venv import VenvRuntime
from tests import ROOT

ACTION = ROOT / ".github" / "actions" / "validate" / "action.yml"
WORKFLOW = ROOT / ".github" / "workflows" / "validate.yml"
FILES = [ROOT / "action.yml", ACTION, *sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
GUIDE = (ROOT / "docs" / "action.md").read_text(encoding="utf-8")
THREE = """\
def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None):
    raise NotImplementedError("There are no placeholders yet.")


def variable(value, dtype=None, name=None, constraint=None):
    raise NotImplementedError("There are no variables yet.")


def function(inputs, outputs, updates=None, **kwargs):
    raise NotImplementedError("There are no functions yet.")
"""


def load(path: Path) -> dict:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    document["on"] = document.pop(True, None)  # YAML takes a plain `on` for a truth value
    return document


def steps(document: dict) -> list[dict]:
    if "runs" in document:
        return document["runs"]["steps"]
    return [step for job in document["jobs"].values() for step in job.get("steps", [])]


@dataclass
class Runner:
    """As much of GitHub's runner as the action needs: inputs, contexts, the two files, and what a failed step
    means."""

    folder: Path
    temp: Path
    inputs: dict[str, str]
    outputs: dict[str, dict[str, str]] = field(
        default_factory=lambda: {"python": {"python-path": sys.executable}}
    )
    outcomes: dict[str, str] = field(default_factory=dict)
    log: str = ""

    @property
    def summary(self) -> str:
        path = self.folder / "summary"
        return path.read_text() if path.exists() else ""

    def value(self, text: str) -> str:
        def known(found: re.Match[str]) -> str:
            context, _, name = found[1].partition(".")
            if context == "inputs":
                return self.inputs[name]
            if context == "steps":
                step, _, output = name.partition(".outputs.")
                return self.outputs.get(step, {}).get(output, "")
            return {"runner.temp": str(self.temp), "github.action_path": str(ACTION.parent)}[found[1]]

        return re.sub(r"\$\{\{ ([\w.-]+) }}", known, text)

    def run(self, which: list[dict]) -> bool:
        """Run steps that are shell; whether none failed."""
        sound = True
        for step in which:
            if not (sound or step.get("if", "").startswith("always()")) or "run" not in step:
                continue
            name = step.get("id", step["name"])
            output = self.folder / f"output-{name}"
            environment = {
                **{
                    key: value
                    for key, value in os.environ.items()
                    if key not in ("PYTHONPATH", "VIRTUAL_ENV")
                },
                **{key: self.value(text) for key, text in step.get("env", {}).items()},
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            }
            assert step["shell"] == "bash"
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done = subprocess.run(
                command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=300
            )
            self.log += done.stdout + done.stderr
            self.outcomes[name] = "success" if done.returncode == 0 else "failure"
            sound = sound and done.returncode == 0
            if output.exists():
                self.outputs[name] = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return sound


@pytest.fixture(scope="module")
def temp(tmp_path_factory) -> Path:
    """The runner's temporary directory, in which the action's own step has installed the harness."""
    if problem := VenvRuntime().problem(find_backend("cntk")):
        pytest.skip(problem)
    folder = tmp_path_factory.mktemp("runner")
    runner = Runner(folder, folder / "temp", {})
    install = [step for step in steps(load(ACTION)) if step.get("name") == "Install the harness"]
    assert runner.run(install), runner.log
    return runner.temp


@pytest.fixture
def validate(temp, tmp_path):
    """Runs the action's other steps with these inputs over their defaults."""

    def call(**inputs: str) -> tuple[bool, Runner]:
        document = load(ACTION)
        defaults = {name: described.get("default", "") for name, described in document["inputs"].items()}
        runner = Runner(tmp_path, temp, {**defaults, "runtime": "venv", **inputs})
        return runner.run(
            [step for step in steps(document) if step.get("name") != "Install the harness"]
        ), runner

    return call


@pytest.mark.venv
@pytest.mark.slow
def test_a_backend_that_reaches_its_level(validate, tmp_path):
    shutil.copytree(ROOT / "examples" / "numpy_backend", tmp_path / "src" / "my_package" / "my_module")
    (tmp_path / "requirements.txt").write_text("# NumPy is there already\n")
    sound, runner = validate(module="my_package.my_module", path="src", requirements="requirements.txt")
    assert sound, runner.log
    assert runner.outputs["report"]["level"] == "examples"
    suite = ElementTree.parse(tmp_path / runner.outputs["report"]["junit"])
    assert len(list(suite.iter("testcase"))) == len(apis.table("k", settings.read({})).cases("examples"))
    assert (tmp_path / runner.outputs["report"]["matrix"]).is_file()
    assert "**examples**" in runner.summary
    assert "✓ loads" in runner.summary


@pytest.mark.venv
@pytest.mark.slow
def test_one_that_falls_short_is_reported_all_the_same(validate, tmp_path):
    (tmp_path / "three.py").write_text(THREE)
    sound, runner = validate(module="three")
    assert not sound
    assert runner.outcomes == {"validate": "failure", "report": "success"}
    assert runner.outputs["report"]["level"] == "valid"
    assert "✗ loads" in runner.summary
    assert "batch&#95;dot" in runner.summary or "batch_dot" in runner.summary


@pytest.mark.venv
@pytest.mark.slow
@pytest.mark.parametrize("module", ["no_such_module", "$(touch pwned)", "x; touch pwned", "--help"])
def test_a_module_that_is_none_is_said_to_be_and_never_run(validate, tmp_path, module):
    sound, runner = validate(module=module)
    assert not sound
    assert not (tmp_path / "pwned").exists()
    assert runner.summary
    assert "Traceback" not in runner.log


def test_every_action_is_pinned_by_its_commit_and_the_token_reads_only():
    for path in FILES:
        for line in path.read_text().splitlines():
            used = re.match(r"\s*(?:- )?uses: (\S+)(.*)", line)
            if used and not used[1].startswith("$/"):
                assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used[1]), line
                assert re.match(r" # v\d", used[2]), line
        document = load(path)
        if "jobs" in document:
            assert document["permissions"] == {"contents": "read"}, path
            assert all("permissions" not in job for job in document["jobs"].values())


def test_what_refers_to_this_repository_is_there():
    for path in FILES:
        for step in steps(load(path)):
            if step.get("uses", "").startswith("$/"):
                assert (ROOT / step["uses"].removeprefix("$/") / "action.yml").is_file()


def test_no_input_is_put_into_a_script():
    for path in FILES:
        for step in steps(load(path)):
            assert "${{" not in step.get("run", ""), f"{path}: {step}"


def test_action_and_workflow_take_the_same_inputs_and_hand_them_on():
    root, action, workflow = load(ROOT / "action.yml"), load(ACTION), load(WORKFLOW)
    assert root["inputs"] == action["inputs"]
    assert root["outputs"].keys() == action["outputs"].keys()
    called = workflow["on"]["workflow_call"]["inputs"]
    assert {
        name: {key: value for key, value in item.items() if key != "type"} for name, item in called.items()
    } == {name: item for name, item in action["inputs"].items() if name != "results"}
    for document in (root, workflow):
        (step,) = [step for step in steps(document) if step.get("uses", "").endswith("actions/validate")]
        assert step["with"].keys() == action["inputs"].keys()
        handed = {name: text for name, text in step["with"].items() if name != "results"}
        assert handed == {name: f"${{{{ inputs.{name} }}}}" for name in handed}


def test_the_inputs_are_validates_own(conform):
    for option in ("--path", "--requirements", "--keras", "--level", "--runtime", "--out", "--badge"):
        assert option in conform("validate", "--help").out


def test_the_guide_lists_the_inputs_as_they_are():
    rows = ["| input | default | meaning |", "|---|---|---|"]
    for name, item in load(ACTION)["inputs"].items():
        default = (
            "required" if item.get("required") else f"`{item['default']}`" if item["default"] else "none"
        )
        rows.append(f"| `{name}` | {default} | {item['description']} |")
    table = GUIDE.split("<!-- inputs -->\n")[1].split("<!-- /inputs -->")[0]
    assert table == "\n".join(rows) + "\n"


def test_the_examples_of_the_guide_are_workflows_that_call_us_rightly():
    examples = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)]
    called = []
    for example in examples:
        assert example["permissions"] == {"contents": "read"}
        for job in example["jobs"].values():
            called += [part for part in [job, *job.get("steps", [])] if "OWNER/" in part.get("uses", "")]
    assert len(called) == 2
    for call in called:
        path, _, commit = (
            call["uses"].removeprefix("OWNER/keras-backend-conformance").removeprefix("/").partition("@")
        )
        assert commit == "COMMIT"
        document = load(ROOT / (path or "action.yml"))
        inputs = document["inputs"] if "inputs" in document else document["on"]["workflow_call"]["inputs"]
        assert set(call["with"]) <= set(inputs)
        assert {name for name, item in inputs.items() if item.get("required")} <= set(call["with"])
    outputs = re.findall(r"steps\.conform\.outputs\.(\w+)", GUIDE)
    assert set(outputs) <= set(load(ACTION)["outputs"])
