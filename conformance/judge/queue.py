"""Cases that were sent to a process together, and whose answers are still to come."""
import time

from conformance import wire

# How an answer that does not belong to the question shows.
UNANSWERED = (wire.Expired, wire.Closed, wire.Garbage, KeyError, TypeError)
# What has arrived is read although its time is over: the judge came late, not the answer.
_READING_SECONDS = 2.0


class Ahead:
    """A question with several cases in it. Raises wire.Closed when the process is gone, and wire.Expired when
    it does not read."""

    def __init__(self, process, op, requests, cases, seconds):
        self.process = process
        self.cases = cases
        self._posted = time.monotonic()
        self._deadline = self._posted + seconds
        process.post({"op": op, "items": requests}, self._deadline)

    def arrived(self):
        """Whether the answers can be taken without waiting."""
        return wire.readable(self.process.answers)

    def take(self):
        """What each case is answered and its share of the time, in seconds, by the case's id. Raises one of
        UNANSWERED."""
        deadline = self._deadline
        if self.arrived():
            deadline = max(deadline, time.monotonic() + _READING_SECONDS)
        answers = self.process.answer(deadline)["answers"]
        if len(answers) != len(self.cases) or self.process.wounded:
            raise wire.Garbage("{} answers to {} questions".format(len(answers), len(self.cases)))
        share = (time.monotonic() - self._posted) / len(self.cases)
        return {case.id: (answer, share) for case, answer in zip(self.cases, answers)}
