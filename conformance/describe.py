"""What the suite says of itself: a case as a script, a case explained, and every function with its
promises."""
import difflib
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
    print(json.dumps(_explained(table, case, 4000)))
    return 0


def explanations(table):
    """Print what `explanation` says of every case, a line each and long arrays cut short; an exit status."""
    for case in table.cases():
        print(json.dumps(_explained(table, case, 800)))
    return 0


def _explained(table, case, most):
    refused = isinstance(case.want, Refusal)
    wanted = None if refused else case.expected()
    return {
        "id": case.id, "function": case.function, "area": case.area, "way": case.way, "profile": case.profile,
        "promise": case.promise.text, "at": case.promise.at, "release": case.promise.release,
        "counts": not case.promise.silent, "source": case.source,
        "inputs": {name: compare.text(array, most) for name, array in case.arrays().items()},
        "wanted": str(case.want) if refused else compare.text(wanted, most), "refused": refused,
        "tolerance": _tolerance(case, wanted, table.settings.device),
        "only": {"backends": list(case.only[0]), "reason": case.only[1]} if case.only else None}


def _tolerance(case, wanted, device):
    """How far a value may be off, and why; None where no float is wanted."""
    if not any(_is_float(leaf) for leaf in _leaves(wanted)):
        return None
    dtype, limit = compare.granted(case, device)
    return {"ulps": limit, "dtype": dtype, "reason": case.ulps[1] if case.ulps else None}


def _leaves(value):
    if isinstance(value, (dict, list, tuple)):
        items = value.values() if isinstance(value, dict) else value
        return [leaf for item in items for leaf in _leaves(item)]
    return [value]


def _is_float(value):
    return isinstance(value, float) or getattr(getattr(value, "dtype", None), "kind", "") == "f"


def everything(table):
    """Print every function with its promises and the ids under each, as JSON; an exit status."""
    functions = []
    for function in table.functions():
        promises = []
        for promise in function.promises:
            cases = [{"id": case.id, "profile": case.profile} for case in function.cases
                     if case.promise is promise]
            promises.append({"text": promise.text, "at": promise.at, "release": promise.release,
                             "counts": not promise.silent, "cases": cases})
        functions.append({"name": function.name, "area": function.area, "promises": promises})
    print(json.dumps({"api": table.settings.api, "title": table.title, "functions": functions}))
    return 0


def _find(table, case_id):
    cases = {case.id: case for case in table.cases()}
    if case_id not in cases:
        near = difflib.get_close_matches(case_id, cases, n=3, cutoff=0.5)
        hint = "did you mean {}?".format(" or ".join(near)) if near else "copy the id from a report"
        sys.stderr.write("No case is called {!r}: {}\n".format(case_id, hint))
    return cases.get(case_id)
