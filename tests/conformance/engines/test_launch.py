"""What a worker's environment gets before any engine is imported."""

from conformance.engines import launch


def test_cases_that_import_the_front_end_for_themselves_see_no_gpu() -> None:
    """A forked process cannot use the GPU its parent opened."""
    environment = {"CONFORM_DEVICE": "gpu", "KERAS_BACKEND": "theano",
                   "THEANO_FLAGS": "device=cuda,base_compiledir=/x"}
    hidden = launch.hidden(environment)
    assert hidden["CUDA_VISIBLE_DEVICES"] == "-1"
    assert "CONFORM_DEVICE" not in hidden
    assert hidden["THEANO_FLAGS"].endswith(",device=cpu")
    assert environment["THEANO_FLAGS"] == "device=cuda,base_compiledir=/x"


def test_an_engine_is_quiet_unless_its_user_asked_to_hear_it():
    silent, loud = {"HOME": "/home/x"}, {"HOME": "/home/x", "TF_CPP_MIN_LOG_LEVEL": "0"}
    launch.settle(silent)
    launch.settle(loud)
    assert (silent["TF_CPP_MIN_LOG_LEVEL"], loud["TF_CPP_MIN_LOG_LEVEL"]) == ("2", "0")


def test_a_gpu_that_only_a_configuration_file_names_is_hidden_too():
    hidden = {"CUDA_VISIBLE_DEVICES": "-1", "THEANO_FLAGS": "device=cpu", "JAX_PLATFORMS": "cpu"}
    assert launch.hidden({}) == hidden
