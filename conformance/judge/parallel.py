"""How cases are shared out among the pytest workers of pytest-xdist."""
from xdist.scheduler import LoadScopeScheduling

from conformance.judge.judge import BATCH


class BatchScheduling(LoadScopeScheduling):
    """Gives a pytest worker all the cases that its judge evaluates together: those of one batch, in their
    order."""

    def _split_scope(self, nodeid):
        if not hasattr(self, "_places"):
            self._places = {nodeid: place for place, nodeid in enumerate(self.collection)}
        return str(self._places[nodeid] // BATCH)
