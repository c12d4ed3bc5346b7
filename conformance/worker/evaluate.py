"""What every API's worker needs to evaluate source text, and to turn results into what the wire carries."""
import numpy as np

PLAIN = (bool, int, float, str, bytes, type(None))


def execute(source, namespace):
    """Run a script in `namespace`, or evaluate an expression; a script's value is what it binds to
    `result`."""
    code = _expression(source)
    if code is not None:
        return eval(code, namespace)
    exec(compile(source, "<case>", "exec"), namespace)  # outside `except`: what it raises has no other cause
    return namespace.get("result")


def _expression(source):
    try:
        return compile(source, "<case>", "eval")
    except SyntaxError:
        return None


def is_plain(value):
    """Whether a value can be sent as it is, rather than being a tensor of the backend."""
    return isinstance(value, PLAIN + (np.ndarray, np.generic))


def flatten(value, leaves):
    """The nesting of lists and tuples in `value`, with indices into `leaves`, which grows."""
    if type(value) in (list, tuple):
        return [flatten(item, leaves) for item in value]
    leaves.append(value)
    return len(leaves) - 1


class Missing:
    """The answer of an expression that uses names the API lacks here."""

    def __init__(self, names):
        self.names = names

    def answer(self):
        """The answer."""
        return {"missing": self.names}


class Bound:
    """An expression's result before evaluation: nested leaves, tensors among them, and what the API says of
    the tensors.

    `facts(tensor)` is asked of each leaf that is a tensor. `context` is what the API's adapter needs to
    evaluate it.
    """

    def __init__(self, result, facts, context=None):
        self.context = context
        self.leaves = []
        self.tree = flatten(result, self.leaves)
        self.facts = [None if is_plain(leaf) else facts(leaf) for leaf in self.leaves]
        self.tensors = [leaf for leaf in self.leaves if not is_plain(leaf)]

    def answer(self, computed, evaluator="the evaluation"):
        """The answer, given the values of the tensors. Raises RuntimeError when `evaluator` returned too few
        or too many."""
        if len(computed) != len(self.tensors):
            raise RuntimeError("{} returned {} values for {} outputs".format(
                evaluator, len(computed), len(self.tensors)))
        values = iter(computed)
        return {"tree": self.tree, "facts": self.facts,
                "leaves": [plain(leaf if fact is None else next(values))
                           for leaf, fact in zip(self.leaves, self.facts)]}


def collect(namespace, names):
    """The plain form of the values a script bound to `names`."""
    return {name: plain(namespace[name]) for name in names if name in namespace}


def plain(value):
    """`value` as something the wire carries; anything it cannot carry is named by its type and text."""
    if isinstance(value, (np.ndarray, np.generic)):
        if value.dtype.kind in "biufcSU":
            return value
        return {"object": type(value).__name__, "text": repr(value)[:500]}
    if type(value) in (list, tuple):
        return type(value)(plain(item) for item in value)
    if type(value) is dict:
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, PLAIN):
        return value
    try:
        return np.asarray(value.todense())  # a SciPy sparse matrix
    except AttributeError:
        return {"object": type(value).__name__, "text": repr(value)[:500]}
