"""A journal that was changed after the run, and one that claims to be somebody else's."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess

import pytest

from harness.errors import UsageError
from harness.merge import merge_journals
from harness.reports.summary import describe
from harness.runtimes.manifest import contents, write_manifest
from tests.fakes import FakeRuntime, case, replay, unsealed

CASES = [case("a/f/x"), case("a/f/y", "fail")]
needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen")


@pytest.fixture
def measured(run):
    """The journal of a run."""
    run(FakeRuntime({"cntk": replay("cntk", CASES)}))
    return run.out / "cntk.jsonl"


@pytest.fixture
def key(tmp_path):
    """Makes a key of somebody; the private part."""

    def make(name):
        path = tmp_path / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path], check=True)
        return path

    return make


def sign(journal, key, namespace="conform"):
    journal.with_name(journal.name + ".sig").unlink(missing_ok=True)
    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", key, journal]
    subprocess.run(command, check=True, capture_output=True)


def signers(tmp_path, **keys):
    path = tmp_path / "signers"
    lines = (f"{name}@ci {key.with_name(key.name + '.pub').read_text()}" for name, key in keys.items())
    path.write_text("".join(lines))
    return path


def test_the_matrix_has_the_digest_of_the_file(measured):
    (column,) = merge_journals([measured]).columns
    assert column.info["digest"] == f"sha256:{hashlib.sha256(measured.read_bytes()).hexdigest()}"
    assert "no digest" not in describe(column)


@pytest.mark.parametrize(("old", "new"), [
    (b'"verdict": "fail"', b'"verdict": "pass"'),
    (b'"expected": "1.0"', b'"expected": "2.0"'),
    (b'"2026-11-22T', b'"2027-11-22T'),
])  # fmt: skip
def test_a_line_that_was_changed_breaks_the_chain(measured, old, new):
    sound = measured.read_bytes()
    forged = sound.replace(old, new)
    if b"fail" in old:
        forged = forged.replace(b'"pass":1,"fail":1', b'"pass":2')
    assert forged != sound
    measured.write_bytes(forged)
    with pytest.raises(UsageError, match="was changed after it was written"):
        merge_journals([measured])


def test_a_line_that_was_taken_out_breaks_the_chain(measured):
    lines = measured.read_bytes().splitlines(keepends=True)
    measured.write_bytes(b"".join([lines[0], *lines[2:]]))  # the backend that answered
    with pytest.raises(UsageError, match="was changed after it was written"):
        merge_journals([measured])


def test_a_journal_without_a_digest_is_merged_and_said_to_have_none(measured):
    measured.write_bytes(b"".join(json.dumps(record).encode() + b"\n" for record in unsealed(measured)))
    (column,) = merge_journals([measured]).columns
    assert column.info["digest"] is None
    assert "no digest" in describe(column)


def test_a_journal_cannot_say_that_it_is_signed(write_journal):
    path = write_journal("cntk", CASES, signed="somebody@ci", digest="sha256:0")
    info = merge_journals([path]).columns[0].info
    assert "signed" not in info
    assert info["digest"] is None


@needs_ssh
def test_a_signed_journal_is_merged_and_its_signer_named(measured, key, tmp_path):
    mine = key("mine")
    sign(measured, mine)
    (column,) = merge_journals([measured], signers=signers(tmp_path, mine=mine)).columns
    assert column.info["signed"] == "mine@ci"
    assert "signed by mine@ci" in describe(column)


@needs_ssh
@pytest.mark.parametrize("attack", ["none", "another key", "another file", "another purpose", "changed end"])
def test_other_journals_are_refused(measured, key, tmp_path, attack):
    mine, theirs = key("mine"), key("theirs")
    sign(measured, theirs if attack == "another key" else mine, "git" if "purpose" in attack else "conform")
    signature = measured.with_name("cntk.jsonl.sig")
    if attack == "none":
        signature.unlink()
    elif attack == "another file":
        other = tmp_path / "other.jsonl"
        other.write_bytes(measured.read_bytes() + b"\n")
        sign(other, mine)
        other.with_name("other.jsonl.sig").replace(signature)
    elif attack == "changed end":
        measured.write_bytes(measured.read_bytes().replace(b'"seconds":1.5', b'"seconds":0.5'))
    with pytest.raises(UsageError, match=r"signature|signed"):
        merge_journals([measured], signers=signers(tmp_path, mine=mine))


def test_what_was_there_is_part_of_the_journal(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "a.py").write_text("x = 1\n")
    assert contents(tmp_path) is None
    write_manifest(tmp_path)
    before = contents(tmp_path)
    write_manifest(tmp_path)
    assert contents(tmp_path) == before
    (tmp_path / "lib" / "a.py").write_text("x = 2\n")
    write_manifest(tmp_path)
    assert contents(tmp_path) != before


def test_what_the_harness_knows_is_not_taken_from_the_suite(run):
    suite = replay("cntk", CASES, environment="forged", image="forged", inputs="forged")
    info = run(FakeRuntime({"cntk": suite})).columns[0].info
    assert info["environment"] == "hash-of-cntk"
    assert info["inputs"] != "forged"
    assert info["image"] is None
