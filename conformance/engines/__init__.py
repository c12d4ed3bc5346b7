"""The quirks of engines, a folder each.

`launch.py` is the judge's: what a worker's environment needs before the engine is imported. `runtime.py` is
the worker's: what is done with the engine once it is there. The judge never imports a `runtime`.
"""
