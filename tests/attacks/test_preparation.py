"""Requirements that attack while they are installed: a `setup.py`, a `.pth`, an index of their own.

The control of each does the same as it would be done without the measure.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import replace

import pytest
import uv

from harness.backends import ModuleSource, load_backends
from harness.errors import EnvironmentProblem, UsageError
from harness.module.requirements import bare, check, without_hash
from harness.paths import backends_root
from harness.runtimes import layers
from harness.runtimes.bases import Bases
from harness.runtimes.images import ImagePlan
from harness.runtimes.venv import VenvRuntime

HERE = "{}.{}".format(*sys.version_info)
SETUP = """
import json, os
with open({mark!r}, "w") as stream:
    json.dump(dict(os.environ), stream)
from setuptools import setup
setup(name="conform-attack-sdist", version="1.0", py_modules=[])
"""
METADATA = "Metadata-Version: 2.1\nName: {}\nVersion: 1.0\n"
TOKEN = "EXAMPLE_TOKEN"


@pytest.fixture
def links(tmp_path):
    """A directory of packages: the source of one, and a wheel of another, which has a `.pth`."""
    folder = tmp_path / "links"
    folder.mkdir()
    with tarfile.open(folder / "conform_attack_sdist-1.0.tar.gz", "w:gz") as tar:
        for name, text in (
            ("setup.py", SETUP.format(mark=str(tmp_path / "built"))),
            ("PKG-INFO", METADATA.format("conform-attack-sdist")),
        ):
            entry = tarfile.TarInfo(f"conform_attack_sdist-1.0/{name}")
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text.encode()))
    with zipfile.ZipFile(folder / "conform_attack_pth-1.0-py3-none-any.whl", "w") as wheel:
        started = str(tmp_path / "started")
        wheel.writestr("conform_attack_pth.pth", f"import os; open({started!r}, 'a').write('x')\n")
        wheel.writestr("conform_attack_pth-1.0.dist-info/METADATA", METADATA.format("conform-attack-pth"))
        tag = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr("conform_attack_pth-1.0.dist-info/WHEEL", tag)
        wheel.writestr("conform_attack_pth-1.0.dist-info/RECORD", "")
    return folder


@pytest.fixture
def backend(tmp_path, monkeypatch, links):
    """A module with these requirements."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_FIND_LINKS", str(links))
    monkeypatch.setenv(TOKEN, "secret")
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "requirements.txt").write_text("")
    host = replace(load_backends()["cntk"], name="tiny", title="Tiny", python=HERE, folder=folder)

    def needing(requirements, allow_sdist=False):
        return replace(host, module=ModuleSource("tiny", tmp_path, requirements, allow_sdist))

    return needing


@pytest.mark.venv
def test_a_setup_script_does_not_run(backend, tmp_path):
    with pytest.raises(EnvironmentProblem, match="--allow-sdist builds it from source"):
        VenvRuntime().prepare(backend("conform-attack-sdist==1.0\n"), print)
    assert not (tmp_path / "built").exists()


@pytest.mark.venv
def test_a_setup_script_that_is_allowed_sees_no_token_and_no_home_of_the_users(backend, tmp_path):
    VenvRuntime().prepare(backend("conform-attack-sdist==1.0\n", allow_sdist=True), print)
    seen = json.loads((tmp_path / "built").read_text())
    assert TOKEN not in seen
    assert seen["HOME"] not in ("", os.environ["HOME"])
    assert not {name for name in seen if name.startswith(("GITHUB", "AWS", "SSH"))}


@pytest.mark.venv
def test_with_the_variables_of_the_user_it_reads_the_token(backend, tmp_path):
    backend("")  # the links and the token
    python = tmp_path / "plain" / "bin" / "python"
    make = [uv.find_uv_bin(), "venv", "--no-project", "--python", sys.executable, str(tmp_path / "plain")]
    subprocess.run(make, check=True, capture_output=True)
    install = [uv.find_uv_bin(), "pip", "install", "--python", str(python), "conform-attack-sdist==1.0"]
    subprocess.run(install, check=True, capture_output=True, env={**os.environ})
    assert json.loads((tmp_path / "built").read_text())[TOKEN] == "secret"


@pytest.mark.venv
def test_what_runs_when_an_interpreter_starts_does_not_run_before_the_suite(backend, tmp_path):
    environment = VenvRuntime().prepare(backend("conform-attack-pth==1.0\n"), print)
    assert environment.python is not None
    assert not (tmp_path / "started").exists()
    subprocess.run([environment.python, "-c", ""], check=True)
    assert (tmp_path / "started").exists()


@pytest.mark.venv
def test_what_has_no_hash_is_named(backend):
    said = []
    VenvRuntime().prepare(backend("conform-attack-pth==1.0\n"), said.append)
    assert "installing what the module needs (without a hash: conform-attack-pth==1.0)" in said


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://evil.example/simple",
        "--extra-index-url=https://evil.example/simple",
        "-i https://evil.example/simple",
        "--find-links http://127.0.0.1:8000",
        "-f /tmp",
        "--trusted-host evil.example",
        "--no-index",
        "-r other.txt",
        "-e .",
        "--no-binary :all:",
        "name @ file:///etc",
        "name @ https://evil.example/name-1.0.tar.gz",
        "git+https://evil.example/name",
        "http://127.0.0.1:8000/name.whl",
        "./name.whl",
        "/tmp/name.whl",
        "name[extra]@https://evil.example/name.whl",
        "toolz \\\n  @ https://evil.example/name.whl",
    ],
)
def test_a_line_that_chooses_where_packages_come_from_is_refused_by_its_number(line, tmp_path):
    path = tmp_path / "requirements.txt"
    with pytest.raises(UsageError, match=rf"--requirements {path}, line 3: "):
        check(f"# what it needs\ntoolz==0.12.0\n{line}\n", path)


def test_packages_with_versions_markers_extras_and_hashes_are_not(tmp_path):
    text = (
        "# a comment\n\ntoolz\nnumpy>=1.16,<2  # why\nrequests[socks]==2.0 ; python_version < '3.8'\n"
        "six==1.17.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n\n"
    )
    check(text, tmp_path)
    assert without_hash(text) == ["toolz", "numpy>=1.16,<2", "requests[socks]==2.0"]
    assert bare(text).splitlines()[-1] == "six==1.17.0"


@pytest.mark.parametrize(
    ("allow_sdist", "asked", "network"),
    [(False, "host", "host"), (True, "host", None), (True, None, None), (True, "none", "none")],
)
def test_a_build_that_runs_their_code_is_never_on_the_network_of_the_daemons_machine(
    backend, monkeypatch, allow_sdist, asked, network
):
    planned = []

    class Image:
        id = "sha256:0"

    def build(client, plan, report):
        planned.append(plan)
        return Image()

    class Client:
        class images:  # noqa: N801 - as the SDK has it
            list = staticmethod(lambda **filters: [])

    monkeypatch.setattr(layers, "build", build)
    monkeypatch.setattr(layers, "find_image", lambda client, name: None)
    host = replace(load_backends()["cntk"], folder=backends_root() / "external")
    generic = ImagePlan(host, {}, Bases({}, standin=True, network=asked), "conform/external", "Dockerfile")
    module = replace(backend("conform-attack-sdist==1.0\n", allow_sdist), folder=host.folder)
    layers.add(Client(), generic, Image(), module, print)
    requirements, source = planned
    assert requirements.bases.network == network
    assert requirements.arguments.get("ONLY") == ("" if allow_sdist else None)
    assert source.bases.network == "none"
    text = requirements.files["requirements.Dockerfile"].decode()
    assert (
        text.index("ARG ONLY=--only-binary=:all:") < text.index("USER worker") < text.index("RUN pip wheel")
    )
    assert "--no-index" in text[text.rindex("FROM") :]
