"""The rules of the ops API: for each area a module or several, whose names begin with the area's."""
