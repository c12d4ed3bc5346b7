"""K whose import fails without a word about why."""

CONFIGURED = False
assert CONFIGURED
