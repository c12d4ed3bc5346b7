"""A backend's Dockerfile: its generated blocks, or the whole file when the folder does not have it.

* `head`: the bases, the judge's environment and that of a backend that is installed as most are. A folder
  that needs more has a head written by hand in place of the block.
* `judge`: the judge's environment alone, before the first FROM of a head written by hand.
* `variables`: what an image sets. It is part of the tail, unless the Dockerfile has a block of that name for
  a stage that needs the variables earlier.
* `tail`: the labels, the suite, its user and its start. It is added where a Dockerfile lacks it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from harness.backends import Backend
from harness.errors import UsageError
from harness.folders.blocks import block, filled, names
from harness.folders.rendering import render
from harness.pins import pinned
from harness.runtimes.base import constant_environment
from harness.runtimes.bases import public_bases
from harness.runtimes.hardening import JUDGE, WORKER
from harness.runtimes.judges import installers, locks

BLOCKS = ("judge", "head", "variables", "tail")

_PLAIN = re.compile(r"[\w./:=,@%+-]+")


def dockerfile(backend: Backend) -> str:
    """The text of the Dockerfile as it should be.

    Raises:
        UsageError: the folder contradicts itself, or the markers in the Dockerfile do not pair.
    """
    path = backend.dockerfile
    where = f"{path.parent.name}/{path.name}"
    text = path.read_text(encoding="utf-8") if path.is_file() else block("head", "")
    present = names(text, BLOCKS, where)
    if not {"judge", "head"} & set(present):
        first = text.find("FROM ") if text.startswith("FROM ") else text.find("\nFROM ") + 1
        text = f"{text[:first]}{block('judge', '')}\n{text[first:]}"
    contents = {
        "judge": _judge(backend),
        "head": _head(backend),
        "variables": instruction("ENV", variables(backend)),
        "tail": _tail(backend, with_variables="variables" not in present),
    }
    if "tail" not in present:
        text = f"{text.rstrip()}\n\n{block('tail', '')}"
    return _with_bases(backend, filled(text, contents), where)


def variables(backend: Backend) -> dict[str, str]:
    """The variables of an image: those of its environment, and those that the suite reads."""
    found = {
        "PATH": "/opt/env/bin:$PATH",
        "PYTHONPATH": "/opt/suite",
        "HOME": "/tmp",  # noqa: S108 - the container's own
        "KERAS_HOME": "/tmp/keras",  # noqa: S108 - likewise
        "LANG": "C.UTF-8",
    }
    if backend.device == "gpu":
        found["NVIDIA_DRIVER_CAPABILITIES"] = "compute,utility"
    found |= constant_environment(backend)
    found["CONFORM_WORKER"] = "/opt/env/bin/python"
    found["CONFORM_USERS"] = f"{JUDGE}:{WORKER}"
    if _is_registered(backend):
        start = {
            "column": backend.name,
            "backend": backend.name,
            "runtime": "docker",
            "device": backend.device,
        }
        found["CONFORM_START"] = json.dumps(start, separators=(",", ":"))
    return found


def labels(backend: Backend) -> dict[str, str]:
    """The labels of an image, with the pinned versions.

    Raises:
        UsageError: the engine is not pinned, or the front end is pinned to another version than the folder
            names.
    """
    pins = pinned(backend.requirements)
    front_end, engine = pins.get(backend.front_end), pins.get(backend.engine)
    if front_end != backend.keras:
        raise UsageError(
            f"{backend.requirements} pins {backend.front_end} to {front_end or 'nothing'}, "
            f"and the folder says {backend.keras}: make both the same."
        )
    if engine is None:
        raise UsageError(
            f"{backend.requirements} does not pin the engine, {backend.engine}: compile it again."
        )
    found = {
        "org.opencontainers.image.title": f"Keras backend conformance: {backend.title}",
        "org.opencontainers.image.version": engine,
        "org.opencontainers.image.licenses": "Apache-2.0",
        "io.keras-conformance.keras": backend.keras,
    }
    if _is_registered(backend):
        found["io.keras-conformance.backend"] = backend.name
        found["io.keras-conformance.engine"] = f"{backend.engine}=={engine}"
    return found


def instruction(word: str, pairs: Mapping[str, str]) -> str:
    """`ENV` or `LABEL` with these pairs, one a line."""
    return f"{word} " + " \\\n    ".join(f"{name}={quoted(text)}" for name, text in pairs.items()) + "\n"


def quoted(text: str) -> str:
    """`text` as one word of a Dockerfile. PATH's own variable is the only one that is replaced.

    Raises:
        UsageError: it has a line break, which a word of a Dockerfile cannot have.
    """
    if "\n" in text:
        raise UsageError(f"{text!r} has a line break, which a Dockerfile cannot hold: write it on one line.")
    if _PLAIN.fullmatch(text.removesuffix(":$PATH")):
        return text
    if "'" not in text:
        return f"'{text}'"
    return '"' + re.sub(r'(["\\$])', r"\\\1", text) + '"'


def _is_registered(backend: Backend) -> bool:
    # The host of external modules is not a backend before it has a module.
    return bool(backend.keras_backend)


def _head(backend: Backend) -> str:
    return render(
        "head.Dockerfile",
        folder=f"dockerfiles/{backend.folder.name}",
        source=f"dockerfiles/{backend.source.name}",
        docker=backend.docker,
        python=backend.python,
        judge=_judge(backend),
        installers=next(iter(installers(backend.python)), None),
        # prepare.py, and what it imports from beside itself.
        scripts=sorted(path.name for path in backend.source.glob("*.py")),
        prepare=backend.prepare is not None,
        useradd=" \\\n && ".join(
            f"useradd --uid {number} --user-group --no-create-home --home-dir /tmp {name}"
            for number, name in ((JUDGE, "conform"), (WORKER, "worker"))
        ),
    )


def _judge(backend: Backend) -> str:
    return render(
        "judge.Dockerfile",
        installers=next(iter(installers(backend.python)), None),
        requirements=list(locks(backend.api, backend.python)),
    )


def _tail(backend: Backend, with_variables: bool) -> str:
    return render(
        "tail.Dockerfile",
        variables=instruction("ENV", variables(backend)) if with_variables else "",
        labels=instruction("LABEL", labels(backend)),
    )


def _with_bases(backend: Backend, text: str, where: str) -> str:
    """`text` with the folder's bases as defaults of its build arguments."""
    found, wanted = public_bases(text), backend.docker.bases
    if found.keys() != wanted.keys():
        raise UsageError(
            f"{where} has the base arguments {', '.join(found) or 'none'}, and the [docker] table beside it "
            f"gives {', '.join(wanted)}: make both the same."
        )
    for argument, image in wanted.items():
        text = re.sub(rf"^ARG\s+{argument}=.*$", f"ARG {argument}={image}", text, flags=re.MULTILINE)
    return text
