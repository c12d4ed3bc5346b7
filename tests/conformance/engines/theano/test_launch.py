"""Theano's compile directory: one that outlives the run, and one each for workers side by side."""

import pytest

from conformance.engines.theano.launch import configured, settle


@pytest.mark.parametrize(("environment", "base"), [
    ({"HOME": "/home/x"}, "/home/x/.theano"),
    ({"HOME": "/home/x", "THEANO_FLAGS": "device=cpu,base_compiledir=/c,floatX=float32"}, "/c"),
])
def test_it_is_what_the_flags_ask_for_or_below_the_home_of_the_user(environment, base):
    """The worker's own home goes with it: a directory in there would be cold every time."""
    settle(environment)
    assert environment["THEANO_FLAGS"].split(",")[-1] == "base_compiledir=" + base
    assert environment["THEANO_FLAGS"].count("base_compiledir") == 1


def test_other_flags_stay():
    environment = {"HOME": "/", "THEANO_FLAGS": "device=cpu,,floatX=float32"}
    settle(environment)
    assert environment["THEANO_FLAGS"].split(",")[:2] == ["device=cpu", "floatX=float32"]


def test_a_configuration_file_is_read_and_the_last_one_counts(tmp_path):
    for name, line in (("a", "base_compiledir = /first"), ("b", "base_compiledir = /last%%s"),
                       ("c", "cxx = g++")):
        (tmp_path / name).write_text(f"[global]\n{line}\n")
    paths = ":".join(str(tmp_path / name) for name in "abc")
    assert configured({"THEANORC": paths}, "/") == "/last%%s"
    assert configured({"THEANORC": paths, "THEANO_FLAGS": "base_compiledir=/flag"}, "/") == "/flag"


def test_a_directory_below_the_home_is_below_the_users_and_not_the_workers(tmp_path):
    (tmp_path / "a").write_text("[global]\nbase_compiledir = ~/compiled\n")
    assert configured({"THEANORC": str(tmp_path / "a"), "HOME": "/worker"}, "/home/x") == "/home/x/compiled"
    environment = {"HOME": "/worker"}
    settle(environment, home="/home/x")
    assert environment["THEANO_FLAGS"] == "base_compiledir=/home/x/.theano"


def test_a_worker_beside_others_starts_with_a_copy_of_what_is_compiled(tmp_path):
    base = tmp_path / "compiled"
    base.mkdir()
    (base / "module.so").write_text("compiled")
    environment = {"THEANO_FLAGS": f"base_compiledir={base}"}
    settle(environment, "gw1")
    own = base / "slot-gw1"
    assert environment["THEANO_FLAGS"] == f"base_compiledir={own}"
    assert (own / "module.so").read_text() == "compiled"
    (own / "own.so").write_text("kept")
    again = {"THEANO_FLAGS": f"base_compiledir={base}"}
    settle(again, "gw1")
    assert (own / "own.so").read_text() == "kept"
    settle({"THEANO_FLAGS": f"base_compiledir={base}"}, "gw2")
    assert [path.name for path in (base / "slot-gw2").iterdir()] == ["module.so"]


def test_before_anything_is_compiled_there_is_nothing_to_copy(tmp_path):
    environment = {"THEANO_FLAGS": f"base_compiledir={tmp_path}/compiled"}
    settle(environment, "gw0")
    assert environment["THEANO_FLAGS"] == f"base_compiledir={tmp_path}/compiled/slot-gw0"
    assert list(tmp_path.iterdir()) == []
