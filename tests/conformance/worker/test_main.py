"""What one expression leaves in a graph costs no other expression its verdict."""

import numpy as np
import pytest

from conformance import settings
from conformance.worker.main import Worker, wounded


def request(source: str) -> dict:
    tensor = {"kind": "tensor", "array": np.array([2.0, 3.0]), "dtype": "float32", "unknown": []}
    return {"source": source, "way": "variable", "inputs": {"x": tensor}}


@pytest.fixture
def worker(load):
    """A worker that has loaded a miniature."""
    def made(name: str = "one_graph", **told: str) -> Worker:
        worker = Worker(settings.read(told))
        worker.adapter = load(name)
        return worker

    return made


def test_expressions_evaluated_together(worker) -> None:
    worker = worker()
    sources = ["K.square(x)", "K.without_kernel(x)", "K.square(K.square(x))"]
    answers = worker.do_batch({"items": [request(source) for source in sources]})["answers"]
    assert [answer.get("raised", {}).get("type") for answer in answers] == [None, "ValueError", None]
    assert answers[2]["leaves"][0].tolist() == [16.0, 81.0]


def test_the_message_of_an_exception_does_not_count_what_neighbours_built(worker) -> None:
    worker = worker()
    answers = worker.do_batch({"items": [request("K.refused(x)")] * 3 + [request("K.square(x)")]})["answers"]
    assert [answer["raised"]["message"] for answer in answers[:3]] == ["refused: 'Refused_1'"] * 3
    assert answers[3]["leaves"][0].tolist() == [4.0, 9.0]


def test_expressions_evaluated_one_after_the_other(worker) -> None:
    worker = worker()
    with pytest.raises(ValueError, match="No OpKernel"):
        worker.do_evaluate(request("K.without_kernel(x)"))
    assert worker.do_evaluate(request("K.square(x)"))["leaves"][0].tolist() == [4.0, 9.0]


@pytest.mark.parametrize("together", [True, False])
def test_a_phase_that_an_exception_left_is_put_back(worker, together: bool) -> None:
    worker = worker("two_phases")
    requests = [request("K.raising(x)"), request("K.learning_phase()")]
    if together:
        first, second = worker.do_batch({"items": requests})["answers"]
    else:
        first, second = [worker.answer(dict(item, op="evaluate")) for item in requests]
    assert first["raised"]["type"] == "ValueError"
    assert second["leaves"] == [1]


def test_a_phase_that_is_a_tensor_is_left_alone(worker) -> None:
    worker = worker("two_phases")
    module = worker.adapter.K
    module.phase = module.variable(0)
    worker.answer(dict(request("K.raising(x)"), op="evaluate"))
    assert worker.adapter._phase is None
    assert module.phase == 0


def test_one_expression_that_raises_costs_its_neighbours_nothing(worker) -> None:
    sources = ["K.square(x)", "K.square(1 / 0)", "K.exp(x)"]
    answers = worker("small").do_batch({"items": [request(source) for source in sources]})["answers"]
    assert [answer.get("raised", {}).get("type") for answer in answers] == [None, "ZeroDivisionError", None]
    assert answers[2]["leaves"][0] == pytest.approx(np.exp([2.0, 3.0]))


def test_names_that_the_api_lacks_are_told_and_nothing_is_run(worker) -> None:
    made = worker("small")
    source = "K.dot(K.square(1 / 0), K.sum(x))"
    assert made.answer(dict(request(source), op="evaluate")) == {"missing": ["dot", "sum"]}
    assert made.do_batch({"items": [request(source)]}) == {"answers": [{"missing": ["dot", "sum"]}]}
    assert made.do_script({"source": source, "inputs": {}, "names": []}) == {"missing": ["dot", "sum"]}


def test_a_script_answers_with_the_names_asked_for(worker) -> None:
    source = "y = K.eval(K.square(K.variable(x)))\nkind = type(y).__name__\nhidden = 1"
    asked = {"source": source, "inputs": {"x": np.array([3.0])}, "names": ["y", "kind", "never"]}
    values = worker("small").do_script(asked)["values"]
    assert values == {"y": np.array([9.0], "float32"), "kind": "ndarray"}


@pytest.mark.parametrize("kind", ["SystemExit", "KeyboardInterrupt", "GeneratorExit"])
def test_what_is_no_exception_is_an_answer_too(worker, kind) -> None:
    asked = {"op": "script", "source": f"raise {kind}()", "inputs": {}, "names": []}
    assert worker("small").answer(asked)["raised"]["type"] == kind


def test_a_backend_that_cannot_mix_is_asked_one_by_one_after_three_batches(worker) -> None:
    made = worker("small")
    asked = []
    together = made.adapter.evaluate_together
    made.adapter.evaluate_together = lambda bounds: asked.append(len(bounds))
    for _ in range(5):
        answers = made.do_batch({"items": [request("K.square(x)")] * 2})["answers"]
        assert [answer["leaves"][0].tolist() for answer in answers] == [[4.0, 9.0]] * 2
    assert asked == [2, 2, 2]
    made.unmixed, made.adapter.evaluate_together = 2, together
    made.do_batch({"items": [request("K.square(x)")] * 2})
    assert made.unmixed == 0


def test_a_backend_that_is_asked_alone_is_never_asked_together(worker) -> None:
    made = worker("small", CONFORM_ALONE="1")
    made.adapter.evaluate_together = lambda bounds: pytest.fail("asked together")
    assert len(made.do_batch({"items": [request("K.square(x)")] * 2})["answers"]) == 2


def test_a_process_without_room_is_wounded(tmp_path) -> None:
    assert wounded(str(tmp_path / "scratch")) is None
    assert list(tmp_path.iterdir()) == []
    assert "No such file" in wounded(str(tmp_path / "absent" / "scratch"))
