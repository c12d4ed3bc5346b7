"""Turns the worker's answers into verdicts: the documented behaviour and the oracle against what it saw."""
import signal

from conformance.case import Outcome, Refusal
from conformance.judge import compare
from conformance.judge.answer import shortened
from conformance.settings import CPU


def judge_answer(case, answer, title, device=CPU):
    """The verdict on an answer; `title` names the API in a sentence.

    Where `device` is a GPU, a case that computed anything on the CPU deviates, whatever its values.
    """
    try:
        if "died" in answer:
            status = answer["died"]
            ended = ended_as(-(status & 0x7f) if status & 0x7f else status >> 8)
            return Outcome("crash", "the process died: " + ended)
        if "missing" in answer:
            return Outcome("unsupported",
                           "{} has no {}".format(title, ", ".join(map(str, answer["missing"]))))
        raised = answer.get("raised")
        if isinstance(case.want, Refusal):
            return _judge_refusal(case.want, raised, answer, title)
        if raised:
            verdict = "unsupported" if "NotImplementedError" in raised["bases"] else "error"
            return Outcome(verdict, _in_a_line(raised), trace=raised["traceback"],
                           aspects=[compare.EXCEPTION])
        found = (case.comparison or compare.compare)(case, answer, device)
        came = shortened(case, answer, device) if found.problems else None
        fallen_back = sorted(map(str, answer.get("devices", {}).get(CPU, ())))
        if fallen_back:
            found.say(compare.DEVICE, "", "ran on the CPU: " + ", ".join(fallen_back))
            found.want, found.got = found.want or "on the GPU", found.got or "on the CPU"
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        # The shape of an answer is the worker's to choose, and the worker is the backend's to overwrite.
        return Outcome("error", "the answer is malformed: {}: {}".format(type(error).__name__, error))
    if found.problems:
        return Outcome("fail", "; ".join(found.problems), found.want, found.got, ulp=found.worst,
                       aspects=found.aspects, answer=came)
    return Outcome("pass", ulp=found.worst)


def _judge_refusal(refusal, raised, answer, title):
    expected = str(refusal)
    aspects = [compare.EXCEPTION]
    if not raised:
        accepted = compare.text(answer.get("leaves", answer.get("values")))
        return Outcome("fail", "accepted what {} documents as refused".format(title), expected, accepted,
                       aspects=aspects)
    got, trace = _in_a_line(raised), raised["traceback"]
    if not set(refusal.kinds) & set(raised["bases"]):
        if "NotImplementedError" in raised["bases"]:
            return Outcome("unsupported", got, expected, got, trace, aspects=aspects)
        message = "refused with {} instead of {}".format(raised["type"], " or ".join(refusal.kinds))
        return Outcome("fail", message, expected, got, trace, aspects=aspects)
    if refusal.words and refusal.words.lower() not in raised["message"].lower():
        return Outcome("fail", "the message does not name {}".format(refusal.words), expected, got, trace,
                       aspects=aspects)
    return Outcome("pass")


def _in_a_line(raised):
    return first_line("{type}: {message}".format(**raised))


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
