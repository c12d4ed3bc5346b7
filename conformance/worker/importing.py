"""Why somebody's own module cannot be imported by itself, and what its author can do about it."""
from conformance.worker import inspect_module


def reason(name, error, front):
    """The root of `error`, which the import of the module `name` raised, in a sentence, with a remedy where
    there is one; `front` is the module of the front end that loads backends."""
    root = inspect_module.root_of(error)
    meets = _meets(name, error, front)
    if meets is not None:
        package = front.split(".")[0]
        return "{} imports {}{} while {} loads {}, a circular import: import {} inside the functions that " \
               "need it".format(name, package, meets, package, name, package)
    text = inspect_module.root(error)
    absent = getattr(root, "name", None) or ""
    if isinstance(root, ModuleNotFoundError) and absent.split(".")[0] not in ("", name.split(".")[0]):
        return "{}: if a package has it, list the package in a file and name the file with " \
               "--requirements".format(text)
    return text


def _meets(name, error, front):
    """The place in the module where its import led through `front`, which was importing the module in turn;
    None where it did not."""
    if not front:
        return None
    own = None
    for frame, line in inspect_module.frames(error):
        where = frame.f_globals.get("__name__", "")
        if where == name or where.startswith(name.split(".")[0] + "."):
            own = inspect_module.place(frame, line)
        elif own is not None and (where + ".").startswith(front + "."):
            return own
    return None
