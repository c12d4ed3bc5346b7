"""The steps a module from outside takes before its cases: found, imports, valid, loads, signatures.

The judge asks the worker for plain facts and judges them here; each step is reported as soon as it is known. What the
module lacks is not the end: it is stubbed, so that the rest can be measured, and the step that demands it does not hold.
"""
import time

from conformance import frontend

STEPS = ("found", "imports", "valid", "loads", "signatures", "examples", "core", "full")


class Refused(Exception):
    """The module cannot be measured at all; the text says why in one sentence."""


class External:
    """What is known of the module called `name`. `report` takes each step as a dict; `stubs` are the names it lacks."""

    def __init__(self, name, report):
        self.name = name
        self.stubs = []
        self._report = report
        self._began = time.monotonic()
        self._wrong = []
        self._front = None

    @property
    def known(self):
        """Whether the module has been examined."""
        return self._front is not None

    def examine(self, ask):
        """Find and import the module and hold its names against K; `ask(request)` raises Refused, naming how it ended."""
        found = self._ask("found", ask, {"op": "find", "module": self.name})
        if "searched" in found:
            self._refuse("found", _nowhere(found))
        self._say("found", True, "{} is {}".format(self.name, found.get("file") or "a directory without a file"))
        try:
            front = frontend.read()
        except LookupError as error:
            self._refuse("loads", str(error))
        wanted = {name for name in front.names if isinstance(front.signatures.get(name), list)}
        answer = self._ask("imports", ask, {"op": "module", "module": self.name, "wanted": sorted(wanted)})
        if "raised" in answer:
            self._refuse("imports", str(answer["raised"].get("root")))
        self._say("imports", True, "{} imports by itself".format(self.name))
        self._front = front
        has, signatures = set(answer["names"]), answer["signatures"]
        self.stubs = [name for name in list(frontend.ENTRIES) + front.names if name not in has]
        self.stubs = list(dict.fromkeys(self.stubs))
        lacks = [name for name in frontend.ENTRIES if name not in has]
        self._say("valid", not lacks, "Missing required {}: {}".format(
            "entry" if len(lacks) == 1 else "entries", ", ".join(lacks)) if lacks else
            "it has the three required entries: " + ", ".join(frontend.ENTRIES), missing=self._described(lacks))
        self._wrong = list(_departures(front, signatures))

    def loaded(self):
        """Keras has loaded the module, with stubs where it lacks names; reports `loads` and `signatures`."""
        total = len(self._front.names)
        if self.stubs:
            self._say("loads", False, "it lacks {} of the {} names that keras.backend imports; they were stubbed, and their "
                      "cases are unsupported".format(len(self.stubs), total), missing=self._described(self.stubs))
        else:
            self._say("loads", True, "keras.backend loads it: it has all {} names".format(total))
        checked = sum(isinstance(signature, list) for signature in map(self._front.signatures.get, self._front.names))
        if self._wrong:
            self._say("signatures", False, "{} of {} functions depart from K's arguments".format(len(self._wrong), checked),
                      wrong=self._wrong)
        else:
            self._say("signatures", True, "names, order and defaults of all arguments are K's")

    def refused(self, reason):
        """Keras did not load the module, stubs or not."""
        self._say("loads", False, reason, missing=self._described(self.stubs))

    def _ask(self, step, ask, request):
        try:
            return ask(request)
        except Refused as error:
            self._refuse(step, str(error))

    def _refuse(self, step, reason):
        self._say(step, False, reason)
        raise Refused(reason)

    def _described(self, names):
        return [{"name": name, "signature": self._front.describe(name)} for name in names]

    def _say(self, step, holds, message, missing=(), wrong=()):
        now = time.monotonic()
        record = {"step": step, "holds": holds, "seconds": round(now - self._began, 3), "message": message}
        if missing:
            record["missing"] = list(missing)
        if wrong:
            record["wrong"] = list(wrong)
        self._began = now
        self._report(record)


def _nowhere(found):
    if not found["searched"]:
        return "{} is no package ({}), so there is nothing in it".format(found["part"], found["file"])
    return "there is no {}: searched {}".format(found["part"], ", ".join(map(str, found["searched"])))


def _departures(front, signatures):
    for name in front.names:
        wanted, got = front.signatures.get(name), signatures.get(name)
        if not isinstance(wanted, list) or got is None:
            continue
        if isinstance(got, list):
            problem = frontend.departure(wanted, got)
        elif got == "unreadable":
            problem = "is compiled and does not tell its arguments: wrap it in a function"
        else:
            problem = "is no function"
        if problem:
            shown = frontend.show(got) if isinstance(got, list) else ""
            yield {"name": name, "signature": front.describe(name), "got": name + shown, "message": problem}


def profiles(counted, ran):
    """The steps that are profiles, as records: `counted` maps a profile to (passed, total), `ran` lists those that ran."""
    passed = total = 0
    for profile in ran:
        more, of = counted.get(profile, (0, 0))
        passed, total = passed + more, total + of
        yield {"step": profile, "holds": passed == total, "seconds": 0.0,
               "message": "{} of {} cases that count pass".format(passed, total)}
