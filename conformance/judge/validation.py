"""The steps an external module takes before its cases: found, imports, valid, loads, signatures.

The judge asks the worker for plain facts and judges them here; each step is reported as soon as it is known.
What the module lacks is not the end: it is stubbed, so that the rest can be measured, and the step that
demands it does not hold.
"""
import time

from conformance.apis.parameters import departure, show


class Refused(Exception):
    """The module cannot be measured at all; the text says why in one sentence."""


class Validation:
    """What is known of the module called `name`, which is to serve the API of `table`.

    `report` takes each step as a dict; `stubs` are the names that the module lacks. `paths` are where the
    worker imports from, None where that is this interpreter's.
    """

    def __init__(self, name, table, report, paths=None):
        self.name = table.subject(name)
        self._table = table
        self.stubs = []
        self._report = report
        self._paths = paths
        self._began = time.monotonic()
        self._wrong = []
        self._lacks = []
        self._contract = None

    @property
    def _whole(self):
        """Whether it is a step of its own to have every name; else the front end does not load without."""
        return self._contract.step == "contract"

    @property
    def known(self):
        """Whether the module has been examined."""
        return self._contract is not None

    def examine(self, ask):
        """Find and import the module and compare its names with the API's; `ask(request)` raises Refused,
        naming how it ended."""
        found = self._ask("found", ask, {"op": "find", "module": self.name})
        if "searched" in found:
            self._refuse("found", _nowhere(found))
        self._say("found", True,
                  "{} is {}".format(self.name, found.get("file") or "a directory without a file"))
        try:
            contract = self._table.contract(self._paths)
        except LookupError as error:
            self._refuse("loads", str(error))
        wanted = {name for name in contract.names if isinstance(contract.signatures.get(name), list)}
        answer = self._ask("imports", ask, {"op": "module", "module": self.name, "wanted": sorted(wanted),
                                            "names": list(contract.names)})
        if "raised" in answer:
            self._refuse("imports", str(answer["raised"].get("root")))
        self._contract = contract
        self._say("imports", True, ("{} imports" if self._whole else "{} imports by itself").format(
            self.name))
        has, signatures = set(answer["names"]), answer["signatures"]
        self.stubs = [name for name in list(contract.entries) + contract.names if name not in has]
        self.stubs = list(dict.fromkeys(self.stubs))
        self._lacks = [name for name in contract.entries if name not in has]
        if self._whole:
            self._judge_contract()
        else:
            lacks = self._lacks
            self._say(contract.step, not lacks, "Missing required {}: {}".format(
                "entry" if len(lacks) == 1 else "entries", ", ".join(lacks)) if lacks else
                "it has the required entries: " + ", ".join(contract.entries), missing=self._described(lacks))
        self._wrong = list(_departures(contract, signatures, contract.source or self._table.title))

    def _judge_contract(self):
        total, whose = len(self._contract.names), self._contract.source
        if self.stubs:
            self._say("contract", False, "it lacks {} of the {} names that {} have: each was stubbed, and "
                      "its cases are unsupported".format(len(self.stubs), total, whose),
                      missing=self._described(self.stubs))
        else:
            self._say("contract", True, "it has all {} names that {} have".format(total, whose))

    def loaded(self, note=None):
        """The front end has loaded the module, with stubs where it lacks names; reports `loads` and
        `signatures`. A `note` says how it came to be loaded."""
        total, front = len(self._contract.names), self._table.api_module
        aside = " ({})".format(note) if note else ""
        if self._whole:
            self._say("loads", not self._lacks, "without {}, {} does not load it".format(
                ", ".join(self._lacks), front) + aside if self._lacks else
                "{} loads it{}".format(front, aside))
        elif self.stubs:
            self._say("loads", False,
                      "it lacks {} of the {} names that {} imports: each was stubbed, and its cases are "
                      "unsupported".format(len(self.stubs), total, front),
                      missing=self._described(self.stubs))
        else:
            self._say("loads", True, "{} loads it: it has all {} names".format(front, total))
        checked = sum(isinstance(signature, list)
                      for signature in map(self._contract.signatures.get, self._contract.names))
        title = self._contract.source or self._table.title
        if self._wrong:
            self._say("signatures", False, "{} of {} functions depart from {}".format(
                len(self._wrong), checked, "the arguments of " + title if self._contract.source else
                title + "'s arguments"), wrong=self._wrong)
        else:
            self._say("signatures", True, "names, order and defaults of all arguments are those of {}".format(
                title) if self._contract.source else
                "names, order and defaults of all arguments are {}'s".format(title))

    def refused(self, reason):
        """The front end did not load the module, with or without stubs."""
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
        return [{"name": name, "signature": self._contract.describe(name)} for name in names]

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
        return "{} is not a package ({}), so there is nothing in it".format(found["part"], found["file"])
    return "there is no {}: searched {}".format(found["part"], ", ".join(map(str, found["searched"])))


def _departures(contract, signatures, title):
    for name in contract.names:
        wanted, got = contract.signatures.get(name), signatures.get(name)
        if not isinstance(wanted, list) or got is None:
            continue
        if isinstance(got, list):
            problem = departure(wanted, got, title)
        elif got == "unreadable":
            problem = "is compiled and does not tell its arguments: wrap it in a function"
        else:
            problem = "is not a function"
        if problem:
            shown = show(got) if isinstance(got, list) else ""
            yield {"name": name, "signature": contract.describe(name), "got": name + shown,
                   "message": problem}


def profiles(counted, ran):
    """The steps that are profiles, as records: `counted` maps a profile to (passed, total), `ran` lists those
    that ran."""
    passed = total = 0
    for profile in ran:
        more, of = counted.get(profile, (0, 0))
        passed, total = passed + more, total + of
        yield {"step": profile, "holds": passed == total, "seconds": 0.0,
               "message": "{} of {} cases that count pass".format(passed, total)}
