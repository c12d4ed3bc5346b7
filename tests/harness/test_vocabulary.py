"""The harness knows no API by name: what it has to know of one stands in that API's api.toml."""

from tests.conformance.modules import modules
from tests.conformance.test_vocabulary import WORDS, words

# Python's own (textwrap.shorten's placeholder, list.reverse), the variables of an environment, a statement of
# fish (in the completion for it), and `keras`: both APIs are served by a Keras, whose version every backend
# states.
OTHERS = {"placeholder", "reverse", "variables", "switch", "keras"}


def test_the_harness_names_no_function_of_an_api() -> None:
    found = {
        f"{name}:{line}: {word}"
        for name, tree in modules("harness").items()
        for word, line in words(tree)
        if word in WORDS - OTHERS
    }
    assert found == set()
