"""The examples of the Keras "backends" page that join tensors."""
import numpy as np

from conformance.spec.model import Area, normal, uniform

AREA = Area("shape")

AREA.row("concatenate", "example-last-axis", "K.concatenate([b, c], axis=-1)",
         lambda b, c: np.concatenate([b, c], axis=-1),
         b=uniform(3, 4), c=normal(3, 4), example=True)
