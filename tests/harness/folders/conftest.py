"""A backend that does not exist, in a folder of its own."""

from __future__ import annotations

import pytest

from harness.backends import load_backends

BACKEND = """\
schema = 1
name = "newcomer"
title = "Newcomer's engine 3"
api = "k"
front_end = "tf-keras"
keras = "2.21.0"
engine = "newcomer"
python = "3.12"
keras_backend = "newcomer"
api_module = "tf_keras.backend"
preload = ["newcomer:start", "newcomer.more"]
{more}
[env]
NEWCOMER_FLAGS = 'say "hello" to $USER \\ {{}}'

[docker]
base = "python:3.12-slim-bookworm"
memory = "3g"
cpus = 1.5
{docker}
"""


@pytest.fixture
def newcomer(tmp_path):
    """Makes the folder, with these lines more in backend.toml, and returns its backend."""
    folder = tmp_path / "dockerfiles" / "newcomer"
    folder.mkdir(parents=True)
    (folder / "requirements.txt").write_text(
        "newcomer==3.1 \\\n    --hash=sha256:00\ntf-keras==2.21.0 \\\n    --hash=sha256:00\n"
    )

    def make(docker="", more=""):
        (folder / "backend.toml").write_text(BACKEND.format(docker=docker, more=more))
        return load_backends(folder.parent)["newcomer"]

    return make
