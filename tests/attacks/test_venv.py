"""A hostile backend in a virtual environment, where judge and worker are one user: Landlock and an isolated
interpreter keep it out of the judge.

Each control takes one of the two off.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from conformance.judge import confinement
from harness.runtimes import Environment, SuiteRequest
from harness.runtimes import venv as runtime
from harness.runtimes.venv import VenvRuntime
from tests import ROOT
from tests.faults.table import FOLDER, faulty_backend

HOSTILE = Path(__file__).parent / "hostile"
FORGED = "forged/by/a/worker"
needs_landlock = pytest.mark.skipif(
    confinement.abi() < 6, reason="this kernel's Landlock is too old to keep signals in (Linux 6.12)"
)


@pytest.fixture
def attack(tmp_path):
    """The records of a run of the attacker in this interpreter; `confined` False takes Landlock off."""

    def run(what, confined=True, jobs=1, **more):
        paths = os.pathsep.join([str(ROOT), str(FOLDER / "faulty"), str(HOSTILE)])
        env = {"ATTACK": what, "ATTACK_DEPTH": "2", "PYTHONPATH": paths, **more}
        if not confined:
            env["CONFORM_WRITABLE"] = ""
        backend = replace(
            faulty_backend(), keras_backend="attacker", api_module="attacker", name="attacker", env=env
        )
        request = SuiteRequest(
            "core", "maximum or minimum", jobs, 10, {"column": "attacker"}, tmp_path / "log", start_timeout=30
        )
        environment = Environment(backend, "venv", "this interpreter", Path(sys.executable))
        with VenvRuntime().run(environment, request) as output:
            return [json.loads(line) for line in output if line.strip()]

    return run


def could(records):
    """What the attacker says that it could do."""
    reason = records[-1]["reason"]
    assert "could: " in reason, reason
    return json.loads(reason.partition("could: ")[2].partition("]")[0] + "]")


@needs_landlock
def test_it_reaches_no_process_above_it_and_writes_nothing_outside_its_directory(attack):
    # Root is root already, and may read the variables of any process (CAP_PERFMON): no secret is in them.
    assert set(could(attack("look"))) <= ({"become", "variables"} if os.getuid() == 0 else set())


def test_without_landlock_it_does(attack):
    assert {"limited", "signalled", "written", "connected"} <= set(could(attack("look", confined=False)))


@needs_landlock
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_verdict_is_not_forged_and_the_judge_lives(attack, jobs):
    records = attack("forge", jobs=jobs, ATTACK_KILLS="1")
    assert FORGED not in {record.get("id") for record in records}
    assert records[-1]["kind"] == "end"
    assert records[-1]["complete"], records[-1]["reason"]


@pytest.mark.skipif(os.getuid() != 0, reason="an undumpable process keeps out all but root")
def test_without_landlock_root_forges_it(attack):
    assert FORGED in {record.get("id") for record in attack("forge", confined=False)}


def test_without_landlock_the_judge_is_killed(attack):
    records = attack("forge", confined=False, ATTACK_KILLS="1")
    assert "end" not in {record["kind"] for record in records}


@pytest.mark.parametrize("confined", [True, False])
def test_a_planted_module_is_not_imported_by_a_judge_that_starts_later(attack, tmp_path, confined):
    mark = tmp_path / "mark"
    records = attack("plant", confined=confined, jobs=2, ATTACK_MARK=str(mark))
    assert records[-1]["complete"], records[-1]["reason"]
    assert not mark.exists()


def test_a_judge_that_is_not_isolated_imports_it(attack, tmp_path, monkeypatch):
    mark = tmp_path / "mark"
    started = runtime.SupervisedProcess

    def unisolated(command, *arguments):
        return started([command[0], "-m", "conformance"], *arguments)

    monkeypatch.setattr(runtime, "SupervisedProcess", unisolated)
    attack("plant", confined=False, jobs=2, ATTACK_MARK=str(mark))
    assert mark.exists()
