"""The harness is installed from files that pin every package by its hash."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import uv

from tests import ROOT

FOLDER = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NEEDED = {
    "harness": PROJECT["dependencies"],
    "dev": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"],
    "uv": ["uv"],
    "build": ["hatchling"],
}


def entries(name):
    """The hashes of each package of a file, by name and version."""
    text = (FOLDER / f"{name}.txt").read_text()
    found = re.findall(
        r"^([\w.-]+==\S+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    assert len(found) == len(re.findall(r"^\w", text, re.M))  # every line that is not a hash has some
    return dict(found)


def plain(requirement):
    """The name of a package in one spelling."""
    return re.match(r"[\w.-]+", requirement).group().lower().replace("_", "-")


@pytest.mark.parametrize("name", NEEDED)
def test_all_that_the_project_asks_for_is_pinned(name):
    """`make lock` writes the files anew."""
    assert {plain(need) for need in NEEDED[name]} <= {plain(entry) for entry in entries(name)}


def test_the_files_agree():
    assert entries("uv").items() <= entries("harness").items() <= entries("dev").items()


@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("Makefile", ["uv", "harness", "dev"]),
        (".github/actions/validate/action.yml", ["uv", "harness"]),
    ],
)
def test_they_are_what_is_installed(path, files):
    text = (ROOT / path).read_text().replace("\\\n", " ")
    for name in files:
        assert re.search(rf"--require-hashes[^\n]* -r \S*requirements/{name}\.txt", text)
    assert "--build-constraints" in text


@pytest.mark.parametrize("honest", [True, False])
def test_a_package_of_another_content_is_refused(tmp_path, honest):
    (hashes,) = (found for entry, found in entries("dev").items() if entry.startswith("iniconfig=="))
    (entry,) = (entry for entry in entries("dev") if entry.startswith("iniconfig=="))
    if not honest:
        hashes = re.sub(r"sha256:(.)", lambda match: f"sha256:{'0' if match[1] != '0' else '1'}", hashes)
    (tmp_path / "one.txt").write_text(f"{entry} \\\n{hashes}")
    command = [uv.find_uv_bin(), "pip", "install", "--no-deps", "--require-hashes", "--no-cache"]
    command += ["--python", sys.executable, "--target", str(tmp_path / "to"), "-r", str(tmp_path / "one.txt")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode == 0) is honest, done.stderr
    assert honest or "Hash mismatch" in done.stderr
    shutil.rmtree(tmp_path / "to", ignore_errors=True)
