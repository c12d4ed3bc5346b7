"""What is printed; tests/test_ci.py runs it."""

from __future__ import annotations

import importlib.metadata
import json
import shlex

import pytest

from tests import ROOT
from tests.services.jenkins import parse


def plan(conform, *arguments):
    done = conform("plan", *arguments)
    assert done.status == 0, done.err
    return done.out


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """An author's repository with a module in it."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "mine.py").touch()
    (tmp_path / "needs.txt").write_text("six\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def installed_from(monkeypatch, origin):
    class Distribution:
        def read_text(self, name):
            assert name == "direct_url.json"
            return origin and json.dumps(origin)

    monkeypatch.setattr("harness.cli.plan.distribution", lambda name: Distribution())


def test_the_default_set_in_a_checkout(backends, conform, monkeypatch):
    monkeypatch.chdir(ROOT)
    github = plan(conform, "--format", "github", "--profile", "full")
    assert github.count("\n") == 1  # a workflow writes it to GITHUB_OUTPUT as a line
    jobs = json.loads(github)["include"]
    assert [job["backend"] for job in jobs] == ["cntk", "theano"]
    assert {job["profile"] for job in jobs} == {"full"}
    assert shlex.split(jobs[0]["run"])[:3] == [".conform/bin/conform", "run", "cntk"]
    assert jobs[0]["install"].endswith(" .")
    planned = json.loads(plan(conform))
    assert [job["column"] for job in planned["jobs"]] == ["cntk", "theano"]
    assert any("--expect cntk,theano" in line for line in planned["merge"])


def test_a_module_is_run_with_what_it_needs(elsewhere, conform):
    given = ("module:mine", "--path", "src", "--requirements", "needs.txt", "--install", "a b.whl")
    planned = json.loads(plan(conform, *given))
    (job,) = planned["jobs"]
    assert job["column"] == "mine"
    assert shlex.split(job["run"])[2:7] == ["module:mine", "--path", "src", "--requirements", "needs.txt"]
    assert shlex.split(planned["install"][1])[-1] == "a b.whl"


def test_a_job_gets_its_own_baseline_and_the_merge_gets_all(elsewhere, conform):
    head = 'schema = 3\nbackend = "{}"\napi = "k"\nversions = {{ keras = "2.3.1" }}\n'
    (elsewhere / "known.toml").write_text(head.format("mine"))
    (elsewhere / "cntk.toml").write_text(head.format("cntk"))
    given = ("--path", "src", "--install", "x", "--baseline", "known.toml", "--baseline", "cntk.toml")
    planned = json.loads(plan(conform, "module:mine", "cntk", *given))
    for job, file in zip(planned["jobs"], ("known.toml", "cntk.toml"), strict=True):
        words = shlex.split(job["run"])
        assert [words[n + 1] for n, word in enumerate(words) if word == "--baseline"] == [file]
    assert "--baseline known.toml --baseline cntk.toml" in planned["merge"][1]


def test_gitlab_gives_a_job_its_daemon_unless_it_needs_none(elsewhere, backends, conform):
    pipeline = json.loads(plan(conform, "other", "--format", "gitlab", "--install", "x"))
    assert list(pipeline) == ["stages", "conform other", "conform matrix"]
    job = pipeline["conform other"]
    assert job["services"]
    assert "--runtime docker" in job["script"][0]
    assert pipeline["conform matrix"]["artifacts"]["reports"] == {"junit": "results/junit.xml"}
    pipeline = json.loads(plan(conform, "other", "--format", "gitlab", "--install", "x", "--runtime", "venv"))
    assert not pipeline["conform other"].keys() & {"image", "services"}


def test_a_gpu_job_asks_for_a_machine_with_a_gpu(conform):
    pipeline = json.loads(plan(conform, "cntk-gpu", "--format", "gitlab", "--install", "x"))
    assert pipeline["conform cntk-gpu"]["tags"] == ["gpu"]
    (jenkins,) = parse(plan(conform, "cntk-gpu", "--format", "jenkins", "--install", "x"))
    (stage,) = jenkins.first("stages").body[0].first("parallel").body
    assert stage.first("agent").first("label").arguments == ["gpu"]


def test_jenkins_keeps_quotes_and_backslashes_apart(elsewhere, backends, conform):
    odd = "it's a \\ '''wheel"
    (pipeline,) = parse(plan(conform, "other", "--format", "jenkins", "--install", odd))
    (stage,) = pipeline.first("stages").body[0].first("parallel").body
    (shell,) = stage.first("steps").first("catchError").body
    lines = shell.arguments[0].strip().splitlines()
    assert shlex.split(lines[2])[-1] == odd


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        (
            {"url": "https://example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "git+https://example.org/a.git@abc",
        ),
        ({"url": "https://example.org/a.whl", "archive_info": {}}, "https://example.org/a.whl"),
    ],
)
def test_jobs_install_what_this_harness_was_installed_from(
    elsewhere, backends, conform, monkeypatch, origin, requirement
):
    installed_from(monkeypatch, origin)
    assert shlex.split(json.loads(plan(conform))["install"][1])[-1] == requirement


@pytest.mark.parametrize("origin", [None, {"url": "file:///home/me/checkout", "dir_info": {}}])
def test_a_place_of_this_machine_is_not_printed(elsewhere, backends, conform, monkeypatch, origin):
    installed_from(monkeypatch, origin)
    done = conform("plan", "cntk")
    assert (done.status, done.out) == (2, "")
    assert "--install" in done.err


def test_a_harness_that_is_not_installed(elsewhere, backends, conform, monkeypatch):
    def missing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr("harness.cli.plan.distribution", missing)
    assert conform("plan", "cntk").status == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cntk", "--format", "jenkin"], "did you mean 'jenkins'"),
        (["cntk", "--runtime", "swarm"], "Unknown runtime 'swarm'"),
        (["module:mine", "--path", "/usr/src"], "relative to the repository"),
    ],
)
def test_what_cannot_be_planned(backends, conform, arguments, said):
    done = conform("plan", *arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
