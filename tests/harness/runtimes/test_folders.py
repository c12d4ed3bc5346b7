"""What a backend's folder says in several places is the same in all of them."""

from __future__ import annotations

import re

import pytest

from harness.backends import load_backends, load_hosts
from harness.baseline import load_baseline
from harness.folders import generated
from harness.paths import backends_root
from harness.pins import pinned
from harness.runtimes.bases import public_bases, standin_for

BACKENDS = load_backends()
FOLDERS = {backend.name: backend for backend in [*BACKENDS.values(), *load_hosts()]}
GENERATED = generated()

every_backend = pytest.mark.parametrize("name", BACKENDS)
every_folder = pytest.mark.parametrize("name", FOLDERS)


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: str(path.relative_to(backends_root().parent)))
def test_the_repository_has_what_make_folders_writes(path):
    assert path.read_text(encoding="utf-8") == GENERATED[path], "run make folders"


def test_every_dockerfile_of_an_image_is_among_them():
    assert set(GENERATED) >= set(backends_root().glob("*/Dockerfile"))


@every_folder
def test_every_requirement_is_pinned_with_hashes(name):
    text = FOLDERS[name].requirements.read_text(encoding="utf-8")
    entries = re.findall(r"^[a-zA-Z0-9](?:.*\\\n)*.*", text, re.MULTILINE)
    assert entries
    for entry in entries:
        assert "==" in entry.splitlines()[0]
        assert "--hash=sha256:" in entry


@every_folder
def test_every_base_has_a_standin(name):
    bases = public_bases(FOLDERS[name].dockerfile.read_text(encoding="utf-8"))
    assert bases == FOLDERS[name].docker.bases
    assert FOLDERS[name].docker.standin == standin_for(bases["BASE"])
    made = (backends_root().parent / "scripts" / "base-images.sh").read_text(encoding="utf-8")
    for public in bases.values():
        assert f" {public} {standin_for(public)}\n" in made


@every_folder
def test_nothing_in_an_image_comes_from_the_distribution(name):
    text = FOLDERS[name].dockerfile.read_text(encoding="utf-8").replace("\\\n", " ")
    assert not re.search(r"^RUN .*\bapt(-get)?\b", text, re.MULTILINE)


@every_backend
def test_the_baseline_is_the_backends_own(name):
    assert load_baseline(BACKENDS[name]).backend == name


@pytest.mark.parametrize(
    ("name", "engine"),
    {
        "tensorflow-gpu": "tensorflow",
        "cntk-gpu": "cntk",
        "theano-gpu": "theano",
        "tensorflow2-gpu": "tf_keras",
        "ops-jax-gpu": "ops-jax",
        "ops-torch-gpu": "ops-torch",
    }.items(),
)
def test_a_gpu_backend_has_the_requirements_of_its_sibling_and_the_devices(name, engine):
    sibling = pinned(BACKENDS[engine].requirements)
    sibling.pop(BACKENDS[engine].engine)
    assert sibling.items() <= pinned(BACKENDS[name].requirements).items()
    assert not BACKENDS[name].default
