"""Has the name of a backend of Keras, which Keras would load in its place."""
