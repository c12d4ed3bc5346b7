"""What K promises, as tables: an area a module, histories in `scenarios/`. No pytest in here."""
import importlib
import pkgutil

from conformance.spec.model import PROFILES


def areas():
    """Every Area of the table, in a stable order: the AREA of each module, or its AREAS where rows of several stand together."""
    found = []
    for package in ("conformance.spec", "conformance.spec.scenarios"):
        path = importlib.import_module(package).__path__
        for name in sorted(module.name for module in pkgutil.iter_modules(path)):
            module = importlib.import_module(package + "." + name)
            found.extend(getattr(module, "AREAS", ()) or [area for area in (getattr(module, "AREA", None),) if area])
    return found


def cases(profile="full"):
    """The cases of a profile, in a stable order. Raises ValueError when two have the same id."""
    wanted = PROFILES[:PROFILES.index(profile) + 1]
    found, seen = [], set()
    for area in areas():
        for row in area.rows:
            for case in row.cases():
                if case.id in seen:
                    raise ValueError("two cases are called {}".format(case.id))
                seen.add(case.id)
                if case.profile in wanted:
                    found.append(case)
    return found
