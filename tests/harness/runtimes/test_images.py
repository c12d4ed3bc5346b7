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
