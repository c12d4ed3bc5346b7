"""Turns the worker's answers into verdicts: the documented behaviour and the oracle against what it saw."""
import signal

from conformance import compare, devices
from conformance.spec.model import REFUSED


class Outcome:
    """What one case ended as: the verdict, and the evidence under it when it is not `pass`."""

    def __init__(self, verdict, message=None, expected=None, got=None, trace=None, ulp=None):
        self.verdict = verdict
        self.message = message
        self.expected = expected
        self.got = got
        self.trace = trace
        self.ulp = ulp
        self.seconds = 0.0
        self.attempt = 1

    def detail(self):
        """The journal's `detail` object."""
        return {"message": self.message, "expected": self.expected, "got": self.got, "traceback": self.trace}


def judge_answer(case, answer, device="cpu"):
    """The verdict on an answer: the documented behaviour and the oracle against what the worker saw.

    Where `device` is "gpu", a case that computed anything on the CPU deviates, whatever its values.
    """
    try:
        if "died" in answer:
            status = answer["died"]
            return Outcome("crash", "the process died: " + ended_as(-(status & 0x7f) if status & 0x7f else status >> 8))
        if "missing" in answer:
            return Outcome("unsupported", "K has no " + ", ".join(map(str, answer["missing"])))
        raised = answer.get("raised")
        if case.want is REFUSED:
            return _judge_refusal(case, raised, answer)
        if raised:
            verdict = "unsupported" if "NotImplementedError" in raised["bases"] else "error"
            return Outcome(verdict, first_line("{type}: {message}".format(**raised)), trace=raised["traceback"])
        problems, ulp, expected, got = compare.hold(case, answer, device)
        fallen_back = sorted(map(str, answer.get("devices", {}).get(devices.CPU, ())))
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        # The shape of an answer is the worker's to choose, and the worker is the backend's to overwrite.
        return Outcome("error", "the answer is malformed: {}: {}".format(type(error).__name__, error))
    if fallen_back:
        problems = problems + ["ran on the CPU: " + ", ".join(fallen_back)]
        expected, got = expected or "on the GPU", got or "on the CPU"
    if problems:
        return Outcome("fail", "; ".join(problems), expected, got, ulp=ulp)
    return Outcome("pass", ulp=ulp)


def _judge_refusal(case, raised, answer):
    kinds, words = case.refuses
    expected = "{} naming {}".format(" or ".join(kinds), words) if words else " or ".join(kinds)
    if not raised:
        accepted = compare.text(answer.get("leaves", answer.get("values")))
        return Outcome("fail", "accepted what K documents as refused", expected, accepted)
    got = first_line("{type}: {message}".format(**raised))
    if not set(kinds) & set(raised["bases"]):
        if "NotImplementedError" in raised["bases"]:
            return Outcome("unsupported", got, expected, got, raised["traceback"])
        message = "refused with {} instead of {}".format(raised["type"], " or ".join(kinds))
        return Outcome("fail", message, expected, got, raised["traceback"])
    if words and words.lower() not in raised["message"].lower():
        return Outcome("fail", "the message does not name {}".format(words), expected, got, raised["traceback"])
    return Outcome("pass")


def first_line(text, limit=300):
    """The first line that says something, cut to `limit` characters."""
    for line in text.splitlines():
        if line.strip():
            return line.strip()[:limit]
    return text[:limit]


def ended_as(status):
    """An exit status in words."""
    if status is None:
        return "it stopped answering"
    if status < 0:
        try:
            return "killed by " + signal.Signals(-status).name
        except ValueError:
            return "killed by signal {}".format(-status)
    return "exited with status {}".format(status)
