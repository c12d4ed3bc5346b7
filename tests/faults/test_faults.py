"""A quick part of the table of faults, really caused: each costs its own case, and every neighbour is judged
right."""

from __future__ import annotations

import pytest

from harness.runtimes.daemon import unavailable
from harness.runtimes.docker import DockerRuntime
from tests.faults.mixed import SOUND, HereRuntime, Tally, run_mixed
from tests.faults.table import FAULTS, faulty_backend, sound_cases

QUICK = {
    "venv": {
        "os._exit",
        "segmentation fault",
        "infinite loop in C, signals blocked",
        "closed stdout and stderr",
        "forged journal line on every descriptor",
        "descriptor exhaustion",
        "death of the next worker at its import",
    },
    "docker": {
        "abort",
        "flood on stderr",
        "binary on stdout",
        "fork bomb",
        "detached children left behind",
        "disk full",
    },
}
"""By runtime, what takes little time; `make soak` causes all of them in both, a hundred times."""

pytestmark = pytest.mark.slow


def test_the_table_is_about_different_cases():
    cases = [fault.case for fault in FAULTS] + sound_cases()
    assert len(set(cases)) == len(cases)
    assert {fault.name for fault in FAULTS} >= QUICK["venv"] | QUICK["docker"]


def check(runtime, jobs, tmp_path):
    faults = [fault for fault in FAULTS if fault.name in QUICK[runtime.name]]
    tally = Tally()
    run_mixed([(runtime, jobs)], faults, tmp_path, tally)
    assert tally.wrong == []
    assert tally.right == {**{fault.name: 1 for fault in faults}, SOUND: len(sound_cases())}


@pytest.mark.venv
def test_faults_in_two_processes_of_a_virtual_environment(tmp_path):
    check(HereRuntime(), 2, tmp_path)


@pytest.mark.docker
def test_faults_in_a_container(tmp_path):
    if reason := unavailable():
        pytest.skip(reason)
    runtime = DockerRuntime()
    runtime.prepare(faulty_backend(), print)
    check(runtime, 1, tmp_path)
