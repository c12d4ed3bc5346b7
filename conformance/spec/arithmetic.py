"""Arithmetic: operators of tensors, products, sums."""
import numpy as np

from conformance.spec.model import Area, normal

AREA = Area("arithmetic")

AREA.row("dot", "2d-transposed", "K.dot(a, K.transpose(b))", lambda a, b: a.dot(b.T),
         a=normal(3, 4), b=normal(5, 4), example=True)
AREA.row("sum", "axis-1", "K.sum(b, axis=1)", lambda b: np.sum(b, axis=1), b=normal(3, 4, 5), example=True)
