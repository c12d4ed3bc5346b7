from __future__ import annotations

import pytest

from harness.matrix import Column
from harness.site.docstrings import first_lines

SOURCE = '''
def dot(x, y):
    """Multiplies <two> tensors.

    And more.
    """

def bare(x):
    return x
'''


def column(file, backend="tensorflow"):
    info = {"column": backend, "backend": backend, "file": str(file)}
    return Column(info, True, None, {}, 1.0, 1)


@pytest.fixture
def environment(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "keras-backend-conformance" / "envs" / "a-0123" / "lib" / "keras"
    (folder / "backend").mkdir(parents=True)
    return folder


def test_of_keras_2_the_file_that_answered_is_read(environment):
    file = environment / "backend" / "tensorflow_backend.py"
    file.write_text(SOURCE)
    other = environment / "backend" / "theano_backend.py"
    other.write_text('def dot(x, y):\n    """Other."""')
    columns = [column(other, "theano"), column(file)]
    assert first_lines(columns, "tensorflow") == {"dot": "Multiplies <two> tensors."}
    assert first_lines(columns, None) == {"dot": "Other."}


def test_of_keras_3_the_front_end_is_read(environment):
    normal = 'def normal(shape):\n    """Draws."""'
    for name, text in (("ops/numpy.py", SOURCE), ("random/random.py", normal)):
        path = environment / "src" / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    found = first_lines([column(environment / "src" / "backend" / "jax" / "__init__.py", "jax")], None)
    assert found == {"dot": "Multiplies <two> tensors.", "random.normal": "Draws."}


def test_a_matrix_from_elsewhere_reads_no_file_of_this_machine(environment, tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_text(SOURCE)
    link = environment / "backend" / "tensorflow_backend.py"
    link.symlink_to(secret)
    for file in (secret, link, environment / ".." / ".." / ".." / ".." / ".." / "secret.py", "", "/env/x.py"):
        assert first_lines([column(file)], None) == {}


def test_a_file_that_is_no_python_is_no_documentation(environment):
    file = environment / "backend" / "tensorflow_backend.py"
    file.write_bytes(b"def (\x00")
    assert first_lines([column(file)], None) == {}
