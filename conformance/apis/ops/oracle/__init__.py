"""float64 NumPy definitions of functions of the ops API that NumPy itself lacks."""
