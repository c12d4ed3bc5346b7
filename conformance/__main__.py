"""`python -m conformance`: the suite as an image or the harness runs it. Journal on stdout, pytest's text on stderr."""
import argparse
import base64
import json
import os
import sys
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    """Parse, and run pytest on this folder; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("--profile", choices=("examples", "core", "full"), default="core")
    parser.add_argument("-k", metavar="EXPR", help="only the cases pytest's -k selects")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="pytest-xdist workers (default: 1, none)")
    parser.add_argument("--case-timeout", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--start-timeout", type=float, metavar="SECONDS", help="limit of the import of the backend")
    parser.add_argument("--only", metavar="FILE", help="of the cases selected, only those whose ids stand in FILE, one a line")
    parser.add_argument("--start", metavar="JSON", help="fields for the journal's start record")
    parser.add_argument("--list", action="store_true", help="print the ids of the profile as JSON, and stop")
    parser.add_argument("--repro", metavar="CASE", help="print a script that reproduces one case without this suite")
    options = parser.parse_args()
    sys.path.append(os.path.dirname(HERE))
    if options.repro:
        from conformance.repro import script
        return script(options.repro)
    import pytest

    from conformance import spec
    if options.list and not options.k:
        print(json.dumps({"ids": [case.id for case in spec.cases(options.profile)]}))
        return 0
    if options.start:
        os.environ["CONFORM_START"] = options.start
    with tempfile.TemporaryDirectory(prefix="conform-suite-") as private:
        arguments = [HERE, "--rootdir", os.path.dirname(HERE), "-c", os.devnull, "-q", "--no-header", "--tb=no", "-rN",
                     "-p", "no:cacheprovider", "-p", "no:logging", "--basetemp", os.path.join(private, "pytest"),
                     "--profile", options.profile, "--case-timeout", str(options.case_timeout)]
        if options.k:
            arguments += ["-k", options.k]
        if options.start_timeout:
            arguments += ["--start-timeout", str(options.start_timeout)]
        only = options.only or _handed_over(private)
        if only:
            arguments += ["--only", os.path.abspath(only)]
        if options.jobs > 1:
            arguments += ["-n", str(options.jobs)]
        if options.list:
            return _list(pytest, arguments)
        from conformance.journal import private_stdout
        return int(pytest.main(arguments, plugins=[_Stream(private_stdout())]))


def _handed_over(folder):
    """The file of ids that the harness hands over in a variable, since it has no file in common with a container; or None."""
    packed = os.environ.pop("CONFORM_ONLY", None)
    if packed is None:
        return None
    path = os.path.join(folder, "only")
    with open(path, "wb") as stream:
        stream.write(zlib.decompress(base64.b64decode(packed)))
    return path


class _Stream:
    """Hands the private stdout to the suite's plugin."""

    def __init__(self, stream):
        self.stream = stream

    def pytest_configure(self, config):
        config.conformance_stream = self.stream


def _list(pytest, arguments):
    class Collected:
        ids = []

        def pytest_collection_finish(self, session):
            self.ids += [item.case.id for item in session.items]
    from conformance.journal import private_stdout
    stream, collected = private_stdout(), Collected()
    status = int(pytest.main(arguments + ["--collect-only"], plugins=[collected]))
    stream.write(json.dumps({"ids": collected.ids}) + "\n")
    stream.flush()
    return 0 if status == 5 else status


if __name__ == "__main__":
    sys.exit(main())
