"""Signatures of journals: `ssh-keygen -Y sign -n conform JOURNAL` makes them, `conform merge` checks them."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

from harness.errors import UsageError
from harness.files import open_regular
from harness.text import one_line

NAMESPACE = "conform"
SUFFIX = ".sig"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Signed:
    """The signer of a journal, as the list of signers names it, and the digest of what was signed."""

    by: str
    digest: str


def check_signature(journal: Path, signers: Path) -> Signed:
    """The signature of `journal`, which stands beside it, held against `signers` (see ALLOWED SIGNERS in
    ssh-keygen's manual).

    Raises:
        UsageError: there is no signature, it is not of this journal, or nobody in the list has made it.
    """
    signature = journal.with_name(journal.name + SUFFIX)
    for path in (signers, signature):
        if not path.is_file():
            raise UsageError(
                f"{path} does not exist, and with --signers every journal needs a signature: make it with "
                f"`ssh-keygen -Y sign -n {NAMESPACE} -f KEY {journal}`."
            )
    files = ["-f", str(signers), "-s", str(signature)]
    found = _keygen(["-Y", "find-principals", *files])
    by = found.stdout.decode("utf-8", "replace").partition("\n")[0].strip()
    if found.returncode != 0 or not by:
        raise UsageError(
            f"Nobody in {signers} has signed {journal}: add the signer to it, or leave the journal out."
        )
    verified, digest = _verified(journal, ["-Y", "verify", *files, "-I", by, "-n", NAMESPACE])
    if not verified:
        raise UsageError(
            f"{journal} is not what {one_line(by, 100)} has signed: run the column again, or sign it again."
        )
    return Signed(one_line(by, 100), digest)


def _keygen(arguments: list[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError as error:
        raise UsageError(
            f"ssh-keygen cannot be run ({error.strerror}): install OpenSSH 8.2 or newer for --signers."
        ) from None


def _verified(journal: Path, arguments: list[str]) -> tuple[bool, str]:
    """Whether the signature holds, and the digest of the bytes that it was held against."""
    running = hashlib.sha256()
    with open_regular(journal) as file:
        process = subprocess.Popen(
            ["ssh-keygen", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin is not None
        try:
            while chunk := file.read(_CHUNK):
                running.update(chunk)
                process.stdin.write(chunk)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has refused already
        return process.wait() == 0, f"sha256:{running.hexdigest()}"
