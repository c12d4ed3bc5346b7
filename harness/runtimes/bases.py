"""The base images of an image: the public images its Dockerfile names, or stand-ins made on this host.

Stand-ins (`make base-images`) have names of their own and come in through the build arguments, so that an
image on a stand-in cannot pass for an image on the public base.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.errors import UsageError

CHOICES = ("auto", "public", "standin")

_ARGUMENT = re.compile(r"^ARG\s+(\w*BASE)=(\S+)\s*$", re.MULTILINE)
_PYTHON = re.compile(r"python:(\d+\.\d+)(-slim)?-\w+\Z")


@dataclass(frozen=True)
class Bases:
    """Build arguments that name base images, and the build's network (None: the daemon's default)."""

    arguments: Mapping[str, str]
    standin: bool
    network: str | None


def public_bases(dockerfile: str) -> dict[str, str]:
    """The base images a Dockerfile's text names as defaults of its `ARG ...BASE=`, by argument."""
    return dict(_ARGUMENT.findall(dockerfile))


def standin_for(public: str) -> str | None:
    """The name of the stand-in for a public image, or None for an image without a stand-in."""
    found = _PYTHON.match(public)
    if not found:
        return None
    version, slim = found.groups()
    return f"conform-base/python{version}" + ("" if slim else "-gcc")


def choose_bases(dockerfile: str, present: Callable[[str], bool]) -> Bases:
    """The bases that CONFORM_BASE_IMAGES chooses; `present` says whether the daemon has an image.

    `auto` takes the stand-ins when the daemon lacks a public base and has every stand-in. The network is
    CONFORM_BUILD_NETWORK, else the host's for stand-ins: where a registry cannot be reached, the bridge
    network mostly has no way out either.

    Raises:
        UsageError: CONFORM_BASE_IMAGES has an unknown value.
    """
    choice = os.environ.get("CONFORM_BASE_IMAGES") or "auto"
    if choice not in CHOICES:
        raise UsageError(f"CONFORM_BASE_IMAGES={choice!r} is unknown: choose one of {', '.join(CHOICES)}.")
    public = public_bases(dockerfile)
    standins = {argument: standin_for(name) or name for argument, name in public.items()}
    standin = choice == "standin" or (
        choice == "auto"
        and standins != public
        and not all(present(name) for name in public.values())
        and all(present(name) for name in standins.values())
    )
    network = os.environ.get("CONFORM_BUILD_NETWORK") or ("host" if standin else None)
    return Bases(standins if standin else public, standin, network)
