"""One pytest item per case: judge the backend by it."""
import pytest

from conformance.judge.plugin import PROPERTY


def test_case(case, judge, title, record_property):
    """One case: passes, is skipped with its reason, or fails with the evidence. `title` names the API."""
    outcome = judge.judge(case)
    record = {"id": case.id, "area": case.area, "function": case.function, "verdict": outcome.verdict,
              "seconds": round(outcome.seconds, 4),
              "ulp": None if outcome.ulp is None else round(outcome.ulp, 3)}
    if case.unspecified:
        record["unspecified"] = True
        record["reason"] = case.unspecified
    if outcome.attempt > 1:
        record["attempt"] = outcome.attempt
    if outcome.aspects:
        record["aspects"] = list(outcome.aspects)
    if outcome.answer:
        record["answer"] = outcome.answer
    if outcome.verdict != "pass":
        record["detail"] = outcome.detail()
    record_property(PROPERTY, record)
    if outcome.verdict == "pass":
        return
    if outcome.verdict == "skip":
        pytest.skip(outcome.message)
    if case.unspecified:
        pytest.xfail("{}; {} does not say {}".format(outcome.message, title, case.unspecified))
    pytest.fail(_report(case, outcome), pytrace=False)


def _report(case, outcome):
    lines = ["{}: {}".format(outcome.verdict, outcome.message), "promised: {}".format(case.promise), "",
             case.source, "",
             "way: {}".format(case.way)]
    if outcome.expected is not None:
        lines += ["expected: {}".format(outcome.expected), "got:      {}".format(outcome.got)]
    if outcome.trace:
        lines += ["", outcome.trace]
    return "\n".join(lines)
