"""docs/install.md and README are followed to the letter on a bare machine, each way of installing on its own;
then the installed `conform` does something real."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import uv

from harness.backends import find_backend, load_backends
from harness.runtimes.venv import VenvRuntime
from tests import ROOT
from tests.bare import Machine, machine, origin

GUIDE = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")

pytestmark = [pytest.mark.venv, pytest.mark.slow]


def ways(text: str) -> list[str]:
    """The blocks of commands on a page."""
    found = re.findall(r"(?:^    \S.*\n)+", text, re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in found]


@pytest.fixture
def bare(tmp_path) -> Machine:
    if problem := VenvRuntime().problem(find_backend("cntk")):
        pytest.skip(problem)
    return machine(tmp_path / "machine", **origin(tmp_path / "origin"))


def pipx(bare: Machine) -> None:
    """Puts pipx on PATH, in an environment of its own, as Debian's package does."""
    place = bare.folder / "pipx-itself"
    for command in (("venv", place), ("pip", "install", "--python", place / "bin" / "python", "pipx")):
        done = bare.run(uv.find_uv_bin(), *command, cwd=bare.folder)
        assert done.returncode == 0, done.stderr
    (bare.bin / "pipx").symlink_to(place / "bin" / "pipx")


def check(bare: Machine, folder: Path) -> None:
    """`conform`, by its name, lists the backends and validates a module, away from any checkout."""
    path = f"{bare.folder}/.local/bin:{bare.environment['PATH']}"
    done = bare.run("sh", "-c", "command -v conform", cwd=folder, PATH=path)
    assert done.stdout.strip() == f"{bare.folder}/.local/bin/conform"
    done = bare.run("conform", "list", "--json", cwd=folder, PATH=path)
    assert {row["name"] for row in json.loads(done.stdout)["backends"]} == set(load_backends())
    shutil.copytree(ROOT / "examples" / "numpy_backend", folder / "src" / "my_package" / "my_module")
    command = ("validate", "my_package.my_module", "--path", "src", "--level", "examples")
    done = bare.run("conform", *command, "--runtime", "venv", cwd=folder, PATH=path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Level examples is reached." in done.stdout
    assert (folder / "results" / "my_package.my_module.jsonl").is_file()
    assert str(ROOT) not in done.stdout + done.stderr


@pytest.mark.parametrize("way", ways(GUIDE), ids=lambda way: " ".join(way.splitlines()[-1].split()[:3]))
def test_the_page(bare, tmp_path, way):
    work = tmp_path / "work"
    work.mkdir()
    if "pipx " in way:
        pipx(bare)
    done = bare.sh(way, work)
    assert done.returncode == 0, done.stdout + done.stderr
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    # Nothing is read from the checkout any more.
    shutil.rmtree(work)
    check(bare, elsewhere)


def test_the_readme_has_the_commands_of_the_page():
    (install,) = [block for block in ways(README) if "install ." in block]
    assert install.splitlines() == ["uv tool install .", "pipx install ."]
    assert all(any(line in way.splitlines() for way in ways(GUIDE)) for line in install.splitlines())
    assert "`uv tool install .` or `pipx install .`" in (ROOT / "docs" / "tutorial.md").read_text()
