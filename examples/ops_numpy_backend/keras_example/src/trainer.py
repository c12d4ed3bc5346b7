"""Training needs gradients, which NumPy does not have: a model predicts, and the rest is refused."""

import numpy as np
from keras.src import tree
from keras.src.trainers import trainer as base

# Keras has renamed it.
_Base = getattr(base, "BaseTrainer", None) or base.Trainer


class Trainer(_Base):
    """What a model inherits: it predicts, and does not learn."""

    def predict(self, x, batch_size=None, verbose="auto", steps=None, callbacks=None):
        """The outputs for an array, or for a structure of arrays, batch by batch."""
        parts = tree.flatten(x)
        size = batch_size or 32
        made = [
            self(tree.pack_sequence_as(x, [part[start : start + size] for part in parts]), training=False)
            for start in range(0, len(parts[0]), size)
        ]
        return tree.map_structure(lambda *batches: np.concatenate(batches), *made)

    def fit(self, *args, **kwargs):
        """There are no gradients."""
        raise NotImplementedError("keras_example has no gradients, so its models do not learn")
