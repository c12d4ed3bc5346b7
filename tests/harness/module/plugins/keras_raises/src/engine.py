try:
    raise OSError("libengine.so.7: cannot open shared object file")
except OSError as error:
    raise ImportError("the engine cannot be loaded") from error
