from __future__ import annotations

import io
import tarfile

import docker.errors
import pytest

from harness.cleaning.images import images
from harness.runtimes.daemon import connect, unavailable

KEY = "0123456789abcdef"
TAG = f"conform/cleaning-test:{KEY}"


@pytest.fixture
def client():
    if problem := unavailable():
        pytest.skip(problem)
    return connect()


@pytest.fixture
def image(client):
    """A tiny image under a name of ours, a name of the compose file, and one of a stranger."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("empty"))
    client.api.import_image_from_data(content.getvalue(), repository="conform/cleaning-test", tag=KEY)
    made = client.images.get(TAG)
    others = ("conform/cleaning-test:compose", f"elsewhere/cleaning-test:{KEY}")
    for name in others:
        made.tag(*name.split(":"))
    yield made
    for name in (TAG, *others):
        try:
            client.images.remove(name)
        except docker.errors.ImageNotFound:
            assert name == TAG


def found():
    return [item for item in images() if "cleaning-test" in item.name]


@pytest.mark.docker
def test_an_image_of_ours_is_found_by_its_tag_and_removed(client, image):
    (item,) = found()
    assert (item.name, item.busy) == (TAG, None)
    assert item.remove() is None
    assert found() == []
    assert client.images.get("conform/cleaning-test:compose")


@pytest.mark.docker
def test_the_image_of_a_container_stays(client, image):
    container = client.containers.create(TAG, ["/nothing"], name="conform-cleaning-test")
    try:
        (item,) = found()
        assert item.busy == "the container conform-cleaning-test uses it"
    finally:
        container.remove()
