"""The pytest plugin: which cases there are, who judges them, and where the journal goes.

One pytest process is one judge with one worker. Under pytest-xdist every pytest worker judges with a worker
of its own, and the controller alone holds the journal.
"""
import os
import time
import uuid

import pytest

from conformance import apis, settings
from conformance.case import PROFILES
from conformance.judge import validation
from conformance.judge.journal import Journal
from conformance.judge.judge import Judge
from conformance.judge.launcher import Launcher
from conformance.judge.process import NotLoaded
from conformance.judge.protection import protect

PROPERTY = "conformance"
# By which a worker of pytest-xdist tells why it ended early.
REASON = "conformance-reason"
NOT_LOADED = 3
SESSION = "conformance-session"


def pytest_addoption(parser):
    """The suite's own options. What is not given here is what the CONFORM_* variables say."""
    try:
        told = settings.read()
    except settings.Unusable as error:
        raise pytest.UsageError(str(error))
    group = parser.getgroup("conformance")
    group.addoption("--profile", choices=PROFILES, default=told.profile or PROFILES[-1],
                    help="which cases to run (default: %(default)s)")
    group.addoption("--case-timeout", type=float, default=told.case_seconds, metavar="SECONDS",
                    help="time limit of one case (default: %(default)g)")
    group.addoption("--start-timeout", type=float, default=told.start_seconds, metavar="SECONDS",
                    help="time limit of the import of the backend (default: %(default)g)")
    group.addoption("--journal", metavar="FILE", help="write the journal, JSON Lines, to FILE")
    group.addoption("--only", metavar="FILE",
                    help="of the cases selected, only those whose ids stand in FILE, one a line")


def pytest_configure(config):
    """Register what holds state for this session."""
    told = settings.read()._replace(
        profile=config.getoption("profile"), case_seconds=config.getoption("case_timeout"),
        start_seconds=config.getoption("start_timeout"), select=config.option.keyword or None)
    try:
        table = apis.table(told.api, told)
    except LookupError as error:
        raise pytest.UsageError(str(error))
    config.pluginmanager.register(Session(config, told, table), SESSION)


def pytest_pycollect_makeitem(collector, name, obj):
    """The cases of the profile, one item each, where a function called `test_case` stands."""
    if name == "test_case":
        session = collector.config.pluginmanager.get_plugin(SESSION)
        return [CaseItem.from_parent(collector, name="test_case[{}]".format(case.id), case=case, function=obj)
                for case in session.table.cases(session.settings.profile)]
    return None


def pytest_collection_modifyitems(config, items):
    """Leave out what --only, or the variable in its place, does not name."""
    path, wanted = config.getoption("only"), config.pluginmanager.get_plugin(SESSION).settings.only
    if path:
        with open(path) as stream:
            wanted = stream.read().split()
    if wanted is None:
        return
    wanted = set(wanted)
    left_out = [item for item in items if not (isinstance(item, CaseItem) and item.case.id in wanted)]
    if left_out:
        items[:] = [item for item in items if isinstance(item, CaseItem) and item.case.id in wanted]
        config.hook.pytest_deselected(items=left_out)


class CaseItem(pytest.Item):
    """One case. Not a parametrized function: for thousands of cases, fixtures would cost more than most
    backends do."""

    def __init__(self, case, function, **arguments):
        super(CaseItem, self).__init__(**arguments)
        self.case = case
        self.function = function

    def runtest(self):
        """Judge the backend by the case; the record of the verdict travels with the report."""
        session = self.config.pluginmanager.get_plugin(SESSION)
        try:
            self.function(self.case, session.judge, session.table.title,
                          lambda name, value: self.user_properties.append((name, value)))
        except NotLoaded as error:
            session.reason = "the backend could not be loaded again: {}".format(error)
            if session.below_xdist:
                self.config.workeroutput[REASON] = session.reason
            pytest.exit(session.reason, returncode=NOT_LOADED)

    def repr_failure(self, excinfo, style=None):
        """The evidence as it stands; pytest would parse the source of this module for it, case after case."""
        if isinstance(excinfo.value, (pytest.fail.Exception, pytest.xfail.Exception)):
            return str(excinfo.value)
        return super(CaseItem, self).repr_failure(excinfo)

    def reportinfo(self):
        """Where the case comes from, for pytest."""
        return self.fspath, None, self.case.id


class Session:
    """One pytest session: its judge, its journal, and the count of its verdicts."""

    def __init__(self, config, told, table):
        self.config = config
        self.settings = told
        self.table = table
        self.judge = None
        self.journal = None
        self.counts = {}
        self.verdicts = {}
        self.reason = None
        self.began = time.monotonic()
        self.below_xdist = hasattr(config, "workerinput")
        self.controls_xdist = getattr(config.option, "dist", "no") != "no" and not self.below_xdist

    def pytest_sessionstart(self, session):
        """Load the backend before anything is collected: without it there is nothing to judge."""
        if self.config.option.collectonly:
            return
        protect()
        stream = getattr(self.config, "conformance_stream", None)
        path = self.config.getoption("journal")
        if stream is None and path and not self.below_xdist:
            stream = open(path, "w")
        if not self.below_xdist:
            self.journal = Journal(stream)
            self._start_record()
        slot = os.environ.get("PYTEST_XDIST_WORKER")
        launcher = Launcher(self.table, self.settings, os.environ, slot,
                            self.journal.step if self.journal else None)
        self.judge = Judge(self.table, launcher, self.settings.case_seconds, slot)
        try:
            identity = self.judge.start()
        except NotLoaded as error:
            self.judge.close()
            if self.journal:
                if error.identity:
                    self.journal.loaded(error.identity)
                self.journal.end(time.monotonic() - self.began, {}, False, str(error))
            pytest.exit("the backend could not be loaded: {}".format(error), returncode=NOT_LOADED)
        if self.journal:
            self.journal.loaded(identity)
        if self.controls_xdist:
            self.judge.close()  # it was started to learn what answers; the pytest workers judge

    def _start_record(self):
        told = self.settings
        fields = dict(run=str(uuid.uuid4()), api=told.api, backend=self.table.asked(os.environ),
                      profile=told.profile, select=told.select)
        self.journal.start(**dict(fields, **told.start))

    def pytest_report_header(self, config):
        """Which backend, file and versions really answered."""
        identity = self.judge.identity if self.judge else None
        if not identity:
            return None
        versions = ", ".join(" ".join(version) for version in sorted(identity["versions"].items()))
        return ["backend: {} ({})".format(identity["backend"], versions),
                "answers from: {}".format(identity["file"])]

    def pytest_collection_finish(self, session):
        """Say which cases are about to run, so that a lost one is known by name."""
        if self.controls_xdist or self.config.option.collectonly:
            return
        cases = [item.case for item in session.items if isinstance(item, CaseItem)]
        self.judge.expect(cases)
        if self.journal:
            self.journal.collected([case.id for case in cases])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        """One phase per case: a case has no fixtures to set up or to take down, and captures nothing, for the
        judge prints nothing. pytest's three phases cost more than most backends take to answer."""
        if not isinstance(item, CaseItem):
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        call = pytest.CallInfo.from_call(item.runtest, when="call",
                                         reraise=(pytest.exit.Exception, KeyboardInterrupt))
        report = item.ihook.pytest_runtest_makereport(item=item, call=call)
        item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config, log):
        """Hand out what is evaluated together to one pytest worker, unless another distribution was asked
        for."""
        if config.getoption("dist") != "load":
            return None
        from conformance.judge.parallel import BatchScheduling
        return BatchScheduling(config, log)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node, ids):
        """The same under pytest-xdist, where the controller collects nothing: every worker has the same
        ids."""
        if self.journal and not self.journal.has_collected:
            self.journal.collected([_case_id(nodeid) for nodeid in ids if _case_id(nodeid)])

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node, error):
        """Why a pytest worker ended early, which the journal of the controller has to say."""
        told = getattr(node, "workeroutput", {}).get(REASON)
        if error and not told:
            told = "judge {} of the run ended before its cases were judged".format(node.gateway.id)
        self.reason = self.reason or told

    def pytest_runtest_logstart(self, nodeid, location):
        """A case is in flight."""
        if self.journal and _case_id(nodeid):
            self.journal.begin(_case_id(nodeid))

    def pytest_runtest_logreport(self, report):
        """A verdict, in the process that holds the journal."""
        record = dict(report.user_properties).get(PROPERTY)
        if report.when == "call" and record and self.journal:
            self.counts[record["verdict"]] = self.counts.get(record["verdict"], 0) + 1
            self.verdicts[record["id"]] = record["verdict"]
            self.journal.case(record)

    def pytest_sessionfinish(self, session, exitstatus):
        """End the worker, and the journal with it."""
        if self.judge:
            self.judge.close()
        if self.journal and not self.journal.ended:
            interrupted = exitstatus not in (0, 1, 5)
            complete = not interrupted and sum(self.counts.values()) == self.journal.expected
            whole = not self.settings.select and self.settings.only is None
            if complete and whole and self.judge.launcher.validation:
                self._profile_steps()
            early = "pytest ended early, with status {}".format(int(exitstatus))
            reason = None if complete else self.reason or early
            self.journal.end(time.monotonic() - self.began, self.counts, complete, reason)

    def _profile_steps(self):
        ran = PROFILES[:PROFILES.index(self.settings.profile) + 1]
        counted = {}
        for case in self.table.cases(ran[-1]):
            verdict = self.verdicts.get(case.id)
            if verdict and verdict != "skip" and not case.unspecified:
                passed, total = counted.get(case.profile, (0, 0))
                counted[case.profile] = passed + (verdict == "pass"), total + 1
        for step in validation.profiles(counted, ran):
            self.journal.step(step)

    def pytest_terminal_summary(self, terminalreporter):
        """The verdicts in one line."""
        if self.counts:
            terminalreporter.write_line("verdicts: " + ", ".join(
                "{} {}".format(n, verdict)
                for verdict, n in sorted(self.counts.items(), key=lambda kv: -kv[1])))


def _case_id(nodeid):
    """The case id in a node id that ends in `::test_case[ID]`, or None."""
    _, bracket, rest = nodeid.partition("::test_case[")
    return rest[:-1] if bracket else None
