"""The journal as the suite writes it: JSON Lines, each flushed before the next thing happens."""
import datetime
import json
import os
import sys

from conformance import suite
from conformance.settings import CPU

SCHEMA = 2
# A journal's line is bounded.
MOST_SIGNATURES = 2000


class Journal:
    """Writes records to a stream, or nowhere when there is none."""

    def __init__(self, stream):
        self._stream = stream
        self.has_collected = False
        self.expected = 0
        self.ended = False

    def _write(self, **record):
        if self._stream is not None:
            self._stream.write(json.dumps(record, allow_nan=False) + "\n")
            self._stream.flush()

    def start(self, **fields):
        """What is about to be judged, written before anything of the backend runs. `api` and `backend` must
        be given."""
        now = datetime.datetime.now(datetime.timezone.utc)
        record = {"column": fields["backend"], "runtime": "none", "image": None, "device": CPU,
                  "suite": suite.digest(fields["api"]), "started": now.strftime("%Y-%m-%dT%H:%M:%SZ")}
        record.update(fields)
        self._write(kind="start", schema=SCHEMA, **record)

    def loaded(self, identity):
        """What answered: the backend's name and file, the front end, the versions of all of them, and the
        signatures of the API's functions."""
        told = {name: identity[name] for name in ("backend", "file", "front", "engine", "versions")}
        signatures = sorted(identity.get("signatures", {}).items())[:MOST_SIGNATURES]
        self._write(kind="loaded", **dict(told, signatures={
            str(name)[:100]: str(text)[:300] for name, text in signatures}))

    def collected(self, ids):
        """The ids of the cases about to run."""
        self.has_collected = True
        self.expected = len(ids)
        self._write(kind="collected", ids=ids)

    def step(self, record):
        """A step that a module of somebody's own took, or failed to take."""
        self._write(kind="step", **record)

    def begin(self, case_id):
        """A case is in flight."""
        self._write(kind="begin", id=case_id)

    def case(self, record):
        """The verdict on a case."""
        self._write(kind="case", **record)

    def end(self, seconds, counts, complete, reason):
        """The run is over; `reason` says why it is not complete."""
        self.ended = True
        self._write(kind="end", seconds=round(seconds, 3), counts=counts, complete=complete, reason=reason)


def private_stdout():
    """A stream on the real stdout that no child inherits; what anything else prints there goes to stderr."""
    sys.stdout.flush()
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return stream
