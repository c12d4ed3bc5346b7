"""An empty plug-in: it lacks everything, and Keras alone would stop at the first name."""
