"""NumPy references in float64, written from the definition of each function; a module per kind of
function."""
