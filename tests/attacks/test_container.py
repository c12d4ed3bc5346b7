"""A hostile backend in a container: it reaches neither the judge nor the process that starts workers.

The control is the same image with one user in place of two, as it was once.
"""

from __future__ import annotations

import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from harness.runtimes import SuiteRequest, containers
from harness.runtimes.daemon import connect, unavailable
from harness.runtimes.docker import DockerRuntime
from harness.runtimes.hardening import restrictions
from tests.faults.table import faulty_backend

pytestmark = pytest.mark.docker

HOSTILE = Path(__file__).parent / "hostile"
ONE_USER = {"user": "10001:10001", "cap_add": []}
FORGED = "forged/by/a/worker"


@pytest.fixture(scope="module")
def image():
    """The image of the faulty backend with the attacker beside it."""
    if reason := unavailable():
        pytest.skip(reason)
    below = DockerRuntime().prepare(faulty_backend(), print).identity
    env = "KERAS_BACKEND=attacker CONFORM_API_MODULE=attacker"
    dockerfile = f"FROM {below}\nCOPY attacker.py /opt/suite/\nENV {env}\n"
    context = io.BytesIO()
    with tarfile.open(fileobj=context, mode="w") as tar:
        for name, content in (
            ("Dockerfile", dockerfile.encode()),
            ("attacker.py", (HOSTILE / "attacker.py").read_bytes()),
        ):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    context.seek(0)
    client = connect(seconds=None)
    made, _ = client.images.build(fileobj=context, custom_context=True, rm=True, network_mode="none")
    yield made.id
    client.images.remove(made.id, force=True)
    client.close()


@pytest.fixture
def attack(image, tmp_path, monkeypatch):
    """The records of a run of the attacker in a container; `one_user` takes the protection off."""

    def run(what, one_user=False, jobs=1, **more):
        env = {"ATTACK": what, "ATTACK_DEPTH": "8", **more}
        if one_user:
            env["CONFORM_USERS"] = ""
            off = lambda backend, processors: {**restrictions(backend, processors), **ONE_USER}  # noqa: E731
            monkeypatch.setattr(containers, "restrictions", off)
        backend = replace(
            faulty_backend(), keras_backend="attacker", api_module="attacker", name="attacker", env=env
        )
        request = SuiteRequest(
            "core", "maximum or minimum", jobs, 10, {"column": "attacker"}, tmp_path / "log", start_timeout=30
        )
        with containers.run_container(image, backend, request) as output:
            return [json.loads(line) for line in output if line.strip()]

    return run


def could(records):
    """What the attacker says that it could do."""
    reason = records[-1]["reason"]
    assert "could: " in reason, reason
    return json.loads(reason.partition("could: ")[2].partition("]")[0] + "]")


def test_it_reaches_no_process_and_no_file_of_the_judges(attack):
    assert could(attack("look")) in (["connected"], [])  # to itself


def test_with_one_user_it_does(attack):
    assert {"memory", "opened", "signalled", "variables", "written"} <= set(
        could(attack("look", one_user=True))
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_verdict_is_not_forged_and_the_judge_lives(attack, jobs):
    records = attack("forge", jobs=jobs, ATTACK_KILLS="1")
    assert FORGED not in {record.get("id") for record in records}
    assert records[-1]["kind"] == "end"
    assert records[-1]["complete"], records[-1]["reason"]


def test_with_one_user_it_is_forged(attack):
    assert FORGED in {record.get("id") for record in attack("forge", one_user=True)}


def test_with_one_user_the_judge_is_killed(attack):
    records = attack("forge", one_user=True, ATTACK_KILLS="1")
    assert records[-1]["kind"] != "end"
