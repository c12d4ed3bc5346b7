"""A plug-in backend of Keras 3 on NumPy, to read and to copy: KERAS_BACKEND=example."""
