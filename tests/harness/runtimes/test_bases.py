"""Which base images are chosen."""

from __future__ import annotations

import pytest

from harness.errors import UsageError
from harness.runtimes.bases import choose_bases, public_bases, standin_for

DOCKERFILE = """\
ARG BASE=python:3.6-slim-bullseye
ARG BUILD_BASE=python:3.6-bullseye
ARG WARM_FROM=environment
FROM ${BASE}
"""
SLIM, FULL = "python:3.6-slim-bullseye", "python:3.6-bullseye"
STANDINS = {"BASE": "conform-base/python3.6", "BUILD_BASE": "conform-base/python3.6-gcc"}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    monkeypatch.delenv("CONFORM_BASE_IMAGES", raising=False)
    monkeypatch.delenv("CONFORM_BUILD_NETWORK", raising=False)


def test_the_bases_of_a_dockerfile_are_its_base_arguments():
    assert public_bases(DOCKERFILE) == {"BASE": SLIM, "BUILD_BASE": FULL}


@pytest.mark.parametrize(
    ("public", "standin"),
    [
        (SLIM, "conform-base/python3.6"),
        (FULL, "conform-base/python3.6-gcc"),
        ("python:3.12-slim-bookworm", "conform-base/python3.12"),
        ("nvidia/cuda:12.4.1-base-ubuntu22.04", None),
    ],
)
def test_the_name_of_a_standin(public, standin):
    assert standin_for(public) == standin


@pytest.mark.parametrize(
    ("present", "standin"),
    [
        (set(), False),  # the builder pulls the public ones
        (set(STANDINS.values()), True),
        ({"conform-base/python3.6"}, False),  # mixing bases would mix two paths to Python
        ({*STANDINS.values(), SLIM}, True),
        ({*STANDINS.values(), SLIM, FULL}, False),
    ],
)
def test_auto_takes_standins_only_where_a_public_base_is_missing_and_all_standins_are_there(present, standin):
    bases = choose_bases(DOCKERFILE, present.__contains__)
    assert bases.standin == standin
    assert bases.arguments == (STANDINS if standin else {"BASE": SLIM, "BUILD_BASE": FULL})
    assert bases.network == ("host" if standin else None)


def test_the_choice_and_the_network_can_be_set(monkeypatch):
    monkeypatch.setenv("CONFORM_BASE_IMAGES", "standin")
    assert choose_bases(DOCKERFILE, lambda _: False).arguments == STANDINS
    monkeypatch.setenv("CONFORM_BASE_IMAGES", "public")
    monkeypatch.setenv("CONFORM_BUILD_NETWORK", "egress")
    bases = choose_bases(DOCKERFILE, set(STANDINS.values()).__contains__)
    assert (bases.standin, bases.network) == (False, "egress")


def test_an_unknown_choice_is_refused_with_the_known_ones(monkeypatch):
    monkeypatch.setenv("CONFORM_BASE_IMAGES", "private")
    with pytest.raises(UsageError, match="choose one of auto, public, standin"):
        choose_bases(DOCKERFILE, lambda _: False)
