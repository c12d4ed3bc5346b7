"""What has changed in a folder since its manifest was written is found, however it was done."""

from __future__ import annotations

import os
import shutil

import pytest

from harness.runtimes.manifest import NAME, changes, write_manifest


@pytest.fixture
def folder(tmp_path):
    """An environment in small, with its manifest."""
    place = tmp_path / "env"
    packages = place / "lib" / "packages"
    (packages / "__pycache__").mkdir(parents=True)
    (packages / "module.py").write_text("x = 1\n")
    (packages / "__pycache__" / "module.pyc").write_bytes(b"code")
    (place / "compiled").mkdir()
    (place / "python").symlink_to("/usr/bin/python3")
    write_manifest(place, ["compiled"])
    return place


def test_nothing_has_changed(folder):
    (folder / "compiled" / "new.so").touch()
    assert changes(folder, ["compiled"]) is None


def append(folder):
    with (folder / "lib" / "packages" / "module.py").open("a") as file:
        file.write("import evil\n")


def rewrite_and_set_the_times_back(folder):
    path = folder / "lib" / "packages" / "module.py"
    status = path.stat()
    path.write_text("x = 2\n")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def replace_and_keep_the_size(folder):
    path = folder / "lib" / "packages" / "module.py"
    path.with_name("other").write_text("x = 2\n")
    path.with_name("other").replace(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (append, "lib/packages/module.py was changed"),
        (rewrite_and_set_the_times_back, "lib/packages/module.py was changed"),
        (replace_and_keep_the_size, "lib/packages/module.py was changed"),
        (lambda f: (f / "lib" / "packages" / "evil.pth").write_text("import evil\n"), "evil.pth is new"),
        (lambda f: (f / "lib" / "packages" / "linked").symlink_to("/tmp"), "linked is new"),
        (lambda f: (f / "lib" / "packages" / "module.py").unlink(), "module.py is gone"),
        (lambda f: (f / "lib" / "packages" / "module.py").chmod(0o4755), "module.py was changed"),
        (lambda f: (f / NAME).write_text("{"), "no list of its files"),
        (lambda f: (f / NAME).unlink(), "no list of its files"),
    ],
)
def test_a_change_is_named(folder, change, said):
    change(folder)
    assert said in str(changes(folder, ["compiled"]))


def test_a_link_that_leads_elsewhere_is_a_change(folder):
    (folder / "python").unlink()
    (folder / "python").symlink_to("/usr/bin/python4")
    assert changes(folder, ["compiled"]) == "python was changed"


def test_a_copy_with_the_same_content_is_none(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copy", symlinks=True)
    assert changes(tmp_path / "copy", ["compiled"]) is None


def test_byte_code_that_was_not_there_or_has_changed_is_removed(folder):
    caches = folder / "lib" / "packages" / "__pycache__"
    (caches / "other.pyc").write_bytes(b"evil")
    (caches / "module.pyc").write_bytes(b"evil")
    assert changes(folder, ["compiled"]) is None
    assert list(caches.iterdir()) == []
    assert changes(folder, ["compiled"]) is None
