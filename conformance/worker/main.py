"""The worker: loads the API with its backend, and answers one request at a time.

It knows neither cases nor oracles. The judge sends source text and arrays, the worker answers with plain
arrays and with the static facts the API states about each tensor. Whatever the backend does to this process -
hang, die, close or flood its output, patch modules - costs the request in flight and nothing else.
"""
import functools
import gc
import os
import sys

from conformance import apis, settings, wire
from conformance.engines import launch
from conformance.engines import runtime as engines
from conformance.worker import importing, inspect_module
from conformance.worker.describe import describe_exception
from conformance.worker.evaluate import Bound, Missing, collect, execute
from conformance.worker.forked import run_forked, run_together

# Cases per graph, where cases come one by one: a graph that only grows makes every evaluation slower, and
# clearing it after each case costs more than it saves.
_CASES_PER_GRAPH = 8
# After so many batches in a row that failed together though every one of their cases holds alone, the backend
# is taken to be unable to mix outputs.
_UNMIXED = 3
# A graph is a large web of objects that live until it is dropped; Python's defaults walk it again and again
# meanwhile.
_GC = (50000, 20, 20)


def main():
    """Serve requests until the judge closes the pipe: `python -c ... HOME SLOT REQUEST_FD ANSWER_FD`.

    HOME is the user's, SLOT the pytest-xdist worker that judges, empty without.
    """
    home, slot, requests, answers = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    gc.set_threshold(*_GC)
    launch.settle(os.environ, slot, home)
    os.set_inheritable(requests, False)
    os.set_inheritable(answers, False)
    worker, scratch = Worker(settings.read()), os.path.join(os.getcwd(), "scratch")
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
    """Why this process should serve no other request, or None: a case has closed its standard streams, or
    used up its descriptors or its disk."""
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
    """One loaded backend, and what has to be put back between cases."""

    def __init__(self, told):
        self.settings = told
        self.adapter = None
        self.evaluated = 0
        # A backend whose answers depend on what is evaluated beside them is asked for everything alone.
        self.unmixed = _UNMIXED if told.alone else 0
        self.watching = None

    def answer(self, request):
        """The answer to one request, an exception included: `{"raised": ...}` is an answer like any other."""
        try:
            return getattr(self, "do_" + request["op"])(request)
        except BaseException as error:  # SystemExit, KeyboardInterrupt: the judge decides what it means
            return self.raised(error)

    def raised(self, error):
        """An exception as an answer; what it may have left changed is put back."""
        if self.adapter is not None:
            self.adapter.recover()
            error = self.adapter.cause(error)
        return {"raised": describe_exception(error)}

    def do_hello(self, request):
        """Load the API with its backend and say what really answered."""
        self.adapter = self.adapter or apis.adapter(self.settings.api, self.settings)
        inspect_module.preload(self.settings)
        self.adapter.load(request.get("stubs", ()))
        engines.quiet()
        if self.settings.device == settings.GPU:
            self.watching = engines.watch()
        return {"identity": dict(self.adapter.identity(), signatures=self.adapter.signatures()),
                "note": self.adapter.note}

    def do_find(self, request):
        """Where a module of somebody's own is; nothing of it is run."""
        return inspect_module.find(request["module"])

    def do_module(self, request):
        """Such a module imported by itself, so that the reason it cannot be imported is not the front
        end's."""
        self.adapter = apis.adapter(self.settings.api, self.settings)
        inspect_module.preload(self.settings)
        name = request["module"]
        try:
            return self.adapter.examine(name, request["names"], request["wanted"])
        except Exception as error:
            why = importing.reason(name, error, self.settings.api_module)
            return {"raised": dict(describe_exception(error), root=why)}

    def do_evaluate(self, request):
        """One expression over tensors made from arrays in the way asked for."""
        self.refresh()
        try:
            return self.watched(self.evaluate_alone, request)
        except Exception:
            if not self.adapter.refresh():
                raise
            return self.ask_again(request)

    def evaluate_alone(self, request):
        """The answer to one expression."""
        bound = self.bind(request)
        return self.adapter.evaluate(bound) if isinstance(bound, Bound) else bound.answer()

    def watched(self, function, argument):
        """`function(argument)`, an answer, with the devices it was computed on where they have to be
        proved."""
        if self.watching is None:
            return function(argument)
        self.watching.taken()
        answer = function(argument)
        answer["devices"] = self.watching.taken()
        return answer

    def do_batch(self, request):
        """Several expressions: bound one by one, evaluated together when the backend can.

        What is shared is the cost of compiling and of a session. When the joint evaluation fails, each is
        evaluated alone, so that an exception is the answer of the expression that raised it.
        """
        self.evaluated = -1
        self.refresh()
        if self.watching is not None:
            # What is computed together cannot be told apart, and it is each expression that has to prove its
            # device.
            alone = functools.partial(self.watched, self.evaluate_alone)
            return {"answers": [self.attempt(alone, item) for item in request["items"]]}
        bound = [self.attempt(self.bind, item) for item in request["items"]]
        together = iter(self.evaluate_all([item for item in bound if isinstance(item, Bound)]))
        answers = [next(together) if isinstance(item, Bound) else item for item in bound]
        answers = [item.answer() if isinstance(item, Missing) else item for item in answers]
        # Also what raised while it was bound: a message may hold the number of an operation in its graph.
        failed = [index for index, answer in enumerate(answers) if "raised" in answer]
        if failed and self.adapter.refresh():
            for index in failed:
                answers[index] = self.attempt(self.ask_again, request["items"][index])
        return {"answers": answers}

    def ask_again(self, request):
        """The answer to an expression that raised, from a graph of its own, which is dropped afterwards.

        An operation without a kernel fails whatever else is evaluated in its graph (TensorFlow places all of
        it): the exception may be a neighbour's.
        """
        try:
            return self.watched(self.evaluate_alone, request)
        finally:
            self.adapter.refresh()

    def evaluate_all(self, items):
        """The answers of a batch of bound expressions, in their order."""
        if self.unmixed < _UNMIXED:
            answers = self.adapter.evaluate_together(items)
            if answers is not None:
                self.unmixed = 0
                return answers
        answers = [self.attempt(self.adapter.evaluate, item) for item in items]
        if not any("raised" in answer for answer in answers):
            self.unmixed += 1
        return answers

    def attempt(self, function, argument):
        """`function(argument)`, or the exception as an answer."""
        try:
            return function(argument)
        except Exception as error:
            return self.raised(error)

    def bind(self, request):
        """The expression's result, not evaluated yet; Missing instead when the API lacks a name here."""
        missing = self.adapter.missing(request["source"])
        return Missing(missing) if missing else self.adapter.bind(request)

    def do_script(self, request):
        """A script of steps; answers with the plain values it bound to the names asked for."""
        missing = self.adapter.missing(request["source"])
        if missing:
            return Missing(missing).answer()
        self.refresh()
        try:
            return self.watched(self.run_script, request)
        finally:
            self.adapter.reset()

    def run_script(self, request):
        """The answer to a script."""
        namespace = self.adapter.namespace(request["inputs"])
        execute(request["source"], namespace)
        return {"values": collect(namespace, request["names"])}

    def do_isolated(self, request):
        """A script run in a forked child that has not loaded the API yet, with its own environment and
        files."""
        return run_forked(request, self.adapter)

    def do_together(self, request):
        """Several such scripts."""
        return {"answers": run_together(request["items"], self.adapter)}

    def refresh(self):
        """Drop the graph of the cases before, every few cases."""
        self.evaluated += 1
        if self.evaluated % _CASES_PER_GRAPH == 0:
            self.adapter.refresh()
