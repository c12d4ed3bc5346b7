"""The results of expressions: built, evaluated alone or together, and turned into what the wire carries."""
import re

import numpy as np

from conformance import stubs
from conformance.facts import tensor_facts

_NAMES = re.compile(r"\bK\.([A-Za-z_]\w*)")
_PLAIN = (bool, int, float, str, bytes, type(None))


def missing_names(K, source):
    """The names `source` uses that K lacks."""
    return sorted({name for name in _NAMES.findall(source) if not stubs.has(K, name)})


def execute(source, namespace):
    """Run a script in `namespace`, or evaluate an expression; a script's value is what it binds to `result`."""
    try:
        code = compile(source, "<case>", "eval")
    except SyntaxError:
        exec(compile(source, "<case>", "exec"), namespace)
        return namespace.get("result")
    return eval(code, namespace)


def is_plain(value):
    """Whether a value can be sent as it is, rather than being a tensor of the backend."""
    return isinstance(value, _PLAIN + (np.ndarray, np.generic))


def flatten(value, leaves):
    """The nesting of lists and tuples in `value`, with indices into `leaves`, which grows."""
    if type(value) in (list, tuple):
        return [flatten(item, leaves) for item in value]
    leaves.append(value)
    return len(leaves) - 1


class Missing:
    """The answer of an expression that uses names K lacks."""

    def __init__(self, names):
        self.names = names

    def evaluate(self, K):
        """The answer."""
        return {"missing": self.names}


class Built:
    """An expression's result before evaluation: nested leaves, tensors among them, and what K says of the tensors."""

    def __init__(self, K, result, placeholders, fed):
        self.placeholders = placeholders
        self.fed = fed
        self.leaves = []
        self.tree = flatten(result, self.leaves)
        self.facts = [None if is_plain(leaf) else tensor_facts(K, leaf) for leaf in self.leaves]
        self.tensors = [leaf for leaf in self.leaves if not is_plain(leaf)]

    def evaluate(self, K):
        """The answer, each tensor evaluated by K itself."""
        if not self.tensors:
            return self.answer([])
        if self.placeholders:
            return self.answer(K.function(self.placeholders, self.tensors)(self.fed))
        return self.answer([K.eval(tensor) for tensor in self.tensors])

    def answer(self, computed):
        """The answer, given the values of the tensors."""
        if len(computed) != len(self.tensors):
            raise RuntimeError("K.function returned {} values for {} outputs".format(len(computed), len(self.tensors)))
        values = iter(computed)
        return {"tree": self.tree, "facts": self.facts,
                "leaves": [plain(leaf if fact is None else next(values)) for leaf, fact in zip(self.leaves, self.facts)]}


def evaluate_together(K, items):
    """The answers of all items from one compiled function, or None when the backend cannot do that."""
    tensors = [tensor for item in items for tensor in item.tensors]
    try:
        fed = [array for item in items for array in item.fed]
        values = list(K.function([p for item in items for p in item.placeholders], tensors)(fed)) if tensors else []
        if len(values) != len(tensors):
            return None
        answers = []
        for item in items:
            answers.append(item.answer(values[:len(item.tensors)]))
            del values[:len(item.tensors)]
        return answers
    except Exception:
        return None  # every item is about to be evaluated alone, where its exception is its answer


def collect(namespace, names):
    """The plain form of the values a script bound to `names`."""
    return {name: plain(namespace[name]) for name in names if name in namespace}


def plain(value):
    """`value` as something the wire carries; anything it cannot carry is named by its type and text."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value if value.dtype.kind in "biufcSU" else {"object": type(value).__name__, "text": repr(value)[:500]}
    if type(value) in (list, tuple):
        return type(value)(plain(item) for item in value)
    if type(value) is dict:
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, _PLAIN):
        return value
    try:
        return np.asarray(value.todense())  # a SciPy sparse matrix
    except AttributeError:
        return {"object": type(value).__name__, "text": repr(value)[:500]}
