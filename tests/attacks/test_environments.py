"""A run that leaves something behind: in uv's cache, in its environment, in the suite.

Each is done as a module would, by a process that is not confined, as on a kernel without Landlock.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import uv

from harness import suite
from harness.backends import ModuleSource, load_backends
from harness.errors import EnvironmentProblem
from harness.runtimes import SuiteRequest
from harness.runtimes.environments import installing_environment
from harness.runtimes.venv import VenvRuntime

pytestmark = pytest.mark.venv

HERE = "{}.{}".format(*sys.version_info)
WHEEL = "toolz==0.12.0"


@pytest.fixture
def backend(tmp_path, monkeypatch):
    """A backend that needs one small package, with caches of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "requirements.txt").write_text(f"{WHEEL}\n")
    return replace(load_backends()["cntk"], name="tiny", title="Tiny", python=HERE, folder=folder)


def installed(python):
    """The file of the package in the environment of an interpreter."""
    (found,) = python.parent.parent.glob("lib/python3*/site-packages/toolz/__init__.py")
    return found


def cached(tmp_path):
    """The same file in uv's cache."""
    return list((tmp_path / "uv").rglob("toolz/__init__.py"))


def append(path):
    """What a module may do to any file of its environment."""
    with path.open("a") as file:
        file.write("import evil\n")


def start(environment, tmp_path):
    request = SuiteRequest("examples", "nothing", 1, 10, {"column": "tiny"}, tmp_path / "log")
    with VenvRuntime().run(environment, request) as output:
        return list(output)


def test_what_it_writes_into_its_environment_is_not_in_the_cache_of_uv(backend, tmp_path):
    environment = VenvRuntime().prepare(backend, print)
    (copy,) = cached(tmp_path)
    before = copy.read_bytes()
    append(installed(environment.python))
    assert copy.read_bytes() == before


def test_with_hard_links_it_is(backend, tmp_path):
    python = tmp_path / "env" / "bin" / "python"
    run = [uv.find_uv_bin(), "venv", "--no-project", "--python", sys.executable, str(python.parent.parent)]
    subprocess.run(run, check=True, capture_output=True)
    env = {**installing_environment(os.environ), "UV_LINK_MODE": "hardlink"}
    install = [uv.find_uv_bin(), "pip", "install", "--python", str(python), WHEEL]
    subprocess.run(install, check=True, capture_output=True, env=env)
    append(installed(python))
    assert any("import evil" in path.read_text() for path in cached(tmp_path))


def test_a_file_left_behind_is_found_before_the_next_run_and_gone_after_it(backend, tmp_path):
    runtime = VenvRuntime()
    environment = runtime.prepare(backend, print)
    assert environment.python is not None
    assert start(environment, tmp_path)  # the control: without it, it runs
    left = installed(environment.python).parent.parent / "evil.pth"
    left.write_text("import os; os.environ['EVIL'] = '1'\n")
    env = {"PATH": os.defpath}
    loads = subprocess.run(
        [environment.python, "-c", "import os; print(os.environ['EVIL'])"], env=env, capture_output=True
    )
    assert loads.stdout == b"1\n"
    with pytest.raises(EnvironmentProblem, match=r"Tiny was changed .*evil\.pth is new.*run again"):
        start(environment, tmp_path)
    again = runtime.prepare(backend, print)
    assert start(again, tmp_path)
    assert not left.exists()


def test_a_changed_judge_is_found(backend, tmp_path):
    environment = VenvRuntime().prepare(backend, print)
    assert environment.judge is not None
    (module,) = environment.judge.parent.parent.glob("lib/python3*/site-packages/pytest/__init__.py")
    append(module)
    with pytest.raises(EnvironmentProblem, match=r"the judge was changed .*pytest/__init__\.py"):
        start(environment, tmp_path)


def test_what_one_module_has_installed_is_not_in_the_environment_of_the_next(backend, tmp_path):
    modules = [
        replace(backend, module=ModuleSource(name, tmp_path, "toolz\n"), name=name) for name in ("a", "b")
    ]
    pythons = {VenvRuntime().prepare(module, print).python for module in modules}
    assert len(pythons) == 2


def test_a_changed_suite_is_found(tmp_path, monkeypatch):
    root = tmp_path / "suite"
    shutil.copytree(suite.suite_root() / "conformance", root / "conformance")
    monkeypatch.setattr(suite, "suite_root", lambda: root)
    monkeypatch.setattr(suite, "_FIRST", {})
    suite._module.cache_clear()
    try:
        suite.check_suite("k")
        suite.check_suite("k")
        append(root / "conformance" / "judge" / "compare.py")
        with pytest.raises(EnvironmentProblem, match="was changed while this harness ran"):
            suite.check_suite("k")
    finally:
        suite._module.cache_clear()


def test_an_installed_suite_is_compared_with_its_wheel(tmp_path, monkeypatch):
    root = tmp_path / "_data"
    name = "conformance/judge/compare.py"
    (root / name).parent.mkdir(parents=True)
    (root / name).write_text("import evil\n")
    monkeypatch.setattr(suite, "suite_digest", lambda api: "same")
    monkeypatch.setattr(suite, "_FIRST", {})
    monkeypatch.setattr(suite, "suite_root", lambda: root)
    monkeypatch.setattr(suite, "installed_digests", lambda: {name: "of-another-content"})
    with pytest.raises(EnvironmentProblem, match=r"compare\.py was changed\): install the harness again"):
        suite.check_suite("k")
    assert Path(root / name).exists()
