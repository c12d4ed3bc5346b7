"""What a plug-in package must have: the data files in releases/, one for a release of Keras, as a Contract.

scripts/contract.py makes them from the backends of that release. The judge reads them: it must not import
what a stranger's package may have changed.
"""
import ast
import os
import re
import sys

from conformance.apis.base import Contract
from conformance.apis.parameters import stated

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "releases")
NEEDED = ("Variable", "name_scope", "distribution_lib", "trainer.Trainer")
"""Names without which Keras does not load at all; any other is missed when it is called."""
_VERSION = re.compile(r"__version__ = [\"']([^\"']+)")


def read(paths=None):
    """The Contract of the Keras that would be imported from `paths`, those of this interpreter if None.

    Raises LookupError when there is no Keras.
    """
    return of(installed(paths))


def of(version):
    """The Contract of a version of Keras: that of the newest release that is not newer, else the oldest."""
    files = [name for name in os.listdir(FOLDER) if name.endswith(".txt")]
    releases = sorted((name[:-len(".txt")] for name in files), key=_order)
    chosen = [release for release in releases if _order(release) <= _order(version)] or releases[:1]
    signatures = {}
    with open(os.path.join(FOLDER, chosen[-1] + ".txt"), encoding="utf-8") as stream:
        for line in stream:
            if line.strip() and not line.startswith("#"):
                name, signature = _entry(line.strip())
                signatures[name] = signature
    entries = [name for name in NEEDED if name in signatures]
    return Contract(entries, list(signatures), signatures, step="contract",
                    source="the backends of Keras {}".format(chosen[-1]))


def installed(paths=None):
    """The version of Keras below `paths`. Raises LookupError when there is none."""
    for folder in sys.path if paths is None else paths:
        try:
            with open(os.path.join(folder, "keras", "src", "version.py"), encoding="utf-8") as stream:
                return _VERSION.search(stream.read()).group(1)
        except (OSError, AttributeError):
            continue
    raise LookupError("Keras 3 is not installed in this environment")


def _entry(line):
    name, colon, what = line.partition(": ")
    if colon and "(" not in name:
        return name, "{} ({})".format(name, what)
    name = line.partition("(")[0]
    return name, stated(ast.parse("def f{}: pass".format(line[len(name):])).body[0].args)


def _order(version):
    """Releases in their order; a nightly is newer than every release before its own."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
