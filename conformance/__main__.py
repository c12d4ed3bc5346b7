"""`python -m conformance`: the suite as an image or the harness runs it. Journal on stdout, pytest's text on
stderr."""
import argparse
import json
import os
import shlex
import sys
import tempfile

PYTEST_USAGE, PYTEST_NOTHING = 4, 5
HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    """The exit status of pytest on this folder, or of what was asked for in place of a run."""
    _find_suite()
    from conformance import settings
    try:
        told = settings.read()
        _divide(told)
        from conformance import apis
        table = apis.table(told.api, told)
    except (settings.Unusable, LookupError) as error:
        sys.stderr.write("{}\n".format(error))
        return 4
    options = _options(told)
    if options.repro or options.explain:
        from conformance import describe
        if options.repro:
            return describe.script(table, options.repro)
        return describe.explanation(table, options.explain)
    if options.promises or options.explanations:
        from conformance import describe
        return describe.everything(table) if options.promises else describe.explanations(table)
    if options.list and not (options.select or options.only or told.only is not None):
        print(json.dumps({"ids": [case.id for case in table.cases(options.profile)]}))
        return 0
    return _list(options) if options.list else _run(options)


def _find_suite():
    """Put the suite behind the standard library and before what is installed: another may be there."""
    root = os.path.dirname(HERE)
    installed = [index for index, path in enumerate(sys.path) if os.path.basename(path) == "site-packages"]
    if root not in sys.path:
        sys.path.insert(min(installed or [len(sys.path)]), root)


def _divide(told):
    """Before anything of a backend runs: closed to what will run as this user, and started as root, two
    users."""
    from conformance.judge import protection, spawner
    protection.protect()
    if not told.users or not spawner.available():
        return
    from conformance import settings
    try:
        os.environ[settings.name_of("spawner")] = spawner.divide(*told.users)
    except OSError as error:
        raise settings.Unusable(
            "the suite cannot become the users of {} ({}): give its container the capabilities SETUID, "
            "SETGID and KILL, or start it as another user than root".format(
                settings.name_of("users"), error.strerror))
    # Nothing here is the judge's to write, or anybody's.
    os.chdir(os.sep)


def _options(told):
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("--profile", choices=("examples", "core", "full"), default=told.profile or "core")
    parser.add_argument("-k", dest="select", metavar="EXPR", default=told.select,
                        help="only the cases pytest's -k selects")
    parser.add_argument("--jobs", type=int, default=told.jobs, metavar="N",
                        help="pytest-xdist workers (default: 1, none)")
    parser.add_argument("--case-timeout", type=float, default=told.case_seconds, metavar="SECONDS")
    parser.add_argument("--start-timeout", type=float, default=told.start_seconds, metavar="SECONDS",
                        help="limit of the import of the backend")
    parser.add_argument("--only", metavar="FILE",
                        help="of the cases selected, only those whose ids stand in FILE, one a line")
    parser.add_argument("--list", action="store_true", help="print the ids of the profile as JSON, and stop")
    parser.add_argument("--repro", metavar="CASE",
                        help="print a script that reproduces one case without this suite")
    parser.add_argument("--explain", metavar="CASE",
                        help="print the promise, the source and the oracle's answer of one case")
    parser.add_argument("--promises", action="store_true",
                        help="print every function with its promises as JSON, and stop")
    parser.add_argument("--explanations", action="store_true",
                        help="print what --explain says of every case as JSON Lines, and stop")
    return parser.parse_args()


def _run(options):
    import pytest

    from conformance.judge.journal import private_stdout
    with tempfile.TemporaryDirectory(prefix="conform-suite-") as private:
        # Only what is named here is loaded: an installed package may bring a plug-in.
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        arguments = [HERE, "--rootdir", os.path.dirname(HERE), "--confcutdir", HERE, "-c", os.devnull, "-q",
                     "--no-header", "--tb=no", "-rN", "-p", "no:cacheprovider", "-p", "no:logging", "-p",
                     "xdist.plugin", "--import-mode=append",
                     "--basetemp", os.path.join(private, "pytest"),
                     "--profile", options.profile, "--case-timeout", str(options.case_timeout),
                     "--start-timeout", str(options.start_timeout)]
        if options.select:
            arguments += ["-k", options.select]
        if options.only:
            arguments += ["--only", os.path.abspath(options.only)]
        if options.jobs > 1:
            # -I: what is in the current directory or on PYTHONPATH does not reach a judge.
            arguments += ["--dist=load", "--tx", "{}*popen//python={} -I".format(
                options.jobs, shlex.quote(sys.executable))]
            # A judge that died is not replaced: nothing but an attack or this machine ends one, and what it
            # had been given is lost.
            arguments += ["--max-worker-restart", "0"]
        return int(pytest.main(arguments, plugins=[_Stream(private_stdout())]))


class _Stream:
    """Hands the private stdout to the suite's plugin."""

    def __init__(self, stream):
        self.stream = stream

    def pytest_configure(self, config):
        config.conformance_stream = self.stream


def _list(options):
    import pytest

    from conformance.judge.journal import private_stdout

    class Collected:
        ids = []

        def pytest_collection_finish(self, session):
            self.ids += [item.case.id for item in session.items]
    # Without the terminal plugin only an error is printed: a bad expression, in pytest's own words.
    arguments = [HERE, "--rootdir", os.path.dirname(HERE), "-c", os.devnull, "-p", "no:cacheprovider",
                 "-p", "no:terminal", "--collect-only", "--profile", options.profile]
    if options.select:
        arguments += ["-k", options.select]
    if options.only:
        arguments += ["--only", os.path.abspath(options.only)]
    collected, stream = Collected(), private_stdout()
    status = int(pytest.main(arguments, plugins=[collected]))
    if status == PYTEST_USAGE:
        return 2
    stream.write(json.dumps({"ids": collected.ids}) + "\n")
    stream.flush()
    return 0 if status == PYTEST_NOTHING else status


if __name__ == "__main__":
    sys.exit(main())
