"""What `conform plan` prints is run as each CI service would run it, in an author's repository on a bare
machine, down to the matrix and the JUnit file."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from conformance import apis, settings
from harness.backends import find_backend
from harness.matrixio import read_matrix
from harness.runtimes.venv import VenvRuntime
from tests import ROOT
from tests.bare import checkout, machine, origin
from tests.services.github import Workflow, load
from tests.services.gitlab import GitLab
from tests.services.installs import Installs
from tests.services.jenkins import Jenkins
from tests.test_action import THREE

GUIDE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
MODULE = "my_package.my_module"
ADDRESS = "git+https://github.com/OWNER/keras-backend-conformance@COMMIT"

pytestmark = [pytest.mark.venv, pytest.mark.slow]


@pytest.fixture(scope="module")
def installs(tmp_path_factory) -> Installs:
    if problem := VenvRuntime().problem(find_backend("cntk")):
        pytest.skip(problem)
    folder = tmp_path_factory.mktemp("ci")
    return Installs(machine(folder / "machine", **origin(folder / "origin")), folder)


@pytest.fixture
def repository(tmp_path) -> Path:
    """An author's repository: a module that reaches the level examples, and one without anything in it."""
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / "examples" / "numpy_backend", folder / "src" / "my_package" / "my_module")
    (folder / "src" / "three.py").write_text(THREE)
    return folder


@pytest.fixture
def plan(repository, conform, monkeypatch):
    """The plan of these backends, printed in the author's repository."""

    def call(form: str, *names: str) -> str:
        monkeypatch.chdir(repository)
        options = ("--profile", "examples", "--runtime", "venv", "--install", ADDRESS)
        done = conform("plan", *names, "--path", "src", "--format", form, *options)
        assert done.status == 0, done.err
        return done.out

    return call


def cases() -> int:
    return len(apis.table("k", settings.read({})).cases("examples"))


def check_results(results: Path, *columns: str) -> None:
    """Journals, standard error, matrix and JUnit file of these columns are there and complete."""
    for column in columns:
        assert (results / f"{column}.jsonl").is_file()
        assert (results / f"{column}.stderr.log").is_file()
    assert sorted(column.name for column in read_matrix(results / "matrix.json").columns) == sorted(columns)
    names = {suite.get("name") for suite in ElementTree.parse(results / "junit.xml").iter("testsuite")}
    assert len(list(ElementTree.parse(results / "junit.xml").iter("testcase"))) >= cases() * len(columns)
    assert names


def test_gitlab(plan, installs, repository, tmp_path):
    project = GitLab(installs.machine, repository, tmp_path, installs)
    assert project.run(yaml.safe_load(plan("gitlab", MODULE, "cntk"))), project.log
    results = project.kept["conform matrix"] / "results"
    check_results(results, MODULE, "cntk")
    assert (results / "site" / "index.html").is_file()


def test_gitlab_with_a_red_job(plan, installs, repository, tmp_path):
    project = GitLab(installs.machine, repository, tmp_path, installs)
    assert not project.run(yaml.safe_load(plan("gitlab", "module:three")))
    assert project.outcomes == {"conform three": 1, "conform matrix": 1}, project.log
    check_results(project.kept["conform matrix"] / "results", "three")


def test_jenkins(plan, installs, repository, tmp_path):
    service = Jenkins(installs.machine, repository, tmp_path, installs)
    assert service.run(plan("jenkins", MODULE, "cntk")), service.log
    assert len(service.tests) == 1
    check_results(service.archived / "results", MODULE, "cntk")


def test_jenkins_with_a_red_stage(plan, installs, repository, tmp_path):
    service = Jenkins(installs.machine, repository, tmp_path, installs)
    assert not service.run(plan("jenkins", "module:three"))
    assert service.outcomes == {"three": False, "matrix": False}, service.log
    check_results(service.archived / "results", "three")


def test_json(plan, installs, repository):
    planned = json.loads(plan("json", MODULE))
    (job,) = planned["jobs"]
    assert (job["column"], job["device"], job["python"]) == (MODULE, "cpu", "3.6")
    installs.run("\n".join(planned["install"]), repository)
    for line in ([job["run"]], planned["merge"]):
        done = installs.machine.sh("\n".join(line), repository)
        assert done.returncode == 0, done.stdout + done.stderr
    check_results(repository / "results", MODULE)


def test_github_as_the_guide_has_it(installs, repository, tmp_path):
    text = re.search(r"```yaml\n(# \.github/workflows/matrix\.yml.*?)```", GUIDE, re.DOTALL)[1]
    assert text.count(ADDRESS) == 1
    text = text.replace("--format github", "--profile examples --runtime venv --format github")
    service = Workflow(installs.machine, repository, tmp_path, installs)
    document = yaml.safe_load(text)
    assert service.run(document), service.log
    assert set(service.artifacts) == {f"journal-{MODULE}", "journal-cntk", "matrix"}
    check_results(service.artifacts["matrix"], MODULE, "cntk")
    assert "**total**" in service.summary


def test_our_own_workflow(installs, tmp_path):
    """ci.yml: plan, run and merge, with the default set cut down to CNTK and its profile to the examples."""
    document = load(ROOT / ".github" / "workflows" / "ci.yml")
    jobs = {name: document["jobs"][name] for name in ("plan", "conform", "matrix")}
    (run,) = [step for step in jobs["conform"]["steps"] if "make conform" in step.get("run", "")]
    assert run["env"] == {
        "BACKEND": "${{ matrix.backend }}",
        "PROFILE": "${{ matrix.profile }}",
        "RUNTIME": "docker",
    }
    run["env"] |= {"RUNTIME": "venv", "PROFILE": "examples"}
    (merge,) = [step for step in jobs["matrix"]["steps"] if "conform merge" in step.get("run", "")]
    assert "[.include[].column]" in merge["run"]
    repository = checkout(tmp_path / "repository")
    service = Workflow(installs.machine, repository, tmp_path, shared=(".venv",))
    sound = service.run({"jobs": jobs}, only=lambda entry: entry["backend"] == "cntk")
    # Theano and TensorFlow are expected too, and did not run.
    assert not sound
    assert service.results == {"plan": "success", "conform": "success", "matrix": "failure"}, service.log
    assert set(service.artifacts) == {"journal-cntk", "matrix"}
    statuses = {
        column.name: column.status
        for column in read_matrix(service.artifacts["matrix"] / "matrix.json").columns
    }
    assert statuses == {"cntk": "complete", "tensorflow": "not-run", "theano": "not-run"}
