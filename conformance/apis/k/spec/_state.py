"""The helper of the modules of the area state."""
from conformance.case import Input


def history(f, variant, source, oracle, **rest):
    """A script of `f` whose names are those that its oracle gives."""
    inputs = [item.array(0) for item in rest.values() if isinstance(item, Input)]
    f.script(variant, source, names=tuple(oracle(*inputs)), oracle=oracle, **rest)
