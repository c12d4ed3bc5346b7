"""What an image is made from, and when it is another one."""

from harness.backends import load_backends
from harness.paths import backends_root
from harness.runtimes.bases import Bases
from harness.runtimes.images import plan


def bases(text):
    assert "ARG BASE=" in text
    return Bases({"BASE": "a"}, standin=False, network=None)


def test_an_image_that_compiles_ahead_is_another_for_another_profile():
    """The others are the same for every profile: they must not be built again."""
    backends = load_backends(backends_root())
    assert plan(backends["theano"], bases, "full").arguments == {"BASE": "a", "WARM_PROFILE": "full"}
    assert plan(backends["theano"], bases, "full").tag != plan(backends["theano"], bases, "core").tag
    assert plan(backends["cntk"], bases, "full").arguments == {"BASE": "a"}
    assert plan(backends["cntk"], bases, "full").tag == plan(backends["cntk"], bases, "core").tag


def test_the_image_of_a_backend_in_the_environment_of_another_is_made_from_its_requirements():
    registered = load_backends()
    numpy, jax = (plan(registered[name], bases).files for name in ("ops-numpy", "ops-jax"))
    assert numpy["dockerfiles/ops-jax/requirements.txt"] == jax["dockerfiles/ops-jax/requirements.txt"]
    assert {name for name in numpy if name.startswith("dockerfiles/")} == {
        "dockerfiles/ops-jax/requirements.txt",
        "dockerfiles/ops-numpy/Dockerfile",
    }
    installed = []
    for files, name in ((numpy, "ops-numpy"), (jax, "ops-jax")):
        lines = files[f"dockerfiles/{name}/Dockerfile"].decode().split(" AS judge")[1].splitlines()
        steps = [line for line in lines if line.startswith(("COPY", "RUN", "ENV"))]
        installed.append(
            steps[: 1 + next(i for i, line in enumerate(steps) if "-r /opt/requirements" in line)]
        )
    # The same steps are the same layers.
    assert installed[0] == installed[1]
