"""The command line as a whole: help, verbs, and what it costs to ask for them."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from harness.cli import VERBS
from tests import ROOT
from tests.fakes import case


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
