"""The examples of the Keras "backends" page that are activations."""
from conformance.oracle.nn import softmax
from conformance.spec.model import Area, uniform

AREA = Area("activation")

AREA.row("softmax", "example", "K.softmax(b)", lambda b: softmax(b), b=uniform(3, 4), example=True)
