"""What the suite says of itself: a case as a script, a case explained, and every function with its
promises."""
import json
import sys

from conformance.case import Refusal
from conformance.judge import compare


def script(table, case_id):
    """Print the script that reproduces a case; an exit status."""
    case = _find(table, case_id)
    if case is None:
        return 2
    print(table.script(case))
    return 0


def explanation(table, case_id):
    """Print the promise of a case, where it stands, the source and the oracle's answer, as JSON; an exit
    status."""
    case = _find(table, case_id)
    if case is None:
        return 2
    wanted = str(case.want) if isinstance(case.want, Refusal) else compare.text(case.expected(), 4000)
    print(json.dumps({
        "id": case.id, "function": case.function, "area": case.area, "way": case.way, "profile": case.profile,
        "promise": case.promise.text, "at": case.promise.at, "release": case.promise.release, "counts": not case.promise.silent,
        "source": case.source, "inputs": {name: compare.text(array, 4000) for name, array in case.arrays().items()},
        "wanted": wanted, "refused": isinstance(case.want, Refusal), "tolerance": list(case.ulps) if case.ulps else None}))
    return 0


def everything(table):
    """Print every function with its promises and the ids under each, as JSON; an exit status."""
    functions = []
    for function in table.functions():
        promises = []
        for promise in function.promises:
            cases = [{"id": case.id, "profile": case.profile} for case in function.cases if case.promise is promise]
            promises.append({"text": promise.text, "at": promise.at, "release": promise.release, "counts": not promise.silent,
                             "cases": cases})
        functions.append({"name": function.name, "area": function.area, "promises": promises})
    print(json.dumps({"api": table.settings.api, "title": table.title, "functions": functions}))
    return 0


def _find(table, case_id):
    found = [case for case in table.cases() if case.id == case_id]
    if not found:
        sys.stderr.write("no case is called {!r}: the list is `python -m conformance --list --profile full`\n".format(case_id))
        return None
    return found[0]
