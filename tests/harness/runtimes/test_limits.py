from __future__ import annotations

import pytest

from harness.backends import DockerSettings
from harness.runtimes.limits import OPEN_FILES, in_bytes, process_limits


@pytest.mark.parametrize(
    ("size", "bytes_"), [("128m", 128 << 20), ("4g", 4 << 30), ("512K", 512 << 10), ("77", 77), ("9b", 9)]
)
def test_sizes_in_dockers_notation(size, bytes_):
    assert in_bytes(size) == bytes_


def test_what_is_not_a_size_is_refused():
    with pytest.raises(ValueError, match="is not a size"):
        in_bytes("lots")


def test_the_limits_are_those_of_the_folder():
    limits = process_limits(DockerSettings(base="-", memory="1g", pids=100))
    assert limits["DATA"] == 1 << 30
    assert limits["NOFILE"] == OPEN_FILES
    assert limits["CORE"] == 0
    assert limits["NPROC"] > 100  # on top of the processes this user has
