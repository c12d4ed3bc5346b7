"""What one expression leaves in a graph costs no other expression its verdict."""

import numpy as np
import pytest

from conformance.worker import Worker


class OneGraph:
    """A K like TensorFlow's: an operation without a kernel fails every evaluation in its graph."""

    def __init__(self) -> None:
        self.poisoned = False

    def variable(self, value: np.ndarray, dtype: str | None = None) -> "Node":
        return Node(np.asarray(value, dtype))

    def ndim(self, node: "Node") -> int:
        return node.value.ndim

    def int_shape(self, node: "Node") -> tuple[int, ...]:
        return node.value.shape

    def dtype(self, node: "Node") -> str:
        return node.value.dtype.name

    def square(self, node: "Node") -> "Node":
        return Node(node.value**2)

    def without_kernel(self, node: "Node") -> "Node":
        self.poisoned = True
        return node

    def eval(self, node: "Node") -> np.ndarray:
        return self.function([], [node])([])[0]

    def function(self, inputs: list, outputs: list):
        def run(fed: list) -> list:
            if self.poisoned:
                raise ValueError("No OpKernel was registered")
            return [node.value for node in outputs]

        return run

    def clear_session(self) -> None:
        self.poisoned = False


class Node:
    def __init__(self, value: np.ndarray) -> None:
        self.value = value


def request(source: str) -> dict:
    tensor = {"kind": "tensor", "array": np.array([2.0, 3.0]), "dtype": "float32", "unknown": []}
    return {"source": source, "way": "variable", "inputs": {"x": tensor}}


@pytest.fixture
def worker() -> Worker:
    made = Worker()
    made.K = OneGraph()
    return made


def test_expressions_evaluated_together(worker) -> None:
    sources = ["K.square(x)", "K.without_kernel(x)", "K.square(K.square(x))"]
    answers = worker.do_batch({"items": [request(source) for source in sources]})["answers"]
    assert [answer.get("raised", {}).get("type") for answer in answers] == [None, "ValueError", None]
    assert answers[2]["leaves"][0].tolist() == [16.0, 81.0]


def test_expressions_evaluated_one_after_the_other(worker) -> None:
    with pytest.raises(ValueError, match="No OpKernel"):
        worker.do_evaluate(request("K.without_kernel(x)"))
    assert worker.do_evaluate(request("K.square(x)"))["leaves"][0].tolist() == [4.0, 9.0]


class TwoPhases(OneGraph):
    """A K like MXNet's: the phase is a number, and a function that builds for both of them leaves one behind
    when it raises."""

    def __init__(self) -> None:
        super().__init__()
        self.phase = 1

    def learning_phase(self) -> int:
        return self.phase

    def set_learning_phase(self, phase: int) -> None:
        self.phase = phase

    def raising(self, node: "Node") -> "Node":
        self.phase = 0
        raise ValueError("not for both")


@pytest.mark.parametrize("together", [True, False])
def test_a_phase_that_an_exception_left_is_put_back(worker: Worker, together: bool) -> None:
    worker.K = TwoPhases()
    worker.phase = worker.settled_phase()
    requests = [request("K.raising(x)"), request("K.learning_phase()")]
    if together:
        first, second = worker.do_batch({"items": requests})["answers"]
    else:
        first, second = [worker.answer(dict(item, op="evaluate")) for item in requests]
    assert first["raised"]["type"] == "ValueError"
    assert second["leaves"] == [1]


def test_a_phase_that_is_a_tensor_is_left_alone(worker: Worker) -> None:
    worker.K = TwoPhases()
    worker.K.phase = Node(np.array(0))
    worker.phase = worker.settled_phase()
    worker.answer(dict(request("K.raising(x)"), op="evaluate"))
    assert worker.phase is None
    assert worker.K.phase == 0
