"""The GitHub action: its shell steps are run as a runner runs them, and what docs/action.md tells authors to
write is checked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from conformance import apis, settings
from harness.backends import find_backend
from harness.runtimes.venv import VenvRuntime
from tests import ROOT
from tests.bare import Machine, machine
from tests.services.github import Job, Workflow, load, steps

ACTION = ROOT / ".github" / "actions" / "validate" / "action.yml"
WORKFLOW = ROOT / ".github" / "workflows" / "validate.yml"
FILES = [ROOT / "action.yml", ACTION, *sorted((ROOT / ".github" / "workflows").glob("*.yml"))]
WRITING = {
    ("site.yml", "publish"): {"pages": "write", "id-token": "write"},
    ("site.yml", "keep"): {"contents": "write"},
    ("site.yml", "tell"): {"issues": "write"},
}
"""The jobs whose token may write, and what."""
GUIDE = (ROOT / "docs" / "action.md").read_text(encoding="utf-8")
THREE = """\
def placeholder(shape=None, ndim=None, dtype=None, sparse=False, name=None):
    raise NotImplementedError("There are no placeholders yet.")


def variable(value, dtype=None, name=None, constraint=None):
    raise NotImplementedError("There are no variables yet.")


def function(inputs, outputs, updates=None, **kwargs):
    raise NotImplementedError("There are no functions yet.")
"""


@pytest.fixture(scope="module")
def runner(tmp_path_factory) -> tuple[Machine, Path]:
    """A runner and its temporary directory, in which the action's own step has installed the harness."""
    if problem := VenvRuntime().problem(find_backend("cntk")):
        pytest.skip(problem)
    folder = tmp_path_factory.mktemp("runner")
    bare = machine(folder / "machine")
    job = Job(bare, folder, folder / "temp", {"github": {"action_path": str(ACTION.parent)}})
    assert job.run(steps(load(ACTION))[:2]), job.log
    return bare, job.temp


@pytest.fixture
def validate(runner, tmp_path):
    """Runs the action's other steps with these inputs over their defaults."""

    def call(**inputs: str) -> tuple[bool, Job]:
        document = load(ACTION)
        defaults = {name: described.get("default", "") for name, described in document["inputs"].items()}
        bare, temp = runner
        job = Job(bare, tmp_path, tmp_path / ".runner", {"inputs": {**defaults, "runtime": "venv", **inputs}})
        job.temp.mkdir()
        (job.temp / "conform").symlink_to(temp / "conform")
        return job.run(steps(document)[2:]), job

    return call


@pytest.mark.venv
@pytest.mark.slow
def test_a_backend_that_reaches_its_level(validate, tmp_path):
    shutil.copytree(ROOT / "examples" / "numpy_backend", tmp_path / "src" / "my_package" / "my_module")
    (tmp_path / "requirements.txt").write_text("# NumPy is there already\n")
    sound, job = validate(module="my_package.my_module", path="src", requirements="requirements.txt")
    assert sound, job.log
    assert job.outputs["report"]["level"] == "examples"
    suite = ElementTree.parse(tmp_path / job.outputs["report"]["junit"])
    judged = [case for case in suite.iter("testcase") if not case.get("classname", "").endswith(".steps")]
    assert len(judged) == len(apis.table("k", settings.read({})).cases("examples"))
    assert (tmp_path / job.outputs["report"]["matrix"]).is_file()
    assert "**examples**" in job.summary
    assert "✓ loads" in job.summary


@pytest.mark.venv
@pytest.mark.slow
def test_one_that_falls_short_is_reported_all_the_same(validate, tmp_path):
    (tmp_path / "three.py").write_text(THREE)
    sound, job = validate(module="three")
    assert not sound
    assert job.outcomes == {"validate": "failure", "report": "success"}
    assert job.outputs["report"]["level"] == "valid"
    assert "✗ loads" in job.summary
    assert "batch&#95;dot" in job.summary or "batch_dot" in job.summary


@pytest.mark.venv
@pytest.mark.slow
@pytest.mark.parametrize(
    ("inputs", "artifact"),
    [
        ({"module": "module:three"}, "conform-three"),
        ({"module": "module:three", "keras": "2.3.0"}, "conform-three-keras-2.3.0"),
        ({"module": "my_package.three", "label": "nightly"}, "conform-nightly"),
        ({"module": "no:such/module?"}, "conform-no-such-module-"),
        ({"module": "módulo.x"}, "conform-m--dulo.x"),
    ],
)
def test_the_artifact_has_a_name_that_github_takes(validate, tmp_path, inputs, artifact):
    _, job = validate(level="found", path="nowhere", **inputs)
    assert job.outputs["validate"]["artifact"] == artifact


@pytest.mark.venv
@pytest.mark.slow
def test_the_reusable_workflow_keeps_the_results_of_a_module_without_a_dot(runner, tmp_path):
    """Also when it falls short, with the column named by the caller."""
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "three.py").write_text(THREE)
    workflow = Workflow(runner[0], repository, tmp_path)
    document = load(WORKFLOW)
    given = {"module": "module:three", "runtime": "venv", "level": "loads", "label": "mine"}
    defaults = {
        name: item.get("default", "") for name, item in document["on"]["workflow_call"]["inputs"].items()
    }
    assert not workflow.run(document, {**defaults, **given})
    assert list(workflow.artifacts) == ["conform-mine"]
    results = workflow.artifacts["conform-mine"]
    assert {"mine.jsonl", "mine.stderr.log", "matrix.json", "junit.xml"} <= {
        path.name for path in results.iterdir()
    }
    assert workflow.outputs["validate"] == {"level": "valid"}


@pytest.mark.venv
@pytest.mark.slow
@pytest.mark.parametrize("module", ["no_such_module", "$(touch pwned)", "x; touch pwned", "--help"])
def test_a_module_that_is_none_is_said_to_be_and_never_run(validate, tmp_path, module):
    sound, job = validate(module=module)
    assert not sound
    assert not (tmp_path / "pwned").exists()
    assert job.summary
    assert "Traceback" not in job.log


def test_every_action_is_pinned_by_its_commit_and_the_token_reads_only():
    pins: dict[str, set[str]] = {}
    for path in [*FILES, ROOT / "docs" / "action.md", ROOT / "docs" / "ci.md"]:
        for line in path.read_text().splitlines():
            used = re.match(r"\s*(?:- )?uses: (\S+)(.*)", line)
            if used and not used[1].startswith(("$/", "OWNER/")):
                assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used[1]), line
                assert re.match(r" # v\d", used[2]), line
                pins.setdefault(used[1].split("@")[0], set()).add(used[1] + used[2])
        if path not in FILES:
            continue
        document = load(path)
        if "jobs" in document:
            assert document["permissions"] == {"contents": "read"}, path
            for name, job in document["jobs"].items():
                if "permissions" in job:
                    assert job["permissions"] == WRITING[path.name, name]
                    # Nothing of the repository or of a backend runs with such a token.
                    assert not any("checkout" in step.get("uses", "") for step in job["steps"])
                    assert not any("conform" in step.get("run", "") for step in job["steps"])
    # The guides tell authors to use what we use.
    assert all(len(used) == 1 for used in pins.values()), pins


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
    for option in ("--path", "--requirements", "--keras", "--baseline", "--level", "--runtime", "--label"):
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
