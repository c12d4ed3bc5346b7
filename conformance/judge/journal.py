"""The journal as the suite writes it: JSON Lines, each flushed before the next thing happens."""
import datetime
import hashlib
import json
import os
import sys

SCHEMA = 1


class Journal:
    """Writes records to a stream, or nowhere when there is none.

    `live` says that somebody watches, who is told of the steps before the start record: until a module from outside is
    imported, there is not all to say in it. In a file the start record is the first.
    """

    def __init__(self, stream, live=False):
        self._stream = stream
        self._live = live
        self._held = []
        self.has_collected = False
        self.expected = 0
        self.ended = False

    def _write(self, **record):
        if self._stream is not None:
            self._stream.write(json.dumps(record, allow_nan=False) + "\n")
            self._stream.flush()

    def start(self, **fields):
        """Who is judged. CONFORM_START, a JSON object, adds to the fields or replaces them."""
        record = {"column": fields["backend"], "api": "K", "runtime": "none", "image": None, "device": "cpu",
                  "suite": suite_hash(), "started": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}
        record.update(fields)
        record.update(json.loads(os.environ.get("CONFORM_START") or "{}"))
        self._write(kind="start", schema=SCHEMA, **record)
        self._live = True
        for step in self._held:
            self.step(step)

    def collected(self, ids):
        """The ids of the cases about to run."""
        self.has_collected = True
        self.expected = len(ids)
        self._write(kind="collected", ids=ids)

    def step(self, record):
        """A step that a module from outside took, or failed to take."""
        if self._live:
            self._write(kind="step", **record)
        else:
            self._held.append(record)

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


def suite_hash():
    """A hash of the suite's own files: verdicts of different suites are not comparable."""
    root = os.path.dirname(os.path.abspath(__file__))
    digest = hashlib.sha256()
    for folder, folders, files in sorted(os.walk(root)):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                digest.update(os.path.relpath(path, root).encode())
                with open(path, "rb") as stream:
                    digest.update(stream.read())
    return digest.hexdigest()[:16]


def private_stdout():
    """A stream on the real stdout that no child inherits, with everybody else's stdout sent to stderr."""
    sys.stdout.flush()
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return stream
