"""A package called keras beside the plug-in, such as a checkout of Keras."""

__version__ = "0.0.0"
