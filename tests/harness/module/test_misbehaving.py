"""Modules that do what no module should: each ends in a correct report that says whose fault it was."""

from __future__ import annotations

import os
import resource
import shutil
from pathlib import Path

import pytest

from conformance.judge import confinement
from tests.harness.module.external_modules import CASES, EXPECTED, MODULES

SELECT = " or ".join(CASES)
UNUSED_USER = "54322"


def without(*functions):
    """The verdicts a sound module gets, but for these functions' cases."""
    return {case: verdict for case, verdict in EXPECTED.items() if case.split("/")[0] not in functions}


@pytest.fixture
def judge(validate, runtime):
    def run(module, *options):
        return validate(f"module:{module}", "--path", MODULES, "-k", SELECT, *options, runtime=runtime)

    return run


def test_a_sound_module_is_what_the_others_are_held_against(judge):
    sound = judge("tiny")
    assert sound.verdicts == EXPECTED
    assert sound.status == 1


@pytest.mark.parametrize("module", ["closes", "floods", "prints", "patches", "forks_once"])
def test_nothing_it_does_to_its_process_changes_a_verdict(judge, module):
    found = judge(module)
    assert found.verdicts == EXPECTED
    assert found.holds == {"found": True, "imports": True, "valid": True, "loads": False, "signatures": True}
    assert found.document["level"] is None


def test_bytes_in_the_suites_own_pipe_cost_the_function_that_wrote_them(judge):
    found = judge("forges")
    assert {case: found.verdicts[case] for case in without("square")} == without("square")
    assert {found.verdicts[case] for case in EXPECTED if case.startswith("square/")} == {"error"}
    assert found.document["matrix"]["columns"][0]["complete"]


def test_a_process_that_ends_costs_the_function_that_ended_it(judge):
    found = judge("exits_later")
    assert {case: found.verdicts[case] for case in without("square")} == without("square")
    assert {found.verdicts[case] for case in EXPECTED if case.startswith("square/")} == {"crash"}


def test_a_module_that_overwrites_itself_keeps_its_source(judge, runtime):
    before = (MODULES / "writes.py").read_text()
    found = judge("writes")
    assert (MODULES / "writes.py").read_text() == before
    if runtime == "docker" or confinement.abi():
        assert found.status == 3
        assert "writes.py, line 5" in found.step("imports")["message"]
        assert (
            "OSError" in found.step("imports")["message"]
            or "PermissionError" in found.step("imports")["message"]
        )
    else:
        assert found.verdicts == EXPECTED


@pytest.mark.parametrize(
    ("module", "says"),
    [
        ("exits", "the import ended the process: exited with status 0"),
        ("hangs", "the import took longer than 3 s"),
        ("network", "network.py, line 5: socket.create_connection"),
        (
            "unimportable",
            "ModuleNotFoundError: No module named 'no_such_engine' "
            "(unimportable.py, line 4: import no_such_engine)",
        ),
        (
            "circular",
            "circular imports keras (circular.py, line 3: from keras.backend.common import floatx) "
            "while keras loads circular, a circular import: import keras inside the functions",
        ),
        ("unparsable", "SyntaxError: invalid syntax (unparsable.py, line 2: def broken(:)"),
    ],
)
def test_what_keeps_it_from_being_imported_is_said(judge, module, says):
    found = judge(module, *(["--import-timeout", 3] if module == "hangs" else []))
    assert found.status == 3
    assert found.holds == {"found": True, "imports": False}
    assert says in found.step("imports")["message"]
    assert found.document["level"] is None


@pytest.mark.parametrize("level", ["found", "core"])
def test_a_level_of_a_module_that_cannot_be_imported_is_status_3(validate, runtime, level):
    found = validate("module:unimportable", "--path", MODULES, "--level", level, runtime=runtime)
    assert found.status == 3
    assert found.document["demanded"] == level


@pytest.mark.docker
@pytest.mark.parametrize(
    ("module", "seconds", "says"),
    [
        ("forks", 3, "the import took longer than 3 s"),
        ("allocates", 60, "killed by SIGKILL, as a process is when memory runs out"),
    ],
)
def test_in_a_container_it_takes_what_it_is_given_and_no_more(validate, docker, module, seconds, says):
    found = validate(
        f"module:{module}", "--path", MODULES, "-k", SELECT, "--import-timeout", seconds, runtime=docker
    )
    assert found.status == 3
    assert found.holds == {"found": True, "imports": False}
    assert says in found.step("imports")["message"]
    # What is left of it does not disturb the next.
    assert validate("module:tiny", "--path", MODULES, "-k", SELECT, runtime=docker).verdicts == EXPECTED


def owner(process: Path) -> str | None:
    """The user a process runs as; None where it has ended meanwhile."""
    try:
        return str(process.stat().st_uid)
    except (FileNotFoundError, ProcessLookupError):
        return None


@pytest.fixture
def limited(environment) -> dict[str, object]:
    """How a child is started whose user's processes and memory are bounded.

    Root is bound by neither: its child is another user, who may read and write what root may and nothing else
    of root's.
    """
    del environment

    def limit():
        resource.setrlimit(resource.RLIMIT_NPROC, (400, 400))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))

    if os.geteuid() != 0:
        return {"preexec_fn": limit}
    if not shutil.which("setpriv"):
        pytest.skip(
            "limits on processes do not bind root, and setpriv of util-linux, which gives up being root, "
            "is not here"
        )
    become = ["setpriv", "--reuid", UNUSED_USER, "--regid", UNUSED_USER, "--clear-groups", "--no-new-privs"]
    become += [
        "--bounding-set",
        "-all,+dac_override",
        "--inh-caps",
        "-all,+dac_override",
        "--ambient-caps",
        "+dac_override",
    ]
    return {"preexec_fn": limit, "under": become}


@pytest.mark.venv
@pytest.mark.parametrize(
    ("module", "says", "seconds"),
    # To touch a gigabyte takes a busy machine longer than three seconds.
    [("forks", "took longer than 3 s", 3), ("allocates", "MemoryError", 60)],
)
def test_under_a_users_limits_it_takes_what_it_is_given_and_no_more(validate, limited, module, says, seconds):
    arguments = [f"module:{module}", "--path", MODULES, "-k", SELECT, "--import-timeout", seconds]
    found = validate(*arguments, **limited)
    assert found.status == 3
    assert says in found.step("imports")["message"]
    assert UNUSED_USER not in {owner(process) for process in Path("/proc").glob("[0-9]*")}


@pytest.mark.venv
def test_what_lies_beside_the_module_is_not_imported_by_the_judge(validate, environment, tmp_path):
    """A pytest.py, a conformance/ and a sitecustomize.py of its own do not reach the judge, nor is anything
    left there."""
    del environment
    source = tmp_path / "src"
    source.mkdir()
    (source / "tiny.py").write_text((MODULES / "tiny.py").read_text())
    for name in ("pytest.py", "sitecustomize.py", "conformance/__init__.py"):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text("import os, sys\nif sys.argv[0] != '-c':\n    os._exit(0)\n")
    before = sorted(source.rglob("*"))
    assert validate("module:tiny", "--path", source, "-k", SELECT).verdicts == EXPECTED
    assert sorted(source.rglob("*")) == before


@pytest.fixture
def docker() -> str:
    from harness.runtimes.daemon import unavailable

    if reason := unavailable():
        pytest.skip(reason)
    return "docker"
