from __future__ import annotations

import json
import os
import resource
import subprocess
import sys

import pytest

from harness.cli import VERBS
from harness.schemas import schema
from tests import ROOT
from tests.fakes import FakeRuntime, case, replay


def cpu_seconds(*arguments):
    """User and system time of a `python -m harness` with these arguments."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "harness", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, cwd="/")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def test_help_is_quick():
    assert min(cpu_seconds("--help") for _ in range(3)) <= 0.25


def test_help_imports_nothing_that_costs():
    code = (
        "import sys; from harness.cli import conform; conform.main(['--help'], standalone_mode=False); "
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"rich", "docker", "jinja2", "msgspec", "numpy", "requests", "uv"} & set(done.stderr.split())


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(conform, verb):
    result = conform(verb, "--help")
    assert result.status == 0
    assert result.out.startswith(f"Usage: conform {verb}")


def test_help_names_every_verb(conform):
    out = conform("--help").out
    for verb, text in VERBS.items():
        assert f"{verb}  " in out
        assert text in out


def test_without_a_verb_there_is_help(conform):
    result = conform()
    assert result.status == 2
    assert "Verbs:" in result.out + result.err


def test_run_takes_the_default_set(backends, use_runtime, conform, tmp_path):
    runtime = use_runtime(FakeRuntime({name: replay(name, [case("a/f/x")]) for name in backends}))
    result = conform("run", "--out", tmp_path)
    assert result.status == 0
    assert sorted(runtime.entered) == ["cntk", "theano"]
    assert "Runtime fake, for a test." in result.err


def test_run_takes_names_with_commas_and_spaces(backends, use_runtime, conform, tmp_path):
    runtime = use_runtime(FakeRuntime({name: replay(name, [case("a/f/x")]) for name in backends}))
    conform("run", "other,theano", "cntk", "theano", "--out", tmp_path)
    assert sorted(runtime.entered) == ["cntk", "other", "theano"]


def test_a_label_makes_a_column_of_its_own(backends, use_runtime, conform, tmp_path):
    use_runtime(FakeRuntime({"cntk": replay("cntk-again", [case("a/f/x")], backend="cntk")}))
    assert conform("run", "cntk", "--label", "cntk-again", "--out", tmp_path).status == 0
    assert (tmp_path / "cntk-again.jsonl").exists()


def test_run_as_json_is_a_matrix(backends, use_runtime, conform, tmp_path):
    from jsonschema import Draft202012Validator

    use_runtime(FakeRuntime({"cntk": replay("cntk", [case("a/f/x", "fail")])}))
    result = conform("run", "cntk", "--out", tmp_path, "--json")
    Draft202012Validator(schema("matrix")).validate(json.loads(result.out))
    assert result.status == 1


def test_merge_then_report_in_every_format(conform, write_journal, tmp_path):
    write_journal("zz", [case("a/f/x"), case("a/f/y", "fail")])
    file = tmp_path / "sub" / "matrix.json"
    assert conform("merge", tmp_path / "journals", "--out", file).status == 1
    for form in ("terminal", "markdown", "html", "json", "junit"):
        result = conform("report", file, "--format", form)
        assert result.status == 0
        assert "zz" in result.out
    assert conform("report", file, "--format", "json").out == file.read_text()
    assert conform("report", file, "--format", "terminal", "--out", tmp_path / "t").status == 0
    assert "zz has 1 new deviation" in (tmp_path / "t").read_text()
    assert conform("report", file, "--format", "badge", "--out", tmp_path / "b").status == 0
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == ["zz.json", "zz.svg"]
    assert conform("report", file, "--format", "badge").status == 2


def test_merge_to_stdout_can_be_piped_into_report(write_journal):
    path = write_journal("zz", [case("a/f/x")])
    conform = f"{sys.executable} -m harness"
    done = subprocess.run(
        f"{conform} merge {path} | {conform} report - --format markdown",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "| **total** | ✓ 1 |" in done.stdout
    assert done.stderr == ""


def test_merge_finds_the_baseline_of_a_column(backends, conform, write_journal, tmp_path):
    backends["cntk"].baseline.write_text('schema = 1\nbackend = "theano"\n')
    write_journal("cntk", [case("a/f/x")])
    result = conform("merge", tmp_path / "journals")
    assert result.status == 2
    assert "belongs to another folder" in result.err


def test_baseline_update_then_check(backends, conform, write_journal):
    path = write_journal("cntk", [case("a/f/x", "fail"), case("a/f/y")])
    assert "not listed: fail a/f/x" in conform("baseline", "cntk", "--from", path).out
    assert conform("baseline", "cntk", "--from", path, "--update").status == 1
    file = backends["cntk"].baseline
    file.write_text(file.read_text().replace('reason = ""', 'reason = "It rounds down."'))
    result = conform("baseline", "cntk", "--from", path, "--json")
    assert result.status == 0
    assert json.loads(result.out) == {"backend": "cntk", "new": [], "problems": []}


def test_baseline_runs_the_backend_when_it_is_given_no_journals(backends, use_runtime, conform):
    runtime = use_runtime(FakeRuntime({"cntk": replay("cntk", [case("a/f/x", "fail")])}))
    assert conform("baseline", "cntk").status == 1
    assert runtime.requests[0].profile == "full"


def test_a_baseline_is_not_rewritten_from_part_of_a_run(backends, conform, write_journal):
    path = write_journal("cntk", [case("a/f/x", "fail")], profile="core")
    result = conform("baseline", "cntk", "--from", path, "--update")
    assert result.status == 2
    assert not backends["cntk"].baseline.exists()


def test_plan(backends, conform):
    github = json.loads(conform("plan", "--format", "github", "--profile", "full").out)
    assert [job["backend"] for job in github["include"]] == ["cntk", "theano"]
    assert {job["profile"] for job in github["include"]} == {"full"}
    gitlab = json.loads(conform("plan", "other", "--format", "gitlab").out)
    assert list(gitlab) == ["conform other"]
    assert [job["backend"] for job in json.loads(conform("plan").out)["jobs"]] == ["cntk", "theano"]


def test_env_prints_an_interpreter_and_nothing_else(backends, use_runtime, conform):
    use_runtime(FakeRuntime({"cntk": replay("cntk", []), "theano": "No Python 3.6 was found."}))
    assert conform("env", "cntk").out == "/fake/bin/python\n"
    assert json.loads(conform("env", "cntk", "--json").out)["env"] == {"KERAS_BACKEND": "cntk"}
    failed = conform("env", "theano")
    assert (failed.status, failed.out) == (3, "")


def test_build_goes_on_after_one_that_fails(backends, use_runtime, conform):
    use_runtime(FakeRuntime({"cntk": "No Python 3.6 was found.", "theano": replay("theano", [])}))
    result = conform("build", "--json")
    assert result.status == 3
    assert [item["ready"] for item in json.loads(result.out)["built"]] == [False, True]
    assert "conform: No Python 3.6 was found." in result.err


def test_output_cut_by_a_reader_is_no_error(write_journal):
    path = write_journal("zz", [case(f"a/f/{number}") for number in range(5000)])
    done = subprocess.run(
        f"{sys.executable} -m harness merge {path} | head -c 10",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == '{"schema":'
    assert done.stderr == ""
