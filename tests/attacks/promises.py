"""What is promised of a backend's code, in which runtime, and the attacks that try it: SECURITY.md's table.

An answer other than "no" names at least one test, which does what the promise forbids.
"""

from __future__ import annotations

from dataclasses import dataclass

RUNTIMES = ("container", "venv, Linux 6.12 or newer", "venv, elsewhere", "by hand")
CONTAINER = "tests/attacks/test_container.py"
VENV = "tests/attacks/test_venv.py"
ENVIRONMENTS = "tests/attacks/test_environments.py"
PLUGINS = "tests/attacks/test_plugins.py"
ENDLESS = "tests/attacks/test_endless.py"
STREAM = "tests/attacks/test_stream.py"
HARDENING = "tests/harness/runtimes/test_hardening.py"
LIMITS = "tests/harness/runtimes/test_processes.py"
FAULTS = "tests/faults/test_faults.py"


@dataclass(frozen=True)
class Promise:
    """A sentence about a backend's code; the answer per runtime, and the tests behind the answers."""

    text: str
    answers: tuple[str, str, str, str]
    tests: tuple[str, ...]


PROMISES = (
    Promise(
        "writes no verdict",
        ("yes", "yes", "not by accident", "not by accident"),
        (
            f"{CONTAINER}::test_a_verdict_is_not_forged_and_the_judge_lives",
            f"{VENV}::test_a_verdict_is_not_forged_and_the_judge_lives",
            f"{FAULTS}::test_faults_in_two_processes_of_a_virtual_environment",
        ),
    ),
    Promise(
        "cannot kill, stop or trace the judge",
        ("yes", "yes", "no", "no"),
        (
            f"{CONTAINER}::test_it_reaches_no_process_and_no_file_of_the_judges",
            f"{VENV}::test_it_reaches_no_process_above_it_and_writes_nothing_outside_its_directory",
        ),
    ),
    Promise(
        "cannot make a run wait for ever",
        ("yes", "yes", "yes", "no"),
        (
            f"{ENDLESS}::test_a_stopped_judge_ends_the_run",
            f"{ENDLESS}::test_what_stops_the_judge_and_its_watchers_again_and_again_is_killed",
            f"{ENDLESS}::test_a_judge_that_is_killed_ends_the_run",
            f"{ENDLESS}::test_an_answer_that_is_dear_to_read_costs_its_case",
            f"{ENDLESS}::test_a_suite_that_says_nothing_is_stopped",
            f"{CONTAINER}::test_a_verdict_is_not_forged_and_the_judge_lives",
        ),
    ),
    Promise(
        "is not believed where the journal contradicts itself",
        ("yes", "yes", "yes", "at the merge"),
        (
            f"{STREAM}::test_a_suite_that_contradicts_itself_is_stopped_and_incomplete",
            f"{STREAM}::test_a_complete_end_and_another_exit_status_are_not_believed",
            f"{STREAM}::test_a_forged_end_of_a_suite_that_was_killed_is_not_believed",
            f"{STREAM}::test_a_journal_that_contradicts_itself_is_not_merged",
        ),
    ),
    Promise(
        "is not loaded into the judge",
        ("yes", "yes", "yes", "no"),
        (
            f"{PLUGINS}::test_they_are_loaded_by_no_judge",
            f"{VENV}::test_a_planted_module_is_not_imported_by_a_judge_that_starts_later",
        ),
    ),
    Promise(
        "cannot change suite, judge or environment",
        ("yes", "yes", "no; found before the next run", "no"),
        (
            f"{CONTAINER}::test_it_reaches_no_process_and_no_file_of_the_judges",
            f"{ENVIRONMENTS}::test_a_file_left_behind_is_found_before_the_next_run_and_gone_after_it",
            f"{ENVIRONMENTS}::test_a_changed_judge_is_found",
            f"{ENVIRONMENTS}::test_a_changed_suite_is_found",
        ),
    ),
    Promise(
        "writes only to its temporary directory",
        ("yes", "yes", "no", "no"),
        (
            f"{HARDENING}::test_with_all_on_everything_is_refused",
            "tests/conformance/judge/test_confinement.py"
            "::test_a_confined_process_writes_only_below_what_it_was_given",
        ),
    ),
    Promise(
        "opens no network connection",
        ("yes", "TCP only", "no", "no"),
        (
            f"{HARDENING}::test_with_all_on_everything_is_refused",
            f"{VENV}::test_it_reaches_no_process_above_it_and_writes_nothing_outside_its_directory",
        ),
    ),
    Promise(
        "cannot read your files",
        ("yes", "no", "no", "no"),
        (f"{HARDENING}::test_with_all_on_everything_is_refused",),
    ),
    Promise(
        "is bounded in memory, processes and disk",
        ("yes", "memory of a process", "memory of a process", "no"),
        (
            f"{HARDENING}::test_with_all_on_everything_is_refused",
            f"{LIMITS}::test_a_limit_refuses_what_goes_without_it",
        ),
    ),
)


def table() -> str:
    """The table, as Markdown."""
    lines = [
        f"| a backend's code | {' | '.join(RUNTIMES)} |",
        f"|---{'|---' * len(RUNTIMES)}|",
        *(f"| {promise.text} | {' | '.join(promise.answers)} |" for promise in PROMISES),
    ]
    return "\n".join(lines) + "\n"
