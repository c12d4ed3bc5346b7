"""The seam between the machinery and an API: the judge knows a Table, the worker knows an Adapter, and
neither the other.

Judge, worker, wire and harness name no function of any API. Whatever they have to know of one stands here as
a method.
"""
from conformance.apis.parameters import show


class Table:
    """What the judge asks of an API: its cases, how a case is put to the worker, and what a backend has to
    have."""

    title = ""
    """The API's name in a sentence, such as `K has no dot`."""
    api_module = ""
    """The module whose functions are judged."""

    def __init__(self, settings):
        self.settings = settings

    def functions(self):
        """The Function records of the spec, which hold promises and cases, in a stable order."""
        raise NotImplementedError

    def cases(self, profile="full"):
        """The cases of a profile, in a stable order. Raises ValueError when two have the same id."""
        raise NotImplementedError

    def request(self, case):
        """The message that puts a case to the worker."""
        raise NotImplementedError

    def script(self, case):
        """The case as a script that needs the front end and the backend, and nothing of this suite."""
        raise NotImplementedError

    def not_applicable(self, case, loaded):
        """Why the case does not apply to the backend that answered (`loaded`, its identity), or None."""
        raise NotImplementedError

    def asked(self, environment):
        """The name of the backend that `environment` asks for."""
        raise NotImplementedError

    def refusal(self, loaded, environment):
        """Why what was loaded cannot be judged, such as another backend than the one asked for; or None."""
        raise NotImplementedError

    def private(self, directory):
        """The variables that keep a worker's configuration in its own `directory`."""
        raise NotImplementedError

    def subject(self, module):
        """What is imported of somebody's own `module`: it itself, unless the API has a layout for modules."""
        raise NotImplementedError

    def contract(self, paths=None):
        """What a backend module of somebody's own has to have, as a Contract, read from the source of the
        front end below `paths` (those of this interpreter if None). Raises LookupError when nobody can tell.
        """
        raise NotImplementedError


class Contract:
    """The names a backend needs: `entries` are those without which it is not loaded, `names` all of them,
    `signatures` the parameters.

    A signature is a list of [name, kind, has a default, default], or a text where the API states no
    parameters. `step` is the step that holds when no entry is missing, or, where it is called `contract`,
    when no name is. `source` says whose parameters they are, where they are not the API's.
    """

    def __init__(self, entries, names, signatures, step="valid", source=None):
        self.entries = entries
        self.names = names
        self.signatures = signatures
        self.step = step
        self.source = source

    def describe(self, name):
        """A name as it must be defined, such as `dot(x, y)`."""
        signature = self.signatures.get(name)
        if isinstance(signature, str):
            return signature
        return name if signature is None else name + show(signature)


class Adapter:
    """What the worker asks of an API: load it, say what answered, turn requests into results, and put state
    back.

    A `bound` object is a request turned into tensors that are not evaluated yet.
    """

    def __init__(self, settings):
        self.settings = settings

    def load(self, stubs=()):
        """Import the front end with its backend. `stubs` are names that a module of somebody's own lacks."""
        raise NotImplementedError

    note = None
    """What a reader has to know of how the front end came to load a module of somebody's own."""

    def examine(self, name, names, wanted):
        """What somebody's own module has of `names`, and the parameters of those that are `wanted`:
        `{"names": ..., "signatures": ...}`. Raises what its import raised."""
        raise NotImplementedError

    def identity(self):
        """What answered, as plain values: backend, file, front end, versions. Calls no function of the
        backend."""
        raise NotImplementedError

    def signatures(self):
        """The parameters of the API's functions as they are here, by name: `(x, axis=-1)`."""
        return {}

    def missing(self, source):
        """The names that `source` uses and the API lacks here."""
        raise NotImplementedError

    def bind(self, request):
        """The request's result, not evaluated yet."""
        raise NotImplementedError

    def evaluate(self, bound):
        """The answer of one bound request."""
        raise NotImplementedError

    def evaluate_together(self, bounds):
        """The answers of several bound requests, or None when the backend cannot evaluate them in one go."""
        raise NotImplementedError

    def namespace(self, inputs):
        """The names that a script sees."""
        raise NotImplementedError

    def facts(self, tensor):
        """What the API says of a tensor before it is evaluated: ndim, shape, dtype. A question that raised is
        answered with `{"raised": ..., "by": ...}`."""
        raise NotImplementedError

    def refresh(self):
        """Drop what earlier cases left behind in the engine; whether there was anything to drop."""
        raise NotImplementedError

    def backend(self):
        """The name of the backend that is loaded, as a user would ask for it."""
        raise NotImplementedError

    def recover(self):
        """Put back what an exception may have left changed."""
        raise NotImplementedError

    def cause(self, error):
        """The exception that a reader needs: `error`, or what the front end hid behind it."""
        return error

    def reset(self):
        """Put the settings that a script may have changed back to their documented defaults."""
        raise NotImplementedError

    def forget(self):
        """Remove the front end and the backend, engine apart, from the imported modules, for a script that
        loads them anew."""
        raise NotImplementedError

    def localised(self, source):
        """The source text with its imports turned to the front end that is judged."""
        raise NotImplementedError
