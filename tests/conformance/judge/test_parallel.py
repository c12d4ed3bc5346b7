"""How cases are shared out: what is evaluated together goes to one pytest worker."""

from conformance.judge.judge import BATCH
from conformance.judge.parallel import BatchScheduling
from tests.conformance.running import cases, miniature, read


def test_two_judges_give_the_verdicts_of_one():
    select = "elementwise/square/ or elementwise/exp/ or reduction/max/ or tensor/dtype/"
    one, two = (cases(read(miniature("small", "--profile", "full", "-k", select, *jobs).stdout))
                for jobs in ([], ["--jobs", "2"]))
    assert len(one) > BATCH
    assert {case_id: case["verdict"] for case_id, case in one.items()} == {
        case_id: case["verdict"] for case_id, case in two.items()}
    assert {"pass", "unsupported"} <= {case["verdict"] for case in one.values()}


def test_a_batch_is_a_scope():
    scheduling = BatchScheduling.__new__(BatchScheduling)
    nodes = [f"case-{number}" for number in range(2 * BATCH + 1)]
    scheduling.collection = nodes
    scopes = [scheduling._split_scope(node) for node in nodes]
    assert scopes == ["0"] * BATCH + ["1"] * BATCH + ["2"]
