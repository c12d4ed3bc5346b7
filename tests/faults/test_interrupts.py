"""A harness that is asked to stop, or killed, in the middle of a case: what it leaves behind, and how it goes
on."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness.journal import read_journal
from harness.records import Case
from harness.runtimes.containers import OWNER_LABEL
from harness.runtimes.daemon import connect, unavailable
from tests.faults.table import FAULTS, FOLDER, sound_cases

ROOT = FOLDER.parents[1]
(HANGS,) = (fault.case for fault in FAULTS if fault.name == "sleep past the limit")
RUN = """
import os, sys
sys.path[:0] = [{faults!r}, {root!r}]
import harness.backends, harness.runtimes
from pathlib import Path
from tests.faults.mixed import HereRuntime
from harness.runtimes.docker import DockerRuntime
harness.backends.backends_root = lambda: Path({faults!r})
runtime = {{"venv": HereRuntime, "docker": DockerRuntime}}[sys.argv[1]]()
harness.runtimes.choose = lambda name: (runtime, "Runtime " + sys.argv[1])
from harness.cli import main
main(["run", "faulty", "--profile", "full", *sys.argv[2:]])
"""

pytestmark = pytest.mark.slow


@pytest.fixture(
    params=[pytest.param("venv", marks=pytest.mark.venv), pytest.param("docker", marks=pytest.mark.docker)]
)
def harness(request, tmp_path):
    """Starts `conform run` of sound cases and one that hangs, with a temporary directory of its own."""
    if request.param == "docker" and (reason := unavailable()):
        pytest.skip(reason)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    out = tmp_path / "out"

    def start(*options):
        select = " or ".join([*sound_cases(), HANGS])
        code = RUN.format(faults=str(FOLDER), root=str(ROOT))
        command = [
            sys.executable,
            "-c",
            code,
            request.param,
            "-k",
            select,
            "--case-timeout",
            "2",
            "--out",
            str(out),
            *options,
        ]
        env = {**os.environ, "TMPDIR": str(temporary)}
        return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    start.runtime, start.temporary, start.journal = (
        request.param,
        temporary,
        out / "selected" / "faulty.jsonl",
    )
    return start


def wait_for_verdicts(journal: Path, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while not (journal.exists() and b'"case"' in journal.read_bytes()):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def verdicts(journal: Path) -> dict[str, str]:
    return {record.id: record.verdict for record in read_journal(journal) if isinstance(record, Case)}


def processes_of(temporary: Path) -> list[int]:
    """Processes whose environment names the directory: everything a run in a virtual environment starts."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(temporary).encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return found


def left(pid: int) -> list[str]:
    """Containers of the harness with that number."""
    client = connect()
    try:
        owners = [
            c.labels.get(OWNER_LABEL, "")
            for c in client.containers.list(all=True, filters={"label": OWNER_LABEL})
        ]
    finally:
        client.close()
    return [owner for owner in owners if f"/{pid}-" in owner]


def things() -> tuple[set[str], set[str]]:
    """Networks and volumes of the daemon."""
    client = connect()
    try:
        return {network.id for network in client.networks.list()}, {
            volume.id for volume in client.volumes.list()
        }
    finally:
        client.close()


def test_asked_to_stop_it_leaves_nothing_behind(harness):
    before = things() if harness.runtime == "docker" else None
    process = harness()
    wait_for_verdicts(harness.journal, process)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert "--resume" in err
    assert list(harness.temporary.iterdir()) == []
    assert processes_of(harness.temporary) == []
    assert verdicts(harness.journal)
    if before:
        assert left(process.pid) == []
        assert things() == before


def test_killed_it_has_kept_every_verdict_and_the_next_run_goes_on(harness):
    process = harness()
    wait_for_verdicts(harness.journal, process)
    process.kill()
    process.communicate()
    kept = verdicts(harness.journal)
    assert kept
    if harness.runtime == "docker":
        assert left(process.pid), "the container of a killed harness goes on until the next one sweeps it"
    next_one = harness("--resume", "--json")
    out, err = next_one.communicate(timeout=180)
    assert next_one.returncode == 1, err  # the case that hangs is a new deviation
    (column,) = json.loads(out)["columns"]
    assert column["complete"], column["reason"]
    found = verdicts(harness.journal)
    assert found == {**dict.fromkeys(sound_cases(), "pass"), HANGS: "timeout"}
    assert kept.items() <= found.items()
    deadline = time.monotonic() + 10
    while (
        processes_of(harness.temporary) or any(harness.temporary.iterdir())
    ) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes_of(harness.temporary) == []
    assert list(harness.temporary.iterdir()) == []
    if harness.runtime == "docker":
        assert left(process.pid) == left(next_one.pid) == []
