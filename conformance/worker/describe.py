"""What the worker says of an exception and of an answer to a question, as plain values."""
import traceback

import numpy as np

from conformance.worker import inspect_module
from conformance.worker.evaluate import PLAIN


def ask(question, by, tensor):
    """`question(tensor)` as a plain value; `{"raised": ..., "by": by}` when it raised."""
    try:
        answer = question(tensor)
        if isinstance(answer, (list, tuple)):
            return [None if n is None else int(n) if isinstance(n, (int, np.integer)) else str(n)
                    for n in answer]
        if isinstance(answer, np.integer):
            return int(answer)
        return answer if isinstance(answer, PLAIN) else str(answer)
    except Exception as error:
        return {"raised": "{}: {}".format(type(error).__name__, error)[:500], "by": by}


def describe_exception(error):
    """Type, text and traceback of an exception, as plain values; the types of its bases, for documented
    exceptions."""
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    return {
        "type": type(error).__name__,
        "bases": [base.__name__ for base in type(error).__mro__],
        "message": inspect_module.own(str(error)[:4000]),
        "traceback": inspect_module.own("".join(lines))[-8000:],
        "root": inspect_module.root(error),
    }
