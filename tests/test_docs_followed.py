"""README and docs/ are followed to the letter: every command of every page runs, in the order of the pages,
in a checkout on a bare machine that has only what docs/install.md installs.

A command that is not run as it stands is in one of two tables, with the reason. docs/install.md is followed
by test_install.py, docs/tutorial.md by test_tutorial.py, the workflows of docs/action.md and docs/ci.md by
test_action.py and test_ci.py.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from harness.backends import find_backend
from harness.runtimes import localgpu
from harness.runtimes.venv import VenvRuntime
from tests import ROOT
from tests.bare import Machine, checkout, installed

BY_OTHERS = {"docs/install.md", "docs/tutorial.md", "docs/plugin-tutorial.md"}
SHOWN = {
    ("docs/plugins.md", "✗  imports"),
    ("README.md", "cntk  python 3.6.15"),
    ("docs/design.md", "backend.toml -> runtime"),
}
"""Blocks that show no command, by their first words."""

ELSEWHERE = {
    "uv tool install .": "test_install.py",
    "pipx install .": "test_install.py",
    "make conform": "minutes of compiling for Theano; it runs with BACKEND=cntk",
    "make conform BACKEND=tensorflow,theano RUNTIME=venv PROFILE=full": "minutes of compiling for Theano",
    "conform run theano --keras 2.2.4": "minutes of compiling for Theano: test_frontends.py runs CNTK",
    "conform run theano,cntk --keras 2.2.4,2.3.0": "minutes of compiling for Theano: test_frontends.py",
    "conform run cntk --keras 2.0.5..2.3.1": "twenty columns: test_frontends.py runs a few",
    "conform run ops-torch --keras 3.13..3.15": "an environment of 1.4 GB",
    "conform serve": "it serves until it is stopped: test_server.py",
    "make test": "this test is a part of it",
    "make lint": "the CI job lint",
    '.venv/bin/python -m pytest tests/harness -m "not slow"': "a part of `make test`",
    (
        "KERAS_BACKEND=tensorflow CONFORM_API_MODULE=tf_keras.backend "
        "CONFORM_PRELOAD=tensorflow.compat.v1:disable_eager_execution "
        '"$(.venv/bin/conform env tf_keras)" -m pytest conformance -k "reduction and sum"'
    ): "an environment of 1.6 GB",
    "conform exclusions excluded_tests.txt --backend ops-numpy": "test_exclusions.py",
    "conform validate keras_mine --path src": "test_plugins.py, for each kind of package",
    "conform baseline my_package.my_module --path src --baseline known.toml": "test_author_baseline.py",
    "conform validate my_package.my_module --path src --baseline known.toml": "test_author_baseline.py",
    "conform baseline cntk --update --from first.jsonl --answers second.jsonl": "test_baseline_update.py",
    "ssh-keygen -Y sign -n conform -f KEY results/theano.jsonl": "a key: test_provenance.py",
    "conform merge results --signers SIGNERS --out matrix.json": "a key: test_provenance.py",
    "python scripts/mutants.py cntk --sample 50": "minutes, in the development environment",
    "python scripts/mutants.py tensorflow --function batch_dot": "minutes, in the development environment",
    "make images-gpu": "gigabytes of downloads, and a Docker daemon",
    "docker compose run --rm cntk-gpu": "a Docker daemon with a GPU",
    (
        "docker run --rm --gpus device=0 --network none --read-only --tmpfs /tmp IMAGE > cntk-gpu.jsonl"
    ): "a Docker daemon with a GPU",
}
"""Commands that are not run here, and why, or where they are."""

THEANO = "Theano compiles."
CHEAPER = (
    ("make conform && make site", "make conform && ", "", THEANO),
    ("make conform API=ops", "$", " BACKEND=ops-numpy PROFILE=examples", "Gigabytes of downloads."),
    ("conform validate my_package.my_module --path src", "$", " --level examples", "Half a minute."),
    ("make conform BACKEND=cntk", "$", " PROFILE=examples", "A quarter of a minute."),
    ("make conform BACKEND=cntk PROFILE=full", "full", "examples", "Half a minute."),
    ("make conform BACKEND=my_package.my_module MODULE_PATH=src", "$", " PROFILE=examples", "The same."),
    (
        'KERAS_BACKEND=theano "$(.venv/bin/conform env theano)" -m pytest conformance -k "dot and unknown"',
        "theano",
        "cntk",
        THEANO,
    ),
    (
        'PYTHONPATH=~/keras-patched KERAS_BACKEND=theano "$(.venv/bin/conform env theano)" '
        "-m pytest conformance",
        "theano|$",
        lambda found: "cntk" if found[0] else ' -k "dot and unknown"',
        THEANO,
    ),
    (
        'KERAS_BACKEND=theano CONFORM_PROFILE=core "$(conform env theano)" -m conformance',
        "theano|core",
        lambda found: {"theano": "cntk", "core": "examples"}[found[0]],
        THEANO,
    ),
    ("python -m conformance --list --profile full", "python", '"$(conform env cntk)"', "A prepared one."),
    ("python -m conformance --promises", "python", '"$(conform env cntk)"', "A prepared one."),
    (
        "python -m conformance --explain CASE",
        "python|CASE",
        lambda found: {"python": '"$(conform env cntk)"', "CASE": "reduction/sum/axis-first/known"}[found[0]],
        "A prepared one.",
    ),
)
"""Commands that are run in another form: the command, what is replaced in it, by what, and why."""


def commands() -> dict[str, str]:
    """All commands of all pages, in order, without the remarks behind them, and the page of each."""
    found: dict[str, str] = {}
    for path in pages():
        page = path.relative_to(ROOT).as_posix()
        for block in blocks(path.read_text(encoding="utf-8")):
            if not any(page == where and block.startswith(words) for where, words in SHOWN):
                for line in re.sub(r" \\\n\s*", " ", block).splitlines():
                    found.setdefault(re.sub(r"\s{2,}#.*", "", line), page)
    return found


def pages() -> list[Path]:
    """README, then the page that makes the journals which other pages merge, then the other pages."""
    found = [ROOT / name for name in ("README.md", "docs/commands.md", "CONTRIBUTING.md", "SECURITY.md")]
    found = [*dict.fromkeys([*found, *sorted((ROOT / "docs").glob("*.md"))])]
    return [path for path in found if path.relative_to(ROOT).as_posix() not in BY_OTHERS]


def blocks(text: str) -> list[str]:
    """The blocks of a shell, in order: indented by four after an empty line, or fenced as `sh`."""
    found = re.finditer(
        r"^```sh\n(?P<fenced>.*?)^```$|^```.*?^```$"
        r"|(?<=\n\n)(?P<indented>(?: {4}\S[^\n]*\n(?: {4}[^\n]*\n)*)+)",
        text,
        re.MULTILINE | re.DOTALL,
    )
    both = (block["fenced"] or block["indented"] or "" for block in found)
    return [re.sub(r"^ {4}", "", block, flags=re.MULTILINE) for block in both if block]


def as_run(command: str) -> str:
    """The command, or its cheaper form."""
    for text, pattern, other, _ in CHEAPER:
        if text == command:
            return re.sub(pattern, other, command)
    return command


def test_what_is_a_block():
    text = "a\n\n    x  # why\n    y \\\n        z\n\n```sh\nw\n```\n\n```python\n    v\n```\n\n* u\n    t\n"
    assert blocks(text) == ["x  # why\ny \\\n    z\n", "w\n"]


def test_every_exception_is_a_command_of_a_page():
    cheaper = {command for command, *_ in CHEAPER}
    assert set(ELSEWHERE) | cheaper <= set(commands())
    assert not set(ELSEWHERE) & cheaper
    assert all(as_run(command) != command for command in cheaper)


@pytest.mark.venv
@pytest.mark.slow
def test_every_command_does_what_the_page_says(tmp_path):
    if problem := VenvRuntime().problem(find_backend("cntk")):
        pytest.skip(problem)
    bare = installed(tmp_path)
    work = prepared(bare, checkout(tmp_path / "work"))
    problems = [trouble(bare, work, command) for command in commands() if command not in ELSEWHERE]
    assert [text for text in problems if text] == []


def prepared(bare: Machine, work: Path) -> Path:
    """The checkout, with a module in src/ and a patched Keras in the home directory."""
    shutil.copytree(ROOT / "examples" / "numpy_backend", work / "src" / "my_package" / "my_module")
    done = bare.sh('"$(conform env cntk)" -c "import keras_applications as it; print(it.__file__)"', work)
    assert done.returncode == 0, done.stderr
    site = Path(done.stdout.strip()).parent.parent
    shutil.copytree(site / "keras", bare.folder / "keras-patched" / "keras")
    return work


def trouble(bare: Machine, work: Path, command: str) -> str | None:
    """What is wrong with a command, or None."""
    text = as_run(command)
    if "--watch" in text:
        return watched(bare, work, text)
    by_hand = "-m pytest conformance" in text
    allowed = {0}
    if text.startswith("conform run") and "-gpu" in text:
        if any(localgpu.DEVICES.glob("nvidia[0-9]*")):
            return None  # the environment of a GPU backend would be made
        allowed = {3}
    elif by_hand or text.endswith("-m conformance"):
        # No baseline is applied: the known deviations of CNTK fail.
        allowed = {0, 1}
    # What this user has in the cache is not for a test to remove.
    own = {"XDG_CACHE_HOME": str(bare.folder / "cache")} if text.startswith("conform clean") else {}
    done = bare.sh(text, work, **own)
    said = f"{text}\n{done.stdout}\n{done.stderr}\nstatus {done.returncode}"
    sound = done.returncode in allowed and "Traceback" not in done.stderr
    if by_hand:
        sound = sound and re.search(r"\d+ passed", done.stdout) is not None
    if "keras-patched" in text:
        sound = sound and str(bare.folder / "keras-patched") in done.stdout
    return None if sound else said


def watched(bare: Machine, work: Path, text: str) -> str | None:
    """What is wrong with a command that ends at Ctrl-C; it is pressed when the command waits for a change."""
    with subprocess.Popen(
        ["bash", "-c", f"exec {text}"],
        cwd=work,
        env=bare.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        said = []
        for line in iter(process.stderr.readline, ""):
            said.append(line)
            if line.startswith("Watching "):
                process.send_signal(signal.SIGINT)
                break
        status = process.wait(timeout=60)
    return None if status == 130 else f"{text}\n{''.join(said)}\nstatus {status}"
