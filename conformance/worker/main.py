"""The defendant: imports Keras and the backend, and evaluates one request at a time.

It knows neither cases nor oracles. The judge sends source text and arrays, the worker answers with plain arrays and with
the static facts K states about each tensor (`ndim`, `int_shape`, `dtype`). Whatever the backend does to this process -
hang, die, close or flood its output, patch modules - costs the request in flight and nothing else.
"""
import functools
import gc
import importlib
import os
import sys

import numpy as np

from conformance import front, probe, stubs, wire
from conformance.expressions import Built, Missing, collect, evaluate_together, execute, missing_names
from conformance.facts import backend_facts, describe_exception
from conformance.isolated import run_forked, run_together

# Cases per graph, where cases come one by one: a graph that only grows makes every evaluation slower, and clearing it after
# each case costs more than it saves.
_CASES_PER_GRAPH = 8
# After so many batches in a row that failed together though every one of their cases holds alone, the backend is taken to
# be one that cannot mix outputs.
_UNMIXED = 3
# A graph is a large web of objects that live until it is dropped; Python's defaults walk it again and again meanwhile.
_GC = (50000, 20, 20)


def main():
    """Serve requests until the judge closes the pipe: `python -c ... REQUEST_FD ANSWER_FD`."""
    requests, answers = int(sys.argv[1]), int(sys.argv[2])
    gc.set_threshold(*_GC)
    os.set_inheritable(requests, False)
    os.set_inheritable(answers, False)
    worker, scratch = Worker(), os.path.join(os.getcwd(), "scratch")
    own = os.getpid()
    while True:
        try:
            request = wire.receive(requests)
        except wire.Closed:
            return
        answer = worker.answer(request)
        # The number lets the judge tell an answer from anything else a backend writes into this pipe.
        answer["number"] = request["number"]
        if os.getpid() != own:
            os._exit(0)  # a copy that the backend made by forking: one of us answers
        answer["wounded"] = wounded(scratch)
        wire.send(answers, answer)


def wounded(path):
    """Why this process should serve no other request, or None: a case has closed its standard streams, or used up its
    descriptors or its disk."""
    try:
        os.fstat(1)
        os.fstat(2)
        with open(path, "wb", 0) as stream:
            stream.write(bytes(4096))
        os.remove(path)
    except OSError as error:
        return str(error)
    return None


class Worker:
    """One imported backend and what has to be put back between cases."""

    def __init__(self):
        self.K = None
        self.evaluated = 0
        # A backend whose K.eval and K.function disagree is asked for every expression alone: no verdict hangs on a neighbour.
        self.unmixed = _UNMIXED if os.environ.get("CONFORM_ALONE") else 0
        self.watching = None
        self.phase = None

    def answer(self, request):
        """The answer to one request, an exception included: `{"raised": ...}` is an answer like any other."""
        try:
            return getattr(self, "do_" + request["op"])(request)
        except BaseException as error:  # a backend may raise SystemExit or KeyboardInterrupt; the judge decides what it means
            self.rephase()
            return {"raised": describe_exception(error)}

    def do_hello(self, request):
        """Import the backend and say what really answered."""
        preload()
        external = request.get("module")
        if external:
            stubs.install(external, request["stubs"])
        self.K = importlib.import_module(front.K)
        if os.environ.get("CONFORM_DEVICE") == "gpu":
            from conformance import devices
            self.watching = devices.watch()
        self.phase = self.settled_phase()
        return {"facts": backend_facts(self.K, external)}

    def do_find(self, request):
        """Where a module from outside is; nothing of it is run."""
        return probe.find(request["module"])

    def do_module(self, request):
        """A module from outside imported by itself, so that the reason it cannot be is not Keras'."""
        preload()
        return probe.examine(request["module"], request["wanted"])

    def do_evaluate(self, request):
        """One expression over tensors made from arrays in the way asked for."""
        self.refresh()
        try:
            return self.watched(self.evaluate_alone, request)
        except Exception:
            if not self.clear():
                raise
            return self.ask_again(request)

    def evaluate_alone(self, request):
        """The answer to one expression."""
        return self.build(request).evaluate(self.K)

    def watched(self, function, argument):
        """`function(argument)`, an answer, with the devices it was computed on where they have to be proved."""
        if self.watching is None:
            return function(argument)
        self.watching.taken()
        answer = function(argument)
        answer["devices"] = self.watching.taken()
        return answer

    def do_batch(self, request):
        """Several expressions: built one by one, evaluated in one compiled function when the backend can.

        What is shared is the cost of compiling and of a session. When the joint evaluation fails, each is evaluated alone, so
        that an exception is the answer of the expression that raised it.
        """
        self.evaluated = -1
        self.refresh()
        if self.watching is not None:
            # What is computed together cannot be told apart, and it is each expression that has to prove its device.
            alone = functools.partial(self.watched, self.evaluate_alone)
            return {"answers": [self.attempt(alone, item) for item in request["items"]]}
        built = [self.attempt(self.build, item) for item in request["items"]]
        together = iter(self.evaluate_all([item for item in built if isinstance(item, Built)]))
        answers = [next(together) if isinstance(item, Built) else item for item in built]
        answers = [item.evaluate(self.K) if isinstance(item, Missing) else item for item in answers]
        failed = [index for index, answer in enumerate(answers) if isinstance(built[index], Built) and "raised" in answer]
        if failed and self.clear():
            for index in failed:
                answers[index] = self.attempt(self.ask_again, request["items"][index])
        return {"answers": answers}

    def ask_again(self, request):
        """The answer to an expression that raised, from a graph of its own, which is dropped afterwards.

        An operation without a kernel fails whatever else is evaluated in its graph (TensorFlow places all of it): the
        exception may be a neighbour's.
        """
        try:
            return self.watched(self.evaluate_alone, request)
        finally:
            self.clear()

    def clear(self):
        """Drop the graph; whether the backend has one to drop."""
        clear = getattr(self.K, "clear_session", None)
        if clear is not None:
            clear()
        return clear is not None

    def evaluate_all(self, items):
        """The answers of a batch of built expressions, in their order."""
        if self.unmixed < _UNMIXED:
            answers = evaluate_together(self.K, items)
            if answers is not None:
                self.unmixed = 0
                return answers
        answers = [self.attempt(item.evaluate, self.K) for item in items]
        if not any("raised" in answer for answer in answers):
            self.unmixed += 1
        return answers

    def attempt(self, function, argument):
        """`function(argument)`, or the exception as an answer."""
        try:
            return function(argument)
        except Exception as error:
            self.rephase()
            return {"raised": describe_exception(error)}

    def build(self, request):
        """The expression's result, not evaluated yet. An answer instead when K lacks a name."""
        K = self.K
        missing = missing_names(K, request["source"])
        if missing:
            return Missing(missing)
        namespace = {"K": K, "np": np}
        placeholders, fed = [], []
        for name, spec in request["inputs"].items():
            array = spec["array"]
            if spec["kind"] == "plain":
                namespace[name] = array
            elif request["way"] == "variable":
                namespace[name] = K.variable(array, dtype=spec["dtype"])
            else:
                shape = [None if request["way"] == "unknown" and axis in spec["unknown"] else n
                         for axis, n in enumerate(array.shape)]
                namespace[name] = K.placeholder(shape=tuple(shape), dtype=spec["dtype"])
                placeholders.append(namespace[name])
                fed.append(array)
        return Built(K, execute(request["source"], namespace), placeholders, fed)

    def do_script(self, request):
        """A script of steps; answers with the plain values it bound to the names asked for."""
        K = self.K
        missing = missing_names(K, request["source"])
        if missing:
            return {"missing": missing}
        self.refresh()
        try:
            return self.watched(self.run_script, request)
        finally:
            self.restore()

    def run_script(self, request):
        """The answer to a script."""
        namespace = dict(request["inputs"], K=self.K, np=np)
        execute(request["source"], namespace)
        return {"values": collect(namespace, request["names"])}

    def do_isolated(self, request):
        """A script run in a forked child that has not imported Keras yet, with its own environment and files."""
        return run_forked(request, describe_exception, collect)

    def do_together(self, request):
        """Several such scripts."""
        return {"answers": run_together(request["items"], describe_exception, collect)}

    def do_restore(self, request):
        """Put the settings a case may have changed back to their defaults."""
        self.restore()
        return {}

    def refresh(self):
        """Drop the graph of the cases before, every few cases."""
        self.evaluated += 1
        if self.evaluated % _CASES_PER_GRAPH == 0:
            self.clear()

    def restore(self):
        """The settings K documents as global, back at their documented defaults."""
        K = self.K
        for name, default in (("set_floatx", "float32"), ("set_epsilon", 1e-7), ("set_image_data_format", "channels_last")):
            if hasattr(K, name):
                getattr(K, name)(default)
        self.rephase()
        self.clear()

    def settled_phase(self):
        """The learning phase this backend starts in where it is a number, and not a tensor that is fed."""
        try:
            phase = self.K.learning_phase()
        except Exception:  # the cases of learning_phase say so
            return None
        if type(phase) in (bool, int):
            return phase
        self.clear()
        return None

    def rephase(self):
        """Back to that learning phase: a function that builds for both of them and raises may leave the other one behind."""
        if self.phase is not None:
            self.K.set_learning_phase(self.phase)


def preload():
    """What CONFORM_PRELOAD lists happens before Keras is imported: a `module` is imported, a `module:function` is called."""
    for entry in filter(None, os.environ.get("CONFORM_PRELOAD", "").split(",")):
        module, _, function = entry.strip().partition(":")
        found = importlib.import_module(module)
        if function:
            getattr(found, function)()
